"""The decision: once, with grounds and articles; the licence follows approval, a letter refusal."""

from __future__ import annotations

from datetime import date

import pytest

from yiwang.cases import api
from yiwang.cases.contracts import (
    GroundsMissing,
    LicenceNotFound,
    LicenceNotValid,
    OutcomeNotOffered,
    Phase,
    Verdict,
)
from yiwang.cases.models import Case, Decision, Letter, Licence
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
from yiwang.platform.contracts import OperationNotAllowed

pytestmark = pytest.mark.django_db


def up_to_decision(kind, **opening):
    opened = an_accepted_case(kind, **opening)
    for department in DEPARTMENTS:
        done(officer(department, "reviewer"), open_task(opened.case_id, "opinions", department), "approve")
    return opened


def test_approval_with_articles_issues_the_licence():
    opened = up_to_decision(a_review_type())

    stamp = api.decide_case(
        actor=officer(BODY, "approver"),
        at=MONDAY,
        task_id=open_task(opened.case_id, "decide"),
        outcome=Verdict.APPROVE,
        grounds="符合条件",
        articles=("城乡规划法第四十条",),
    )

    assert (stamp.phase, stamp.outcome) == (Phase.CLOSED, "approve")
    decision = Decision.objects.get()
    assert (decision.outcome, decision.grounds, decision.articles, decision.tacit) == (
        "approve",
        "符合条件",
        ["城乡规划法第四十条"],
        False,
    )
    licence = Licence.objects.get()
    assert (licence.valid_from, licence.valid_to, licence.state) == (
        date(2026, 3, 2),
        date(2027, 3, 1),
        "valid",
    )
    assert licence.content == {"facts": [{"label": {"zh": "项目", "en": "Project"}, "value": "云谷数据中心"}]}
    assert Letter.objects.get().kind == "licence"


def test_refusal_needs_grounds_and_gives_a_letter():
    opened = up_to_decision(a_review_type())
    task, approver = open_task(opened.case_id, "decide"), officer(BODY, "approver")
    with pytest.raises(GroundsMissing):
        api.decide_case(actor=approver, at=MONDAY, task_id=task, outcome=Verdict.REFUSE)
    assert not Decision.objects.exists()

    api.decide_case(actor=approver, at=MONDAY, task_id=task, outcome=Verdict.REFUSE, grounds="不符合规划")

    row = Case.objects.get()
    assert (row.phase, row.outcome) == ("closed", "refuse")
    assert not Licence.objects.exists()
    assert Letter.objects.get().kind == "decision"


def test_only_the_deciding_step_decides():
    opened = an_accepted_case(a_review_type())
    task = open_task(opened.case_id, "opinions", "fire")

    with pytest.raises(OperationNotAllowed):
        api.decide_case(actor=officer("fire", "reviewer"), at=MONDAY, task_id=task, outcome=Verdict.APPROVE)
    with pytest.raises(OutcomeNotOffered):
        api.decide_case(
            actor=officer("fire", "reviewer", "approver"), at=MONDAY, task_id=task, outcome=Verdict.APPROVE
        )

    assert not Decision.objects.exists()


def test_an_application_turned_away_has_no_decision_on_its_merits():
    opened = an_application(a_review_type())

    stamp = done(officer(BODY, "window"), open_task(opened.case_id), "refuse", grounds="不属于本机关职权")

    assert (stamp.phase, stamp.outcome) == (Phase.REFUSED_ACCEPTANCE, "not_accepted")
    assert not Decision.objects.exists()
    letter = Letter.objects.get()
    assert (letter.kind, letter.content) == ("not_accepted", {"reason": "不属于本机关职权"})


def test_departments_decide_in_child_cases_and_their_words_become_opinions():
    opened = an_accepted_case(a_joint_type())
    for department, verdict in zip(DEPARTMENTS, ("approve", "conditional", "refuse"), strict=True):
        done(officer(department, "reviewer"), open_task(opened.case_id, "examine", department), "done")
        done(
            officer(department, "approver"),
            open_task(opened.case_id, "answer", department),
            verdict,
            grounds=f"{department}意见",
        )

    parent = Case.objects.get(pk=opened.case_id)
    assert list(parent.opinions.order_by("id").values_list("organisation", "verdict", "grounds")) == [
        ("planning", "approve", "planning意见"),
        ("environment", "conditional", "environment意见"),
        ("fire", "refuse", "fire意见"),
    ]
    assert [number[-3:] for number in parent.children.order_by("id").values_list("number", flat=True)] == [
        "-03",
        "-04",
        "-05",
    ]
    assert Decision.objects.count() == 3
    assert open_task(opened.case_id, "decide")


def test_a_revoked_licence_shows_at_once_and_is_revoked_once():
    opened = up_to_decision(a_review_type(), applicant=a_citizen(name="王小二"))
    approver = officer(BODY, "approver")
    done(approver, open_task(opened.case_id, "decide"), "approve")
    licence = Licence.objects.get()
    check = api.check_licence(verification_code=licence.verification_code.lower())
    assert (check.holder, check.state) == ("王**", "valid")

    api.revoke_licence(actor=approver, at=MONDAY, licence_id=licence.pk, reason="以欺骗手段取得")

    assert api.check_licence(verification_code=licence.verification_code).state == "revoked"
    with pytest.raises(LicenceNotValid):
        api.revoke_licence(actor=approver, at=MONDAY, licence_id=licence.pk, reason="再撤")
    with pytest.raises(LicenceNotFound):
        api.check_licence(verification_code="NOSUCHCODE")
