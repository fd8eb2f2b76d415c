"""B16-B18: the tables of the annual report, recounted by hand, balanced, carried over and rolled up."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from yiwang.portal.disclosure.rules.report_tables import (
    CARRIED_IN,
    CARRIED_OUT,
    LINE_TEXTS,
    LINES,
    NEW,
    PENDING,
    RESULTS,
    Applicant,
    Challenge,
    FaultKind,
    Forum,
    RequestRecord,
    Ruling,
    balance,
    carry_over,
    challenges_table,
    requests_table,
    rolled_up,
)
from yiwang.portal.disclosure.rules.results import ResultKind

_DAYS = st.dates(date(2023, 6, 1), date(2027, 6, 1))


@st.composite
def _records(draw: st.DrawFn) -> list[RequestRecord]:
    drawn = draw(
        st.lists(
            st.tuples(
                _DAYS,
                st.one_of(st.none(), st.integers(0, 500)),
                st.sampled_from(Applicant),
                st.sampled_from(ResultKind),
                st.sampled_from(["planning", "water", "health"]),
            ),
            max_size=30,
        )
    )
    return [
        RequestRecord(
            number=f"YSQ-{place:03}",
            organisation=organisation,
            applicant=applicant,
            received=received,
            result=None if took is None else result,
            ended=None if took is None else received + timedelta(days=took),
        )
        for place, (received, took, applicant, result, organisation) in enumerate(drawn)
    ]


@given(records=_records(), year=st.integers(2023, 2027))
def test_b17_every_number_is_recounted_and_balances(records: list[RequestRecord], year: int) -> None:
    table = requests_table(records, year)
    first, last = date(year, 1, 1), date(year, 12, 31)
    expected: Counter[tuple[str, str]] = Counter()
    for each in records:
        open_at_start = each.received < first and (each.ended is None or each.ended >= first)
        open_at_end = each.received <= last and (each.ended is None or each.ended > last)
        expected[NEW, each.applicant] += first <= each.received <= last
        expected[CARRIED_IN, each.applicant] += open_at_start
        expected[CARRIED_OUT, each.applicant] += open_at_end
        if each.ended is not None and each.result is not None and first <= each.ended <= last:
            expected[each.result, each.applicant] += 1
            expected[RESULTS, each.applicant] += 1

    for line in LINES:
        assert table.count(line) == sum(expected[line, column] for column in Applicant)
        for column in Applicant:
            assert len(table.numbers(line, column)) == expected[line, column]
    assert table.count(RESULTS) == sum(table.count(kind) for kind in ResultKind)
    assert balance(table) == ()


@given(records=_records(), year=st.integers(2024, 2027))
def test_b18_carried_in_is_what_last_year_carried_out(records: list[RequestRecord], year: int) -> None:
    assert carry_over(requests_table(records, year), requests_table(records, year - 1)) == ()


@given(records=_records(), year=st.integers(2023, 2027))
def test_b18_the_units_make_up_the_city(records: list[RequestRecord], year: int) -> None:
    units = {each.organisation for each in records}
    tables = [requests_table([r for r in records if r.organisation == unit], year) for unit in sorted(units)]

    assert rolled_up(tables, year).cells == requests_table(records, year).cells


def test_b17_what_does_not_balance_is_told_with_its_cases() -> None:
    whole = RequestRecord(
        number="YSQ-1",
        organisation="planning",
        applicant=Applicant.RESEARCH,
        received=date(2026, 3, 2),
        result=ResultKind.PARTLY_GRANTED,
        ended=date(2026, 3, 20),
    )
    table = requests_table([whole, replace(whole, number="YSQ-2", result=None)], 2026)
    (fault,) = balance(table)

    assert (fault.kind, fault.column, fault.left, fault.right) == (FaultKind.UNBALANCED, "research", 2, 1)
    assert fault.numbers == ("YSQ-2",)
    assert "2 件" in fault.sentence.zh
    later = requests_table([replace(whole, number="YSQ-3", received=date(2025, 12, 1))], 2026)
    (fault,) = carry_over(later, requests_table([], 2025))
    assert fault.numbers == ("YSQ-3",)
    assert table.numbers(ResultKind.PARTLY_GRANTED, Applicant.RESEARCH) == ("YSQ-1",)
    assert requests_table([], 2026).count(RESULTS) == 0
    assert list(LINE_TEXTS) != []
    assert set(LINES) == set(LINE_TEXTS)


@given(
    drawn=st.lists(
        st.tuples(
            _DAYS,
            st.one_of(st.none(), st.integers(0, 600)),
            st.sampled_from(Forum),
            st.sampled_from(Ruling),
        ),
        max_size=25,
    ),
    year=st.integers(2023, 2027),
)
def test_b16_table_four_is_recounted(drawn: list[tuple[date, int | None, Forum, Ruling]], year: int) -> None:
    challenges = [
        Challenge(
            number=f"XF-{place:02}",
            organisation="planning",
            forum=forum,
            received=received,
            ruling=None if took is None else ruling,
            ended=None if took is None else received + timedelta(days=took),
        )
        for place, (received, took, forum, ruling) in enumerate(drawn)
    ]
    table = challenges_table(challenges, year)

    for forum in Forum:
        mine = [each for each in challenges if each.forum is forum and each.received.year <= year]
        ruled = [each for each in mine if each.ended is not None and each.ended.year == year]
        waiting = [each for each in mine if each.ended is None or each.ended.year > year]
        for ruling in Ruling:
            assert table.count(ruling, forum) == sum(each.ruling is ruling for each in ruled)
        assert table.count(PENDING, forum) == len(waiting)
