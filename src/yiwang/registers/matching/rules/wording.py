"""Names, addresses, people and telephones as they are compared: what says nothing is left off.

Widths and compatibility forms are evened by Unicode's NFKC. Traditional signs stay what they are: to turn
them needs a dictionary, and the model forgives a sign or two.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_NOT_WORDS = re.compile(r"[^0-9A-Za-z\u3400-\u9fff]+")
_CITY = re.compile(r"^(?:广东省)?(?:广州市|广州)|[(](?:广州|广东)[)]")
#: Legal forms at the end of a name; longer ones first.
_FORMS = re.compile(
    r"(?:有限责任公司|股份有限公司|有限公司|公司|合伙企业[(]有限合伙[)]|合伙企业[(]普通合伙[)]|合伙企业)$"
)
_PROVINCE = re.compile(r"^(?:广东省)?(?:广州市)?")
_DISTRICT = re.compile(r"^[\u3400-\u9fff]{1,3}[区县]")
_STREET = re.compile(r"^[\u3400-\u9fff]{1,6}?(?:街道办事处|街道|街|镇)(?=[\u3400-\u9fff])")
_AREA = re.compile(r"社区居民委员会|社区居委会|居民委员会|居委会|村民委员会|村委会|社区")
_NUMBER = re.compile(r"\d+")


class TidyAddress(NamedTuple):
    """The place as words without division and numbers, and its numbers."""

    place: str
    numbers: str


def tidy_name(text: str) -> str:
    """The part of a firm's name that tells it from others.

    >>> tidy_name("广州市恒瑞丰贸易有限公司 "), tidy_name("恒瑞丰（广州）贸易有限责任公司")
    ('恒瑞丰贸易', '恒瑞丰贸易')
    """
    plain = "".join(unicodedata.normalize("NFKC", text).upper().split())
    core = _NOT_WORDS.sub("", _FORMS.sub("", _CITY.sub("", plain)))
    return core or _NOT_WORDS.sub("", plain)


def tidy_person(text: str) -> str:
    """A person's name without blanks and dots."""
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text))


def tidy_phone(text: str) -> str:
    """The digits of a telephone, without the country.

    >>> tidy_phone("＋86 154-0000 0003")
    '15400000003'
    """
    digits = "".join(
        sign for sign in unicodedata.normalize("NFKC", text) if sign.isascii() and sign.isdigit()
    )
    return digits.removeprefix("86") if len(digits) > 11 else digits


def tidy_address(text: str) -> TidyAddress:
    """Place and numbers of an address.

    >>> tidy_address("广州市天河区五山街道岳洲社区４０号2307房")
    TidyAddress(place='岳洲', numbers='40-2307')
    >>> tidy_address("天河区五山街岳洲社区40号之2307")
    TidyAddress(place='岳洲之', numbers='40-2307')
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    rest = _STREET.sub("", _DISTRICT.sub("", _PROVINCE.sub("", plain)))
    rest = _AREA.sub("", rest)
    numbers = "-".join(_NUMBER.findall(rest))
    place = _NOT_WORDS.sub("", _NUMBER.sub("", rest)).replace("号", "").replace("房", "").replace("號", "")
    return TidyAddress(place, numbers)
