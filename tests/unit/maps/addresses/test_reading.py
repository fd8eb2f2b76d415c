"""D52: a free text is read as an address, and what is printed reads as the same address."""

from __future__ import annotations

import string
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yiwang.maps.addresses.contracts import LONGEST_TEXT, Address, HouseNumber
from yiwang.maps.addresses.rules.gazetteer import make_gazetteer
from yiwang.maps.addresses.rules.numerals import SIGNS, in_figures, in_words, number_of
from yiwang.maps.addresses.rules.printing import printed
from yiwang.maps.addresses.rules.reading import read

GAZETTEER = make_gazetteer(
    {
        "440100": "广州市",
        "440103": "荔湾区",
        "440104": "越秀区",
        "440106": "天河区",
        "440113": "番禺区",
        "440104003": "北京街道",
        "440106005": "天河南街道",
        "440113103": "南村镇",
        "440104003001": "盐运西社区居民委员会",
        "440106005002": "体育西社区居委会",
        "440113103203": "坑头村民委员会",
    },
    also=[("穗", "440100"), ("粤", "440000"), ("东山区", "440104")],
)
READ = [
    ("广州市越秀区北京街道北京路12号之一301房", "广州市越秀区北京街道北京路12号之一301房"),
    ("穗越秀中山五路一百二十三号", "广州市越秀区中山五路123号"),
    ("廣州市越秀區北京路１２號（近地铁站）", "广州市越秀区北京路12号"),
    ("广州市广州市越秀区越秀区北京路12号", "广州市越秀区北京路12号"),
    ("12号北京路越秀区广州市", "广州市越秀区北京路12号"),
    ("北京路12号越秀区", "越秀区北京路12号"),
    ("越秀区越秀北路89号", "越秀区越秀北路89号"),
    ("天河体育西横街12号", "天河区体育西横街12号"),
    ("天河北路233号中信广场A座3210室", "天河北路233号中信广场A座3210房"),
    (
        "收件人：张三 13800138000，越秀区新港西路135号大院3号楼2单元501",
        "越秀区新港西路135号大院3号楼2单元501房",
    ),
    ("张三 广州市天河区龙口西路12号3-2-301 020-88888888", "广州市天河区龙口西路12号3栋2单元301房"),
    ("荔湾区十三行路甲3号附2号", "荔湾区十三行路3号甲附2号"),
    ("北京路12-16号", "北京路12-16号"),
    ("北京路12-1号", "北京路12号之一"),
    ("北京路12之二号", "北京路12号之二"),
    ("北京路12 301房", "北京路12号301房"),
    ("广州大道中859号", "广州大道中859号"),
    ("番禺区南村镇坑头村东线路3号", "番禺区南村镇坑头村东线路3号"),
    ("番禺区南村镇坑头村12号", "番禺区南村镇坑头村12号"),
    ("锦绣花园3幢301", "锦绣花园3幢301房"),
    ("越秀区北京街道办事处北京路8号5楼", "越秀区北京街道北京路8号5层"),
    ("天河区林和西路161号负一层", "天河区林和西路161号负1层"),
    ("东山区农林下路8号", "越秀区农林下路8号"),
    ("天河南街道体育西社区体育西路横街8号", "天河南街道体育西社区体育西路横街8号"),
]
#: Signs that end no road and name no division, so that a made-up name is one name.
_NAME = st.text(
    "榕荫木棉紫荆骑荔香桂珠岸麻石青砖晓港眼凤凰白兰蒲葵芒果莲塘鹤鸣锦绣安永福德政", min_size=2, max_size=4
)
_ROADS = st.builds(str.__add__, _NAME, st.sampled_from(["路", "街", "大道", "巷", "横街", "大道北", "马路"]))
_PLATES = st.builds(
    HouseNumber,
    number=st.integers(1, 99_999),
    mark=st.sampled_from(["", "甲", "乙"]),
    sub=st.integers(0, 99),
    annex=st.integers(0, 99),
    compound=st.booleans(),
    provisional=st.booleans(),
)
_RANGES = st.builds(
    lambda number, more: HouseNumber(number=number, last=number + more),
    st.integers(1, 900),
    st.integers(1, 90),
)
ADDRESSES = st.builds(
    Address,
    city=st.sampled_from(["", "广州市"]),
    district=st.sampled_from(["荔湾区", "越秀区", "天河区", "番禺区"]),
    street=st.sampled_from(["", "北京街道", "南村镇"]),
    community=st.sampled_from(["", "盐运西社区", "坑头村"]),
    road=_ROADS,
    lane=st.one_of(st.just(""), st.builds(str.__add__, _NAME, st.sampled_from(["里", "巷", "坊"]))),
    plate=st.one_of(_PLATES, _RANGES),
    place=st.one_of(st.just(""), st.builds(str.__add__, _NAME, st.sampled_from(["花园", "大厦", "新村"]))),
    building=st.one_of(st.just(""), st.sampled_from(["3栋", "A座", "12幢", "5号楼", "B2栋"])),
    unit=st.sampled_from(["", "2单元", "1梯"]),
    floor=st.one_of(st.just(""), st.integers(1, 60).map("{}层".format), st.just("负1层")),
    room=st.one_of(st.just(""), st.integers(101, 6099).map("{}房".format), st.just("12铺")),
)


@pytest.mark.parametrize(("text", "standard"), READ)
def test_d52_a_text_as_people_write_it_is_read(text: str, standard: str) -> None:
    assert printed(read(text, GAZETTEER).address) == standard


@given(ADDRESSES)
@settings(max_examples=100, deadline=None)
def test_d52_what_is_printed_reads_as_the_same_address(address: Address) -> None:
    if not (address.building or address.unit or address.floor or address.room):
        address = replace(address, room="301房")
    reading = read(printed(address), GAZETTEER)

    assert reading.address == address
    assert (reading.rest, reading.repeated) == ("", False)


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_d52_any_text_is_read_without_fault_and_a_reading_reads_as_itself_within_bounds(text: str) -> None:
    once = printed(read(text, GAZETTEER).address)

    assert len(once) <= 8 * LONGEST_TEXT
    assert not any(sign in once for sign in string.whitespace)


def _by_counting(words: str) -> int:
    """The naive oracle: try every number."""
    return next(number for number in range(1, 10_000) if in_words(number) == words)


@given(st.integers(1, 9_999))
def test_d52_a_number_in_words_is_the_number(number: int) -> None:
    words = in_words(number)

    assert number_of(words) == number
    assert set(words) <= set(SIGNS)
    assert in_figures(f"北京路{words}号") == f"北京路{number}号"


@pytest.mark.parametrize("words", ["一百二十三", "一百零五", "一千零一十", "二十"])
def test_d52_words_are_read_as_counting_finds_them(words: str) -> None:
    assert number_of(words) == _by_counting(words)


def test_d52_telephones_and_identity_numbers_are_no_part_and_are_not_kept() -> None:
    reading = read("李四 13912345678 北京路12号 440104199001011234 电话020-83337777", GAZETTEER)

    shown = printed(reading.address) + reading.rest
    assert shown.startswith("北京路12号")
    assert not any(number in shown for number in ("139", "4401", "8333"))
