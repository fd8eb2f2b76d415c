"""What the applicant says of something, and whether a register says the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import datetime

from yiwang.kernel.feel import compile_expression


def stated(feel: str | None, answers: Mapping[str, object], *, at: datetime) -> str:
    """What an expression over the answers gives, as a text; empty for nothing."""
    if feel is None:
        return ""
    found = compile_expression(feel).evaluate({"answers": answers}, at=at)
    return "" if found is None else str(found).strip()


def differs(said: object, registered: object) -> bool:
    """Whether both say something, and not the same. Width, case and spaces of signs don't count.

    >>> differs("１３８ 0000 0001", "13800000001"), differs("", "陈小明"), differs("陈晓明", "陈小明")
    (False, False, True)
    """
    one, other = _bare(said), _bare(registered)
    return bool(one) and bool(other) and one != other


def _bare(value: object) -> str:
    if value is None:
        return ""
    return "".join(unicodedata.normalize("NFKC", str(value)).casefold().split())
