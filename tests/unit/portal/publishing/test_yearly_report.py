"""The yearly report counted once more, record by record, and the foot of a site."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from yiwang.portal.publishing.rules.footer import Footer, footer_faults
from yiwang.portal.publishing.rules.yearly_records import (
    Consultation,
    Explanation,
    ExplanationForm,
    Interview,
    PageGroup,
    PageOut,
    SecurityCheck,
    ServiceCase,
    SiteLetter,
    SiteRecords,
    TopicPage,
    VisitDay,
)
from yiwang.portal.publishing.rules.yearly_report import REPORT_ROWS, report_due, yearly_figures

YEAR = 2025
DAY = st.dates(date(2023, 12, 1), date(2027, 1, 31))
LATER = st.one_of(st.none(), DAY)
COUNT = st.integers(0, 50)


def some(record, **fields):
    return st.lists(st.builds(record, **fields), max_size=6).map(tuple)


LETTERS = st.tuples(DAY, LATER, LATER).map(
    lambda days: SiteLetter(
        received_on=days[0],
        closed_on=days[1] and max(days[0], days[1]),
        published_on=days[2] and max(days[0], days[2]),
    )
)
TOPICS = st.tuples(DAY, LATER).map(
    lambda days: TopicPage(opened_on=days[0], closed_on=days[1] and max(days[0], days[1]))
)
RECORDS = st.builds(
    SiteRecords,
    pages=some(PageOut, group=st.sampled_from(PageGroup), on=DAY),
    topics=st.lists(TOPICS, max_size=6).map(tuple),
    explanations=some(Explanation, form=st.sampled_from(ExplanationForm), on=DAY),
    replies=st.lists(DAY, max_size=4).map(tuple),
    visits=some(VisitDay, on=DAY, visitors=COUNT, views=COUNT),
    cases=some(ServiceCase, closed_on=DAY, for_person=st.booleans()),
    letters=st.lists(LETTERS, max_size=6).map(tuple),
    consultations=some(Consultation, begun_on=DAY, opinions=COUNT, result_on=LATER),
    interviews=some(Interview, on=DAY, questions=COUNT, answered=COUNT),
    checks=some(SecurityCheck, on=DAY, found=COUNT, repaired=COUNT),
)


def is_in(day: date | None) -> bool:
    return day is not None and date(YEAR, 1, 1) <= day <= date(YEAR, 12, 31)


def recount(records: SiteRecords) -> Counter[str]:
    """One record after the other, each adding to its rows."""
    rows: Counter[str] = Counter()
    for page in records.pages:
        rows.update(["pages", f"pages_{page.group}"] if is_in(page.on) else [])
    for topic in records.topics:
        days = (topic.opened_on, topic.closed_on or date(2100, 1, 1))
        first, last = date(YEAR, 1, 1), date(YEAR, 12, 31)
        rows["topics"] += max(days[0], first) <= min(days[1], last)
        rows["topics_opened"] += is_in(days[0])
    for one in records.explanations:
        rows.update(["explanations", f"explanations_{one.form}"] if is_in(one.on) else [])
    rows["replies"] = len([day for day in records.replies if is_in(day)])
    for visit in filter(lambda one: is_in(one.on), records.visits):
        rows.update(visitors=visit.visitors, views=visit.views)
    for case in filter(lambda one: is_in(one.closed_on), records.cases):
        rows.update(["cases", "cases_person" if case.for_person else "cases_entity"])
    times = []
    for letter in records.letters:
        rows["letters"] += is_in(letter.received_on)
        rows["letters_published"] += is_in(letter.published_on)
        if letter.closed_on and is_in(letter.closed_on):
            times.append(Fraction((letter.closed_on - letter.received_on).days))
    rows["letters_closed"] = len(times)
    rows["letters_tenths_of_days"] = int(10 * sum(times) / len(times) + Fraction(1, 2)) if times else 0
    for one in records.consultations:
        rows.update({"consultations": 1, "opinions": one.opinions} if is_in(one.begun_on) else {})
        rows["results"] += is_in(one.result_on)
    for talk in filter(lambda one: is_in(one.on), records.interviews):
        rows.update(interviews=1, questions=talk.questions, questions_answered=talk.answered)
    for check in filter(lambda one: is_in(one.on), records.checks):
        rows.update(checks=1, problems=check.found, problems_repaired=check.repaired)
    return rows


@settings(max_examples=60)
@given(RECORDS)
def test_b30_the_yearly_figures_are_what_a_recount_gives(records):
    figures, counted = yearly_figures(records, YEAR), recount(records)

    assert list(figures) == list(REPORT_ROWS)
    assert figures == {key: counted[key] for key in REPORT_ROWS}
    assert figures["cases"] == figures["cases_person"] + figures["cases_entity"]


def test_b30_the_report_is_due_at_the_end_of_january():
    assert report_due(2025) == date(2026, 1, 31)


def test_b30_a_site_says_who_runs_it_and_where_to_complain():
    footer = Footer(
        identifier="4401000001",
        organiser="广州市人民政府办公厅",
        phone="020-83123456",
        icp_number="粤ICP备12345678号-2",
        police_number="粤公网安备 44010302000001号",
        complaint_address="/corrections/",
    )
    wrong = replace(
        footer, identifier="44010", organiser=" ", phone="call", icp_number="ICP 1", complaint_address="form"
    )

    assert list(footer_faults(footer)) == []
    assert list(footer_faults(replace(footer, identifier="bm01000001", phone="12345"))) == []
    assert [one.path for one in footer_faults(wrong)] == [
        "identifier",
        "organiser",
        "phone",
        "icp_number",
        "complaint_address",
    ]
