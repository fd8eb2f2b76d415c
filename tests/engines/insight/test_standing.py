"""Figures of the board over known rows; each equals the list behind it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.engines.insight.conftest import FRIDAY

from yiwang.cases import api
from yiwang.cases.contracts import Light
from yiwang.cases.contracts.figures import Dimension
from yiwang.cases.models import Clock
from yiwang.cases.testing import BODY, MONDAY, officer
from yiwang.identity.testing import an_officer

pytestmark = pytest.mark.django_db(transaction=True)


def lights(rows):
    return {row.key: {light: n for light, n in row.lights.items() if n} for row in rows}


def test_a_late_department_does_not_colour_the_others(march, supervisor):
    found = api.standing(actor=supervisor, at=FRIDAY)

    assert lights(found[Dimension.ORGANISATION]) == {
        BODY: {Light.RED: 1},
        "environment": {Light.RED: 1},
        "fire": {Light.RED: 1},
    }
    before = api.standing(actor=supervisor, at=MONDAY + timedelta(days=10))
    assert lights(before[Dimension.ORGANISATION]) == {
        BODY: {Light.GREEN: 1},
        "environment": {Light.RED: 1},
        "fire": {Light.RED: 1},
    }
    assert lights(before[Dimension.WHOLE]) == {"": {Light.RED: 1}}
    assert lights(before[Dimension.TYPE]) == {"test_review": {Light.RED: 1}}
    assert len(before[Dimension.DIVISION]) == 1


def test_a_stopped_clock_and_what_is_due_today(march, supervisor):
    Clock.objects.filter(case_id=march.open, organisation="fire").update(state="stopped")
    due = Clock.objects.get(case_id=march.open, organisation="environment", state="running").due_at

    found = api.standing(actor=supervisor, at=due - timedelta(hours=2))

    rows = {row.key: row for row in found[Dimension.ORGANISATION]}
    assert rows["fire"].lights[Light.STOPPED] == 1
    assert {key: row.due_today for key, row in rows.items()} == {BODY: 0, "environment": 1, "fire": 0}
    [case] = api.standing_cases(actor=supervisor, at=due - timedelta(hours=2), due_today=True).rows
    assert (case.case_id, case.holders) == (march.open, ("environment", "fire", BODY))


def test_every_figure_is_as_long_as_its_list(march, supervisor):
    at = MONDAY + timedelta(days=5, hours=1)
    names = {
        Dimension.ORGANISATION: "organisation",
        Dimension.TYPE: "type_code",
        Dimension.DIVISION: "division",
    }

    figures = 0
    for dimension, rows in api.standing(actor=supervisor, at=at).items():
        for row in rows:
            chosen = {names[dimension]: row.key} if dimension in names else {}
            whole = api.standing_cases(actor=supervisor, at=at, **chosen)
            assert (whole.total, len(whole.rows)) == (row.open, row.open)
            for light, count in row.lights.items():
                part = api.standing_cases(actor=supervisor, at=at, light=light, **chosen)
                assert (part.total, len({case.case_id for case in part.rows})) == (count, count)
                figures += 1
    assert figures == 6 * 6


def test_a_department_sees_its_own_holdings_and_nothing_of_others(march):
    fire = officer("fire", "handler")

    found = api.standing(actor=fire, at=FRIDAY)

    assert [row.key for row in found[Dimension.ORGANISATION]] == ["fire"]
    assert lights(found[Dimension.WHOLE]) == {"": {Light.RED: 1}}
    [case] = api.standing_cases(actor=fire, at=FRIDAY).rows
    assert case.holders == ("fire",)
    assert api.standing_cases(actor=fire, at=FRIDAY, organisation="environment").total == 0


def test_a_department_that_holds_nothing_sees_nothing(march):
    parks = an_officer("parks", roles=("approver",))

    found = api.standing(actor=parks, at=FRIDAY)

    assert all(rows == () for rows in found.values())
