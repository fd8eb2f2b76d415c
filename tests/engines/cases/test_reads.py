"""What each reader sees of a case, and what they don't."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from yiwang.cases import api
from yiwang.cases.contracts import CaseNotFound, Count, InboxFilter, Light, Phase
from yiwang.cases.testing import (
    BODY,
    DEPARTMENTS,
    MONDAY,
    a_joint_type,
    a_review_type,
    an_accepted_case,
    an_application,
    done,
    officer,
    open_task,
)
from yiwang.identity.testing import a_citizen

pytestmark = pytest.mark.django_db


def test_inbox_shows_what_waits_for_the_roles_of_the_organisation():
    opened = an_accepted_case(a_review_type())
    reviewer = officer("planning", "reviewer")

    [row] = api.inbox(actor=reviewer, at=MONDAY).rows

    assert (row.number, row.node, row.organisation, row.light) == (
        opened.number,
        "opinions",
        "planning",
        Light.GREEN,
    )
    assert row.due_at == datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
    assert api.inbox(actor=officer("planning", "window"), at=MONDAY).rows == ()
    assert api.inbox(actor=officer("fire", "approver"), at=MONDAY).rows == ()
    assert api.inbox(actor=reviewer, at=MONDAY, show=InboxFilter(light=Light.RED)).rows == ()
    late = MONDAY + timedelta(days=30)
    assert api.inbox_counts(actor=reviewer, at=late).red == 1


def test_inbox_goes_on_by_key():
    kind = a_review_type()
    numbers = [an_accepted_case(kind).number for _ in range(3)]
    reviewer = officer("planning", "reviewer")

    first = api.inbox(actor=reviewer, at=MONDAY, show=InboxFilter(sort="opened"), most=2)
    second = api.inbox(actor=reviewer, at=MONDAY, show=InboxFilter(sort="opened"), most=2, after=first.after)

    assert [row.number for row in (*first.rows, *second.rows)] == numbers
    assert second.after is None


def test_officers_of_the_family_read_the_whole_case_and_others_nothing():
    opened = an_accepted_case(a_joint_type())

    seen = api.case_for_officer(actor=officer("planning", "reviewer"), case_id=opened.case_id, at=MONDAY)

    assert seen.answers["name"] == "云谷数据中心"
    assert [child.organisation for child in seen.children] == list(DEPARTMENTS)
    assert seen.present == ("opinions",)
    assert [clock.amount for clock in seen.clocks] == [5, 20, 10]
    assert seen.may == frozenset()
    stranger = officer("water", "reviewer", "handler")
    with pytest.raises(CaseNotFound):
        api.case_for_officer(actor=stranger, case_id=opened.case_id, at=MONDAY)
    with pytest.raises(CaseNotFound):
        api.log_of(actor=stranger, case_id=opened.case_id)


def test_the_window_is_offered_its_acts():
    opened = an_application(a_review_type())

    seen = api.case_for_officer(actor=officer(BODY, "window"), case_id=opened.case_id, at=MONDAY)

    [task] = seen.tasks
    assert (task.outcomes, task.may_act, task.decides) == (("accept", "refuse", "supplement"), True, False)
    assert seen.may == {
        "cases.task.complete",
        "cases.task.claim",
        "cases.task.transfer",
        "cases.supplement.request",
        "cases.message.send",
    }


def test_the_applicant_sees_who_holds_the_case_and_nobody_elses():
    citizen = a_citizen()
    opened = an_accepted_case(a_joint_type(), applicant=citizen)

    seen = api.case_for_applicant(actor=citizen, case_id=opened.case_id, at=MONDAY)

    assert [holder.organisation for holder in seen.holders] == list(DEPARTMENTS)
    assert [event.act for event in seen.timeline] == [
        "opened",
        "accepted",
        "task_completed",
        *["opened", "accepted"] * 3,
    ]
    assert {event.actor_name for event in seen.timeline} == {""}
    assert seen.may == {"cases.case.withdraw", "cases.message.send"}
    assert [row.number for row in api.my_cases(actor=citizen, at=MONDAY).rows] == [opened.number]
    with pytest.raises(CaseNotFound):
        api.case_for_applicant(actor=a_citizen(), case_id=opened.case_id, at=MONDAY)


def test_number_and_code_track_a_case_and_a_wrong_code_does_not():
    opened = an_accepted_case(a_review_type())

    tracked = api.track(number=opened.number, code=opened.tracking_code.lower(), at=MONDAY)

    assert (tracked.phase, len(tracked.holders)) == (Phase.ACCEPTED, 3)
    with pytest.raises(CaseNotFound):
        api.track(number=opened.number, code="AAAAAAAA", at=MONDAY)


def test_clock_is_explained_day_by_day():
    opened = an_accepted_case(a_review_type())
    approver = officer(BODY, "approver")
    seen = api.case_for_officer(actor=approver, case_id=opened.case_id, at=MONDAY)
    promised = next(clock for clock in seen.clocks if clock.kind == "case_promised")

    explained = api.clock_explanation(actor=approver, clock_id=promised.id, at=MONDAY)

    assert explained.lines[-1].due
    assert explained.lines[-1].total == 10
    assert promised.due_at == datetime(2026, 3, 16, 9, 0, tzinfo=UTC)


def test_boards_count_and_results_are_published_with_masked_names():
    kind = a_review_type()
    opened = an_accepted_case(kind, applicant=a_citizen(name="王小二"))
    an_accepted_case(kind)
    for department in DEPARTMENTS:
        done(officer(department, "reviewer"), open_task(opened.case_id, "opinions", department), "approve")
    done(officer(BODY, "approver"), open_task(opened.case_id, "decide"), "approve")
    supervisor = officer("supervision", "supervisor")

    late = MONDAY + timedelta(days=60)
    [by_type] = api.counts(actor=supervisor, by="type", at=late, since=MONDAY)
    [result] = api.recent_results().rows

    assert by_type == Count(key="test_review", open=1, ended=1, late=1, yellow=0, red=1, stopped=0)
    assert (result.applicant, result.outcome, result.working_days) == ("王**", "approve", 0)
    assert [row.number for row in api.search(actor=supervisor, at=MONDAY, text=opened.number).rows] == [
        opened.number
    ]
