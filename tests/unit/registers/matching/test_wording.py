"""Names, addresses and telephones as they are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.registers.matching.rules.wording import tidy_address, tidy_name, tidy_person, tidy_phone


@pytest.mark.parametrize(
    "text",
    [
        "广州市恒瑞丰贸易有限公司", "广州恒瑞丰贸易有限责任公司", "恒瑞丰（广州）贸易有限公司",
        "恒瑞丰(广州)贸易有限公司", " 恒瑞丰贸易公司　", "广东省广州市恒瑞丰 贸易股份有限公司",
    ],
)  # fmt: skip
def test_a_firm_has_one_core_however_its_name_is_written(text):
    assert tidy_name(text) == "恒瑞丰贸易"


def test_a_name_that_is_nothing_but_a_form_stays():
    assert (tidy_name("有限公司"), tidy_name("公司"), tidy_name("")) == ("有限公司", "公司", "")


def test_partnerships_lose_their_form_and_shops_keep_theirs():
    assert tidy_name("广州丰兴百货合伙企业（有限合伙）") == "丰兴百货"
    assert tidy_name("广州市天河区丰兴百货店") == "天河区丰兴百货店"


@pytest.mark.parametrize(
    "text",
    [
        "广州市天河区五山街道岳洲社区40号2307房", "天河区五山街岳洲社区40号2307房",
        "广东省广州市天河区五山街道岳洲社区居委会４０号２３０７房",
    ],
)  # fmt: skip
def test_a_house_is_the_same_however_its_address_is_written(text):
    assert tidy_address(text) == ("岳洲", "40-2307")


def test_telephones_and_people():
    assert [tidy_phone(text) for text in ("154-0000 0003", "＋86 15400000003", "无")] == [
        "15400000003", "15400000003", "",
    ]  # fmt: skip
    assert tidy_person("欧阳·明 ") == "欧阳明"


@given(st.text(max_size=60))
def test_tidying_ends_and_is_stable(text):
    assert tidy_name(tidy_name(text)) is not None
    assert tidy_phone(tidy_phone(text)) == tidy_phone(text)
    assert tidy_person(tidy_person(text)) == tidy_person(text)
    assert set(tidy_address(text).numbers) <= set("-") | {
        s for s in tidy_address(text).numbers if s.isdigit()
    }
