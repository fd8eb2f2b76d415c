"""Departments are added and removed while the joint step runs."""

from __future__ import annotations

import pytest

from yiwang.cases import api
from yiwang.cases.contracts import DepartmentAlreadyAsked, DepartmentNotAsked, NoJointStep
from yiwang.cases.models import Case, StepResult, Task
from yiwang.cases.testing import (
    BODY,
    MONDAY,
    a_joint_type,
    a_review_type,
    an_accepted_case,
    an_application,
    done,
    officer,
    open_task,
)
from yiwang.identity.contracts import OrganisationUnknown
from yiwang.identity.testing import an_organisation

pytestmark = pytest.mark.django_db


def test_an_added_department_must_answer_too():
    opened = an_accepted_case(a_review_type())
    an_organisation("water")
    handler = officer(BODY, "handler")

    api.add_department(actor=handler, at=MONDAY, case_id=opened.case_id, organisation="water", reason="取水")
    for department in ("planning", "environment", "fire"):
        done(officer(department, "reviewer"), open_task(opened.case_id, "opinions", department), "approve")

    assert list(Task.objects.filter(state="open").values_list("node", "organisation")) == [
        ("opinions", "water")
    ]
    done(officer("water", "reviewer"), open_task(opened.case_id, "opinions", "water"), "conditional")
    result = StepResult.objects.get(node="opinions")
    assert (result.outcome, result.approve, result.conditional, result.total) == ("conditional", 3, 1, 4)


def test_a_removed_department_is_withdrawn_and_the_others_decide():
    opened = an_accepted_case(a_joint_type())
    handler = officer(BODY, "handler")

    for department in ("fire", "planning"):
        api.remove_department(actor=handler, at=MONDAY, case_id=opened.case_id, organisation=department)
    done(officer("environment", "reviewer"), open_task(opened.case_id, "examine", "environment"), "done")
    done(officer("environment", "approver"), open_task(opened.case_id, "answer", "environment"), "approve")

    assert sorted(Case.objects.filter(parent_id=opened.case_id).values_list("organisation", "phase")) == [
        ("environment", "closed"),
        ("fire", "withdrawn"),
        ("planning", "withdrawn"),
    ]
    assert StepResult.objects.get(case_id=opened.case_id, node="opinions").total == 1
    assert open_task(opened.case_id, "decide")


def test_twice_unknown_or_answered_departments_are_refused():
    opened = an_accepted_case(a_review_type())
    handler = officer(BODY, "handler")
    done(officer("fire", "reviewer"), open_task(opened.case_id, "opinions", "fire"), "approve")

    with pytest.raises(DepartmentAlreadyAsked):
        api.add_department(actor=handler, at=MONDAY, case_id=opened.case_id, organisation="planning")
    with pytest.raises(OrganisationUnknown):
        api.add_department(actor=handler, at=MONDAY, case_id=opened.case_id, organisation="nowhere")
    with pytest.raises(DepartmentNotAsked):
        api.remove_department(actor=handler, at=MONDAY, case_id=opened.case_id, organisation="fire")
    fresh = an_application(a_review_type())
    with pytest.raises(NoJointStep):
        api.add_department(actor=handler, at=MONDAY, case_id=fresh.case_id, organisation="planning")

    assert Task.objects.filter(case_id=opened.case_id, node="opinions").count() == 3
