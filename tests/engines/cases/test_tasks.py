"""Taking, giving back, transferring, returning; and what is refused changes nothing."""

from __future__ import annotations

import pytest

from yiwang.cases import api
from yiwang.cases.contracts import (
    CaseMovedOn,
    GroundsMissing,
    OutcomeNotOffered,
    RoleMissing,
    StepNotReturnable,
    TaskEnded,
    TaskNotFound,
    TaskNotHeld,
    TaskTaken,
)
from yiwang.cases.models import Case, CaseEvent, Opinion, Task
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
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.platform.models import JournalEntry

pytestmark = pytest.mark.django_db


def state():
    return (
        list(Case.objects.order_by("id").values_list("phase", "version")),
        list(Task.objects.order_by("id").values_list("state", "assignee_id", "outcome")),
        CaseEvent.objects.count(),
        Opinion.objects.count(),
    )


def test_what_a_colleague_holds_is_theirs_until_given_back():
    opened = an_application(a_review_type())
    task = open_task(opened.case_id)
    first, second = officer(BODY, "window"), officer(BODY, "window")

    api.claim_task(actor=first, at=MONDAY, task_id=task)

    for act in (
        lambda: api.claim_task(actor=second, at=MONDAY, task_id=task),
        lambda: done(second, task, "accept"),
    ):
        with pytest.raises(TaskTaken):
            act()
    with pytest.raises(TaskNotHeld):
        api.release_task(actor=second, at=MONDAY, task_id=task)
    api.release_task(actor=first, at=MONDAY, task_id=task)
    assert Task.objects.get().state == "open"
    done(second, task, "accept")
    assert Task.objects.get(pk=task).ended_by == second.account_id


def test_wrong_role_organisation_outcome_version_and_state_change_nothing_and_are_journalled():
    opened = an_application(a_review_type())
    task = open_task(opened.case_id)
    before = state()

    refused = {
        RoleMissing: lambda: done(officer(BODY, "handler"), task, "accept"),
        OperationNotAllowed: lambda: done(officer("planning", "window"), task, "accept"),
        OutcomeNotOffered: lambda: done(officer(BODY, "window"), task, "approve"),
        GroundsMissing: lambda: done(officer(BODY, "window"), task, "refuse", grounds=" "),
        TaskNotFound: lambda: done(officer(BODY, "window"), task + 1000, "accept"),
        CaseMovedOn: lambda: api.complete_task(
            actor=officer(BODY, "window"), at=MONDAY, task_id=task, outcome="accept", expected_version=7
        ),
    }
    for refusal, act in refused.items():
        journal = JournalEntry.objects.count()
        with pytest.raises(refusal):
            act()
        assert state() == before
        assert JournalEntry.objects.count() == journal + 1
        assert JournalEntry.objects.latest("id").outcome == "refused"

    done(officer(BODY, "window"), task, "accept")
    with pytest.raises(TaskEnded):
        done(officer(BODY, "window"), task, "accept")


def test_a_transferred_task_is_done_by_the_other_organisation():
    opened = an_accepted_case(a_review_type())
    task = open_task(opened.case_id, "opinions", "fire")
    target = officer("water", "reviewer")

    api.transfer_task(
        actor=officer("fire", "reviewer"),
        at=MONDAY,
        task_id=task,
        to_organisation="water",
        to_account=target.account_id,
        reason="职能调整",
    )

    row = Task.objects.get(pk=task)
    assert (row.organisation, row.state, row.assignee_id) == ("water", "claimed", target.account_id)
    with pytest.raises(OperationNotAllowed):
        done(officer("fire", "reviewer"), task, "approve")
    done(target, task, "approve")
    assert Opinion.objects.get().organisation == "water"


def test_a_transfer_to_somebody_without_the_role_is_refused():
    opened = an_accepted_case(a_review_type())
    task = open_task(opened.case_id, "opinions", "fire")
    clerk = officer("fire", "window")

    with pytest.raises(RoleMissing):
        api.transfer_task(
            actor=officer("fire", "reviewer"),
            at=MONDAY,
            task_id=task,
            to_account=clerk.account_id,
            reason="转办",
        )

    assert Task.objects.get(pk=task).assignee_id is None


def test_work_returns_to_a_step_that_was_done():
    opened = an_accepted_case(a_joint_type())
    child = Case.objects.get(parent_id=opened.case_id, organisation="planning")
    done(officer("planning", "reviewer"), open_task(child.pk, "examine"), "done")
    answer = open_task(child.pk, "answer")
    approver = officer("planning", "approver")

    with pytest.raises(StepNotReturnable):
        api.return_case(actor=approver, at=MONDAY, task_id=answer, to_node="given", reason="不清楚")
    api.return_case(actor=approver, at=MONDAY, task_id=answer, to_node="examine", reason="补充现场照片")

    assert list(Task.objects.filter(case=child).order_by("id").values_list("node", "state")) == [
        ("examine", "done"),
        ("answer", "cancelled"),
        ("examine", "open"),
    ]


def test_an_acceptance_that_stands_is_not_examined_again():
    opened = an_accepted_case(a_review_type())
    for department in DEPARTMENTS:
        done(officer(department, "reviewer"), open_task(opened.case_id, "opinions", department), "approve")
    decide, approver = open_task(opened.case_id, "decide"), officer(BODY, "approver")
    before = api.case_for_officer(actor=approver, at=MONDAY, case_id=opened.case_id)

    with pytest.raises(StepNotReturnable):
        api.return_case(actor=approver, at=MONDAY, task_id=decide, to_node="accept", reason="材料不全")

    after = api.case_for_officer(actor=approver, at=MONDAY, case_id=opened.case_id)
    assert after == before
    assert after.returnable == ("opinions",)


def test_an_approver_returns_by_outcome_and_all_departments_are_asked_again():
    opened = an_accepted_case(a_review_type())
    for department in DEPARTMENTS:
        done(officer(department, "reviewer"), open_task(opened.case_id, "opinions", department), "approve")

    stamp = done(officer(BODY, "approver"), open_task(opened.case_id, "decide"), "return")

    assert (stamp.phase, stamp.outcome) == ("in_review", "")
    assert Task.objects.filter(node="opinions", state="open").count() == 3
