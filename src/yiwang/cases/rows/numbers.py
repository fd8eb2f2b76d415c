"""Numbers and codes: case numbers by type and day, codes that nobody can guess."""

from __future__ import annotations

import secrets
from datetime import datetime
from zoneinfo import ZoneInfo

from yiwang.platform import sql

ZONE = ZoneInfo("Asia/Shanghai")
# Without 0 O 1 I L, which people confuse when they read a code aloud.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_NEXT = """
INSERT INTO cases_numberseries AS s (key, last) VALUES (%s, 1)
ON CONFLICT (key) DO UPDATE SET last = s.last + 1 RETURNING last
"""


def case_number(prefix: str, at: datetime) -> str:
    """Give the next number of a type and day: ``TZ20261121-000123``."""
    key = f"{prefix}{at.astimezone(ZONE):%Y%m%d}"
    return f"{key}-{next_of(key):06d}"


def yearly_number(prefix: str, at: datetime, *, digits: int = 6) -> str:
    """Give the next number of a year: ``TZ〔2026〕000123``."""
    key = f"{prefix}〔{at.astimezone(ZONE):%Y}〕"
    return f"{key}{next_of(key):0{digits}d}号"


def case_ids(count: int) -> list[int]:
    """Take ids for cases that will be written at the end of the act."""
    rows = sql.fetch("SELECT nextval('cases_case_id_seq') FROM generate_series(1, %s)", [count])
    return [number for (number,) in rows if isinstance(number, int)]


def code(length: int) -> str:
    """Give a code of so many characters; 8 of them have 39 bits."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def next_of(key: str) -> int:
    """Take the next number of a series; its row stays locked until the transaction ends."""
    return sql.fetch_number(_NEXT, [key])
