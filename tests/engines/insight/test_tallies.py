"""What departments and officers did in March: counts, lists, reach."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest
from tests.engines.insight.conftest import FRIDAY

from yiwang.cases import api
from yiwang.cases.contracts.figures import Indicator, LastAnswer
from yiwang.cases.testing import BODY, MONDAY, officer

pytestmark = pytest.mark.django_db(transaction=True)
SPAN = {
    "since": datetime(2026, 2, 28, 16, tzinfo=UTC),
    "until": datetime(2026, 3, 31, 16, tzinfo=UTC),
    "at": FRIDAY,
}


def counted(tallies, indicator):
    return {(t.organisation, t.mark): t.count for t in tallies if t.indicator is indicator}


def test_departments_are_counted_by_what_their_rows_say(watched, supervisor):
    found = api.tallies(actor=supervisor, **SPAN)

    # Of the body: three acceptances, two decisions, two promises of which one is broken.
    assert counted(found, Indicator.ON_TIME) == {
        (BODY, "on_time"): 6,
        (BODY, "late"): 1,
        ("planning", "on_time"): 3,
        ("environment", "on_time"): 2,
        ("fire", "on_time"): 1,
        ("fire", "late"): 1,
    }
    assert counted(found, Indicator.CARDS) == {("fire", "yellow"): 1, ("fire", "red"): 1}
    assert counted(found, Indicator.NOTICES) == {
        ("fire", "in_time"): 1,
        ("fire", "late"): 1,
        ("environment", "unanswered"): 1,
    }
    assert counted(found, Indicator.RATINGS) == {(BODY, "5"): 1, (BODY, "2"): 1}
    assert counted(found, Indicator.SUPPLEMENTS) == {(BODY, "clean"): 2, (BODY, "supplemented"): 1}


def test_officers_are_counted_by_their_own_acts(watched, supervisor):
    found = api.tallies(actor=supervisor, by_officer=True, **SPAN)

    fire = watched.reviewers["fire"].account_id
    mine = {(t.indicator, t.mark): t.count for t in found if t.officer_id == fire}
    assert mine == {
        (Indicator.ON_TIME, "on_time"): 1,
        (Indicator.ON_TIME, "late"): 1,
        (Indicator.CARDS, "yellow"): 1,
        (Indicator.CARDS, "red"): 1,
        (Indicator.SUPPLEMENTS, "clean"): 2,
    }
    approver = {(t.indicator, t.mark): t.count for t in found if t.officer_id == watched.approver.account_id}
    assert approver[Indicator.RATINGS, "5"] == 1
    assert approver[Indicator.RATINGS, "2"] == 1


@pytest.mark.parametrize("by_officer", [False, True])
def test_every_figure_is_as_long_as_its_list(watched, supervisor, by_officer):
    found = api.tallies(actor=supervisor, by_officer=by_officer, **SPAN)

    assert len(found) >= 10
    for tally in found:
        listed = api.evidence(
            actor=supervisor,
            indicator=tally.indicator,
            organisation=tally.organisation,
            officer_id=tally.officer_id,
            mark=tally.mark,
            **SPAN,
        )
        assert (listed.total, len(listed.rows)) == (tally.count, tally.count)
        assert {(row.organisation, row.mark) for row in listed.rows} == {(tally.organisation, tally.mark)}


def test_a_department_counts_only_itself(watched):
    fire = officer("fire", "approver")

    found = [*api.tallies(actor=fire, **SPAN), *api.tallies(actor=fire, by_officer=True, **SPAN)]

    assert {tally.organisation for tally in found} == {"fire"}
    for indicator in Indicator:
        rows = api.evidence(actor=fire, indicator=indicator, organisation=BODY, **SPAN)
        assert (rows.rows, rows.total) == ((), 0)
    items = api.item_figures(actor=fire, since=SPAN["since"], until=SPAN["until"])
    assert items == ()
    steps = api.step_figures(actor=fire, since=SPAN["since"], until=SPAN["until"])
    assert [(step.node, step.done) for step in steps] == [("opinions", 2)]


def test_outside_the_month_nothing_counts(watched, supervisor):
    april = {"since": SPAN["until"], "until": datetime(2026, 4, 30, 16, tzinfo=UTC), "at": FRIDAY}

    assert api.tallies(actor=supervisor, **april) == ()


def test_items_show_volume_time_and_supplements(watched, supervisor):
    [item] = api.item_figures(actor=supervisor, since=SPAN["since"], until=SPAN["until"])

    assert (item.type_code, item.received, item.supplemented) == ("test_review", 3, 1)
    assert (item.ended, item.late, item.unit) == (2, 1, "working_days")
    # One whole working day (3 March) and 14 (3 to 20 March).
    assert (item.average, item.ninetieth) == (7.5, 14)


def test_the_step_that_took_longest_comes_first(watched, supervisor):
    steps = api.step_figures(actor=supervisor, since=SPAN["since"], until=SPAN["until"])

    assert Counter({step.node: step.done for step in steps}) == {"opinions": 7, "accept": 3, "decide": 2}
    assert steps[0].node == "opinions"
    # six answers after one day, one after 18 days and 6 hours
    assert (steps[0].median_hours, steps[0].total_hours) == (24.0, 6 * 24 + 18 * 24 + 6)


def test_who_let_the_others_wait_in_a_joint_step(watched, supervisor):
    found = api.last_answers(actor=supervisor, since=SPAN["since"], until=SPAN["until"])

    # In the other case all answered at the same instant, so nobody waited.
    assert found == (LastAnswer(type_code="test_review", organisation="fire", times=1, waited_hours=414.0),)


def test_days_count_what_came_and_what_ended(watched, supervisor):
    days = api.daily(
        actor=supervisor,
        since=SPAN["since"],
        until=SPAN["until"],
        first=datetime(2026, 3, 1).date(),
        last=datetime(2026, 3, 31).date(),
    )

    assert len(days) == 31
    assert {day.day.day: (day.received, day.ended) for day in days if day.received or day.ended} == {
        2: (3, 0),
        4: (0, 1),
        20: (0, 1),
    }


def test_the_public_learns_sums_only(watched):
    [body] = api.public_figures(since=SPAN["since"], until=SPAN["until"])

    assert (body.organisation, body.received, body.ended, body.on_time) == (BODY, 3, 2, 1)
    assert body.ratings == {1: 0, 2: 1, 3: 0, 4: 0, 5: 1}
    assert MONDAY < FRIDAY
