"""A case from application to licence, by tasks."""

from __future__ import annotations

import pytest

from yiwang.cases.models import Case, Clock, Decision, Licence, Opinion, Task
from yiwang.cases.testing import (
    BODY,
    DEPARTMENTS,
    MONDAY,
    a_review_type,
    an_accepted_case,
    done,
    officer,
    open_task,
)

pytestmark = pytest.mark.django_db


def test_three_departments_approve_and_the_licence_is_issued():
    kind = a_review_type()
    opened = an_accepted_case(kind)

    for department in DEPARTMENTS:
        task = open_task(opened.case_id, "opinions", department)
        done(officer(department, "reviewer"), task, "approve")
    stamp = done(officer(BODY, "approver"), open_task(opened.case_id, "decide"), "approve")

    assert (stamp.phase, stamp.outcome) == ("closed", "approve")
    assert opened.number == "CS20260302-000001"
    assert sorted(Opinion.objects.values_list("node", "organisation", "verdict")) == [
        ("decide", BODY, "approve"),
        ("opinions", "environment", "approve"),
        ("opinions", "fire", "approve"),
        ("opinions", "planning", "approve"),
    ]
    assert Decision.objects.get().number == "CS20260302-000001-J"
    assert Licence.objects.get().number == "CS证〔2026〕000001号"
    assert not Task.objects.filter(state__in=["open", "claimed"]).exists()
    assert not Clock.objects.exclude(state="done").exists()
    assert Case.objects.get().closed_at == MONDAY
