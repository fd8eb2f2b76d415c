"""A hearing stops the clocks of the department and of the whole; its end lets them go on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from yiwang.cases import api
from yiwang.cases.contracts import (
    ClockNotStopped,
    GroundNotDeclared,
    Phase,
    StopGround,
    StopTooLong,
    WrongPhase,
)
from yiwang.cases.models import Case, Clock, ClockStop, Letter
from yiwang.cases.testing import (
    BODY,
    MONDAY,
    a_joint_type,
    a_review_type,
    an_accepted_case,
    done,
    officer,
    open_task,
)
from yiwang.platform.contracts import OperationNotAllowed

pytestmark = pytest.mark.django_db


def test_the_due_day_moves_by_what_the_law_does_not_count():
    opened = an_accepted_case(a_joint_type())
    child = Case.objects.get(parent_id=opened.case_id, organisation="planning")
    planner = officer("planning", "handler")

    stamp = api.stop_clock(
        actor=planner,
        at=MONDAY,
        case_id=child.pk,
        ground=StopGround.HEARING,
        expected_days=20,
        reason="利害关系人申请",
    )

    assert stamp.phase is Phase.STOPPED
    assert ClockStop.objects.count() == 5
    assert set(Clock.objects.filter(state="stopped").values_list("due_at", flat=True)) == {None}
    assert Letter.objects.get().kind == "special_procedure"

    resumed = api.resume_clock(
        actor=planner, at=MONDAY + timedelta(days=14), case_id=child.pk, ground=StopGround.HEARING
    )

    assert resumed.phase is Phase.IN_REVIEW
    whole = Clock.objects.get(case_id=opened.case_id, kind="case_promised")
    assert (whole.state, whole.due_at) == ("running", datetime(2026, 3, 27, 9, 0, tzinfo=UTC))
    with pytest.raises(ClockNotStopped):
        api.resume_clock(actor=planner, at=MONDAY + timedelta(days=14), case_id=child.pk)


def test_what_the_item_does_not_name_or_allow_is_refused_and_nothing_stops():
    opened = an_accepted_case(a_review_type())
    clerk = officer(BODY, "handler")

    for ground, days, refusal in (
        (StopGround.TEST, None, GroundNotDeclared),
        (StopGround.SUPPLEMENT, None, GroundNotDeclared),
        (StopGround.HEARING, 41, StopTooLong),
    ):
        with pytest.raises(refusal):
            api.stop_clock(actor=clerk, at=MONDAY, case_id=opened.case_id, ground=ground, expected_days=days)
    with pytest.raises(OperationNotAllowed):
        api.stop_clock(
            actor=officer("water", "handler"), at=MONDAY, case_id=opened.case_id, ground=StopGround.HEARING
        )

    assert not ClockStop.objects.exists()
    assert Case.objects.get().version == 2


def test_nobody_decides_while_the_hearing_lasts():
    opened = an_accepted_case(a_review_type())
    api.stop_clock(
        actor=officer(BODY, "handler"), at=MONDAY, case_id=opened.case_id, ground=StopGround.EXPERT_REVIEW
    )

    with pytest.raises(WrongPhase):
        done(officer("fire", "reviewer"), open_task(opened.case_id, "opinions", "fire"), "approve")

    assert not Case.objects.get().opinions.exists()
