"""Index numbers (索引号): the agency's code, the year and a serial number of that agency and year."""

from __future__ import annotations

import re
from collections.abc import Collection

FORM = re.compile(r"[A-Z0-9][A-Z0-9/_-]{2,38}[A-Z0-9]")
_AGENCY = re.compile(r"[A-Z0-9]{2,20}")
#: The one number after which agencies without a code of their own are counted.
_FIRST_FREE = 1


def index_number(agency: str, year: int, serial: int) -> str:
    """``GZ03/2026-00012``; five digits at least.

    Raises:
        ValueError: no such code, year or serial number can be.
    """
    if not _AGENCY.fullmatch(agency) or not 1949 <= year <= 9999 or serial < 1:
        raise ValueError("no such index number")
    return f"{agency}/{year}-{serial:05}"


def next_agency_code(prefix: str, taken: Collection[str]) -> str:
    """The first code of two digits or more that no agency has."""
    number = _FIRST_FREE
    while f"{prefix}{number:02}" in taken:
        number += 1
    return f"{prefix}{number:02}"
