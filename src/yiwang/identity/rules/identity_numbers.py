"""Check digits of people's and organisations' numbers, and what of them may be shown."""

from __future__ import annotations

from datetime import date

_RESIDENT_LENGTH = 18
_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_CHECKS = "10X98765432"
# GB 32100-2015, table 1: digits and capitals without I, O, S, V, Z.
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_LENGTH = 18


def resident_check_digit(body: str) -> str:
    """Check character of the first 17 digits (GB 11643-1999, ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(body, _RESIDENT_WEIGHTS, strict=True))
    return _RESIDENT_CHECKS[total % 11]


def is_resident_id(number: str, *, today: date) -> bool:
    """Whether this is a well-formed resident identity number of somebody born between 1850 and today."""
    body = number[:17]
    if len(number) != _RESIDENT_LENGTH or not (body.isascii() and body.isdigit()) or body[0] == "0":
        return False
    try:
        born = date(int(body[6:10]), int(body[10:12]), int(body[12:14]))
    except ValueError:
        return False
    return date(1850, 1, 1) <= born <= today and resident_check_digit(body) == number[17]


def credit_check_character(body: str) -> str:
    """Check character of the first 17 characters of a unified social credit code (GB 32100-2015, 5.6)."""
    total = sum(_CREDIT_ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return _CREDIT_ALPHABET[(31 - total % 31) % 31]


def is_credit_code(code: str) -> bool:
    """Whether this is a well-formed credit code: alphabet, division digits, check character."""
    if len(code) != _CREDIT_LENGTH or any(sign not in _CREDIT_ALPHABET for sign in code):
        return False
    return code[2:8].isdigit() and credit_check_character(code[:17]) == code[17]


def masked_resident_id(number: str) -> str:
    """``440103********1234``: division and last four stay."""
    return f"{number[:6]}{'*' * 8}{number[14:]}" if len(number) == _RESIDENT_LENGTH else "*" * len(number)


def masked_phone(number: str) -> str:
    """``138****5678``; shorter numbers keep only their last two digits."""
    if len(number) >= 11:
        return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"
    return f"{'*' * max(len(number) - 2, 0)}{number[-2:]}"
