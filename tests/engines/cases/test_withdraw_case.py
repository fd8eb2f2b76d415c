"""An application may be withdrawn until it is decided."""

from __future__ import annotations

import pytest

from yiwang.cases import api
from yiwang.cases.contracts import AlreadyDecided, CaseEnded, CaseNotFound, Phase
from yiwang.cases.models import Case, Clock, Task, Token
from yiwang.cases.testing import (
    BODY,
    DEPARTMENTS,
    MONDAY,
    a_joint_type,
    a_review_type,
    an_accepted_case,
    done,
    officer,
    open_task,
)
from yiwang.identity.testing import a_citizen
from yiwang.platform.models import JournalEntry

pytestmark = pytest.mark.django_db


def test_everything_that_departments_still_do_is_withdrawn_with_it():
    citizen = a_citizen()
    opened = an_accepted_case(a_joint_type(), applicant=citizen)

    stamp = api.withdraw_case(actor=citizen, at=MONDAY, case_id=opened.case_id, reason="不办了")

    assert stamp.phase is Phase.WITHDRAWN
    assert set(Case.objects.values_list("phase", "outcome")) == {("withdrawn", "withdrawn")}
    assert not Task.objects.filter(state__in=["open", "claimed"]).exists()
    assert not Token.objects.filter(state="open").exists()
    assert not Clock.objects.exclude(state="done").exists()
    with pytest.raises(CaseEnded):
        api.withdraw_case(actor=citizen, at=MONDAY, case_id=opened.case_id)


def test_somebody_elses_case_is_not_there():
    opened = an_accepted_case(a_review_type())

    with pytest.raises(CaseNotFound):
        api.withdraw_case(actor=a_citizen(), at=MONDAY, case_id=opened.case_id)

    assert Case.objects.get().phase == "accepted"
    last = JournalEntry.objects.latest("id")
    assert (last.operation, last.outcome, last.reason) == (
        "cases.case.withdraw",
        "refused",
        "cases.case_not_found",
    )


def test_a_decided_case_is_not_withdrawn():
    citizen = a_citizen()
    opened = an_accepted_case(a_review_type(), applicant=citizen)
    for department in DEPARTMENTS:
        done(officer(department, "reviewer"), open_task(opened.case_id, "opinions", department), "approve")
    done(officer(BODY, "approver"), open_task(opened.case_id, "decide"), "approve")

    with pytest.raises((AlreadyDecided, CaseEnded)):
        api.withdraw_case(actor=citizen, at=MONDAY, case_id=opened.case_id)

    assert Case.objects.get().outcome == "approve"
