"""B15: repeats and striking frequencies are found, with reasons and the requests behind them."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from yiwang.portal.disclosure.rules.repeats import (
    Likeness,
    Limits,
    Request,
    earlier_requests,
    likeness,
    striking,
)

DAY = date(2026, 11, 20)
WANTED = "2025年天河区珠江新城地块的土地出让合同"


def _request(number: int, *, days_ago: int = 0, wanted: str = "", answered: bool = False) -> Request:
    received = DAY - timedelta(days=days_ago)
    return Request(
        number=f"{number:04}",
        received=received,
        wanted=wanted or "一二三四五六七八九十"[number % 10] * 6,
        answered=received + timedelta(days=9) if answered else None,
    )


def test_b15_the_same_is_found_whatever_its_signs_and_similar_is_told_apart() -> None:
    same = _request(1, days_ago=90, wanted="２０２５年，天河区珠江新城地块的土地出让合同。", answered=True)
    same_open = _request(2, days_ago=5, wanted=WANTED)
    near = _request(3, days_ago=40, wanted="2025年天河区珠江新城地块土地出让合同及附件")
    far = _request(4, days_ago=3, wanted="2025年白云区垃圾焚烧厂的环境影响评价报告")
    found = earlier_requests(_request(9, wanted=WANTED), [far, near, same, same_open])

    assert [(each.request.number, each.likeness) for each in found] == [
        ("0002", Likeness.SAME),
        ("0001", Likeness.SAME),
        ("0003", Likeness.SIMILAR),
    ]
    assert "尚未答复" in found[0].advice.zh
    assert found[1].advice.en.startswith("The same, answered on 2026-08-31")
    assert "Art. 36" not in found[2].advice.en


def test_b15_a_frequency_is_told_with_reason_and_numbers() -> None:
    others = [_request(number, days_ago=number) for number in range(1, 35)]
    found = striking(_request(99), others, Limits(month=29, year=100))

    assert [each.numbers for each in found] == [
        tuple(f"{number:04}" for number in range(1, 30)),
        ("0009", "0019", "0029"),
    ]
    assert found[0].reason.en == "Number 30 within 30 days (guide: 29): reasons may be asked for (Art. 35)."
    assert "4 次" in found[1].reason.zh
    assert striking(_request(99), others, Limits(month=30, year=100, alike=4)) == ()


@given(
    ages=st.lists(st.integers(0, 500), max_size=40),
    month=st.integers(1, 12),
    year=st.integers(1, 30),
)
def test_b15_windows_are_counted_as_one_would_by_hand(ages: list[int], month: int, year: int) -> None:
    words = [chr(0x4E00 + 50 * number) * 5 for number in range(len(ages))]
    others = [_request(n, days_ago=age, wanted=words[n]) for n, age in enumerate(ages)]
    found = striking(_request(9_000, wanted="甲乙丙丁"), others, Limits(month=month, year=year))
    expected = [
        {f"{n:04}" for n, age in enumerate(ages) if age < window}
        for window, limit in ((30, month), (365, year))
        if sum(age < window for age in ages) + 1 > limit
    ]

    assert [set(each.numbers) for each in found] == expected


@given(one=st.text(), other=st.text())
def test_b15_likeness_is_the_same_both_ways(one: str, other: str) -> None:
    score = likeness(one, other)

    assert score == likeness(other, one)
    assert 0 <= score <= 1
