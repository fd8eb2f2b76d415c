"""Numbers of people and organisations: what is wrong with one, in words, and how to make valid ones.

A check gives None when the number is well-formed, else a sentence that says what to do. It tells nothing
about whether such a person or organisation exists.
"""

from __future__ import annotations

import unicodedata
from datetime import date

from yiwang.kernel.text import Text

_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_CHECKS = "10X98765432"
# GB/T 2260: provinces; 71, 81 to 83 the residence permits of 2018; 91 foreigners' permanent residence.
_PROVINCES = frozenset(
    {*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81,
     82, 83, 91}
)  # fmt: skip
# GB 32100-2015, table 1: digits and capitals without I, O, S, V, Z.
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# GB 32100-2015, table 2: the registering department.
_REGISTRARS = frozenset("123456789ANY")
# GB 11714-1997, 4.2: weights of an organisation code's eight signs, MOD 11.
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

LENGTH_18 = Text("应为18位，请核对", "It must have 18 characters; check it again")
_NOT_DIGITS = Text(
    "前17位应为数字，最后一位为数字或X", "The first 17 characters must be digits, the last a digit or X"
)
_NO_PROVINCE = Text("前两位不是有效的省级代码", "The first two digits are not those of a province")
_NO_BIRTH = Text("第7至14位不是有效的出生日期", "Digits 7 to 14 are not a valid date of birth")
_WRONG_CHECK = Text("校验位不符，请逐位核对", "The check character does not fit; compare each character")
_WRONG_SIGN = Text(
    "只能由数字和大写字母组成，且不使用I、O、S、V、Z",
    "Only digits and capital letters without I, O, S, V and Z are used",
)
_NO_REGISTRAR = Text(
    "第1位不是有效的登记管理部门代码", "The first character is not that of a registering department"
)
_NO_DIVISION = Text("第3至8位应为行政区划代码", "Characters 3 to 8 must be a division code")


def normalise(typed: str) -> str:
    """What people meant by what they typed: full-width signs become plain, spaces go, capitals."""
    plain = unicodedata.normalize("NFKC", typed)
    return "".join(sign for sign in plain if not sign.isspace() and sign not in "-\u200b\ufeff").upper()


def check_resident_id(number: str, *, on: date) -> Text | None:
    """Whether a resident identity number (GB 11643-1999) is well-formed; born between 1850 and ``on``."""
    if len(number) != 18:
        return LENGTH_18
    body, check = number[:17], number[17]
    if not (_are_digits(body) and (_are_digits(check) or check == "X")):
        return _NOT_DIGITS
    if int(body[:2]) not in _PROVINCES:
        return _NO_PROVINCE
    born = birth_of(number)
    if born is None or not date(1850, 1, 1) <= born <= on:
        return _NO_BIRTH
    return None if resident_check(body) == check else _WRONG_CHECK


def birth_of(number: str) -> date | None:
    """The date of birth in a resident identity number, if there is one."""
    digits = number[6:14]
    if len(digits) != 8 or not _are_digits(digits):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def resident_check(body: str) -> str:
    """Check character of the first 17 digits (ISO 7064, MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(body, _RESIDENT_WEIGHTS, strict=True))
    return _RESIDENT_CHECKS[total % 11]


def make_resident_id(region: str, birth: date, sequence: int) -> str:
    """A valid number for synthetic people: six digits of a division, a birth, 1 to 999 (odd for men)."""
    if len(region) != 6 or not _are_digits(region) or not 1 <= sequence <= 999:
        raise ValueError("a region has six digits, a sequence is 1 to 999")
    body = f"{region}{birth:%Y%m%d}{sequence:03}"
    return body + resident_check(body)


def check_credit_code(code: str) -> Text | None:
    """Whether a unified social credit code (GB 32100-2015) is well-formed."""
    if len(code) != 18:
        return LENGTH_18
    if any(sign not in _CREDIT_ALPHABET for sign in code):
        return _WRONG_SIGN
    if code[0] not in _REGISTRARS:
        return _NO_REGISTRAR
    if not _are_digits(code[2:8]):
        return _NO_DIVISION
    # The organisation code within has a check of its own (GB 11714), which some early codes miss.
    return None if credit_check(code[:17]) == code[17] else _WRONG_CHECK


def credit_check(body: str) -> str:
    """Check character of the first 17 characters (GB 32100-2015, 5.6: powers of 3, MOD 31)."""
    total = sum(_CREDIT_ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return _CREDIT_ALPHABET[-total % 31]


def organisation_check(body: str) -> str:
    """Check character of an organisation code's eight characters (GB 11714-1997, MOD 11)."""
    total = sum(
        _ORGANISATION_ALPHABET.index(sign) * weight
        for sign, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True)
    )
    return "0123456789X0"[11 - total % 11]


def make_credit_code(region: str, sequence: int, *, registrar: str = "9", category: str = "1") -> str:
    """A valid code for synthetic organisations; a registrar and category of 9 and 1 are a firm's."""
    if len(region) != 6 or not _are_digits(region) or not 0 <= sequence < 10**7:
        raise ValueError("a region has six digits, a sequence at most seven")
    # MA leads the codes given since 2015.
    organisation = f"M{_CREDIT_ALPHABET[10 + sequence // 10**6]}{sequence % 10**6:06}"
    body = f"{registrar}{category}{region}{organisation}{organisation_check(organisation)}"
    return body + credit_check(body)


def _are_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
