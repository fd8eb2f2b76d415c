"""What of people's numbers may be shown."""

from __future__ import annotations

_RESIDENT_LENGTH = 18


def masked_resident_id(number: str) -> str:
    """``440103********1234``: division and last four stay."""
    return f"{number[:6]}{'*' * 8}{number[14:]}" if len(number) == _RESIDENT_LENGTH else "*" * len(number)


def masked_phone(number: str) -> str:
    """``138****5678``; shorter numbers keep only their last two digits."""
    if len(number) >= 11:
        return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"
    return f"{'*' * max(len(number) - 2, 0)}{number[-2:]}"
