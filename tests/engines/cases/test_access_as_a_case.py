"""A department asks for shared data, the owner examines and narrows it, the approval is the grant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from yiwang.cases import api
from yiwang.cases.contracts import CaseNotFound, SupplementItem
from yiwang.cases.contracts.errors import CaseEnded, SupplementFromDepartment
from yiwang.cases.models import Case, CaseEvent, Licence, Task
from yiwang.cases.testing import MONDAY, done, officer, open_task
from yiwang.exchange.access import AccessNotAsked, AskedAccess, Narrowing, NotNarrower, Terms
from yiwang.exchange.api import ask_for_access, list_grants, list_requests
from yiwang.exchange.contracts import FieldsNotGranted
from yiwang.exchange.models import AccessRequest, Grant, Resource
from yiwang.kernel.text import Text
from yiwang.platform.contracts import OperationNotAllowed

pytestmark = pytest.mark.django_db
OWNER = "public_security"
TERMS = Terms(
    fields=("name", "residence_division", "phone"),
    purpose="case",
    legal_basis=Text("《住房公积金管理条例》第二十四条", "Regulations on the provident fund, article 24"),
    valid_from=date(2026, 3, 9),
    valid_until=date(2027, 3, 8),
    quota_per_day=200,
    rows={"residence_division": ("440103",)},
)
ASKED = AskedAccess(resource="person_basic", terms=TERMS, reason="办理公积金提取时核对申请人身份")


@pytest.fixture(scope="module", autouse=True)
def _applied_city(caring_city) -> None:
    """The city of all tests here."""


def asked(**changes: object) -> Case:
    number = ask_for_access(
        actor=officer("provident_fund", "handler"),
        at=MONDAY,
        asked=replace(ASKED, terms=replace(TERMS, **changes)),
    )
    return Case.objects.get(number=number)


def examined(case: Case) -> int:
    done(officer(OWNER, "handler"), open_task(case.pk, "examine"), "done")
    done(officer(OWNER, "reviewer"), open_task(case.pk, "review"), "done")
    return open_task(case.pk, "decide")


def test_d25_an_approval_gives_the_grant_in_the_same_act():
    case = asked()
    assert (case.organisation, case.applicant_kind, case.applicant_name) == (
        OWNER,
        "organisation",
        "市公积金管理中心",
    )
    assert Grant.objects.count() == 0
    decide = examined(case)
    approver = officer(OWNER, "approver")

    done(approver, decide, "approve", at=MONDAY + timedelta(days=1))

    (grant,) = list_grants(grantee="provident_fund")
    assert (grant.resource, grant.fields, grant.purpose, grant.quota_per_day) == (
        "person_basic",
        ("name", "phone", "residence_division"),
        "case",
        200,
    )
    assert (grant.valid_from, grant.valid_until, grant.row_filter) == (
        TERMS.valid_from,
        TERMS.valid_until,
        {"residence_division": ("440103",)},
    )
    assert (grant.legal_basis, grant.case_number) == (TERMS.legal_basis, case.number)
    assert Grant.objects.get().issued_by == approver.account_id
    assert CaseEvent.objects.filter(case=case, act="grant_issued").count() == 1
    (seen,) = list_requests(organisation="provident_fund")
    assert seen.grant == grant
    assert seen.state is not None
    assert (seen.state.outcome, seen.state.is_open) == ("approve", False)


def test_d18_the_owner_may_grant_less_and_never_more():
    case = asked()
    handler = officer(OWNER, "handler")
    for wider in (
        Narrowing(fields=("name", "birth_date")),
        Narrowing(valid_until=date(2027, 3, 9)),
        Narrowing(quota_per_day=201),
        Narrowing(fields=()),
    ):
        with pytest.raises(NotNarrower):
            api.narrow_access(actor=handler, at=MONDAY, case_id=case.pk, by=wider)
    assert Case.objects.get(pk=case.pk).data.get("terms") is None
    less = Narrowing(fields=("name",), valid_until=date(2026, 12, 31), quota_per_day=50, needs_consent=True)

    api.narrow_access(actor=handler, at=MONDAY, case_id=case.pk, by=less)
    done(officer(OWNER, "approver"), examined(case), "approve")

    (grant,) = list_grants(grantee="provident_fund")
    assert (grant.fields, grant.valid_until, grant.quota_per_day, grant.needs_consent) == (
        ("name",),
        date(2026, 12, 31),
        50,
        True,
    )
    with pytest.raises(CaseEnded):
        api.narrow_access(actor=handler, at=MONDAY, case_id=case.pk, by=less)


def test_a_refusal_says_its_grounds_to_the_department_that_asked():
    case = asked()

    done(officer(OWNER, "approver"), examined(case), "refuse", grounds="电话号码不是办理所必需")

    (seen,) = list_requests(organisation="provident_fund")
    assert seen.state is not None
    assert (seen.state.outcome, seen.state.ground, seen.grant) == (
        "refuse",
        "电话号码不是办理所必需",
        None,
    )
    assert Grant.objects.count() == 0


def test_the_asking_department_follows_its_request_and_decides_nothing():
    case = asked()
    theirs = officer("provident_fund", "handler", "reviewer", "approver")

    assert api.case_for_officer(actor=theirs, at=MONDAY, case_id=case.pk).case.number == case.number
    with pytest.raises(CaseNotFound):
        api.case_for_officer(actor=officer("health", "handler"), at=MONDAY, case_id=case.pk)
    with pytest.raises(OperationNotAllowed):
        done(theirs, open_task(case.pk, "examine"), "done")
    with pytest.raises(OperationNotAllowed):
        api.narrow_access(actor=theirs, at=MONDAY, case_id=case.pk, by=Narrowing(fields=("name",)))
    assert Task.objects.get(case=case).state == "open"


def test_the_owner_answers_within_ten_working_days():
    asked()

    (seen,) = list_requests(organisation="provident_fund")

    # Seven working days are promised: from Monday 2 March to the end of Wednesday 11 March 2026.
    assert seen.state is not None
    assert seen.state.due_at is not None
    assert seen.state.due_at.date().isoformat() == "2026-03-11"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"fields": ("name", "income")}, FieldsNotGranted),
        ({"fields": ()}, FieldsNotGranted),
        ({"purpose": "own_duty"}, AccessNotAsked),
        ({"purpose": "curiosity"}, AccessNotAsked),
        ({"legal_basis": Text("依据", " ")}, AccessNotAsked),
        ({"valid_until": date(2026, 3, 8)}, AccessNotAsked),
        ({"valid_until": date(2029, 3, 10)}, AccessNotAsked),
        ({"valid_from": date(2025, 1, 1), "valid_until": date(2026, 3, 1)}, AccessNotAsked),
        ({"quota_per_day": 0}, AccessNotAsked),
        ({"rows": {"residence_division": ()}}, AccessNotAsked),
        ({"rows": {"income": ("1",)}}, FieldsNotGranted),
    ],
)
def test_what_no_owner_could_grant_is_no_case(changes, error):
    with pytest.raises(error):
        asked(**changes)

    assert (Case.objects.count(), AccessRequest.objects.count()) == (0, 0)


def test_wrong_role_and_own_resource_leave_nothing():
    with pytest.raises(OperationNotAllowed):
        ask_for_access(actor=officer("provident_fund", "window"), at=MONDAY, asked=ASKED)
    with pytest.raises(AccessNotAsked):
        ask_for_access(actor=officer(OWNER, "handler"), at=MONDAY, asked=ASKED)
    with pytest.raises(AccessNotAsked):
        ask_for_access(
            actor=officer("provident_fund", "handler"), at=MONDAY, asked=replace(ASKED, reason=" ")
        )

    assert (Case.objects.count(), AccessRequest.objects.count()) == (0, 0)


def test_revoking_the_answer_ends_the_grant():
    case = asked()
    done(officer(OWNER, "approver"), examined(case), "approve")
    licence = Licence.objects.get(case=case)

    api.revoke_licence(
        actor=officer(OWNER, "approver"), at=MONDAY + timedelta(days=2), licence_id=licence.pk, reason="滥用"
    )

    (grant,) = list_grants(grantee="provident_fund")
    assert grant.is_revoked


def test_a_department_gets_no_notice_of_corrections():
    case = asked()
    handler = officer(OWNER, "handler")

    with pytest.raises(SupplementFromDepartment):
        api.request_supplement(
            actor=handler, at=MONDAY, case_id=case.pk, items=(SupplementItem(path="reason", what="请细化"),)
        )

    assert Case.objects.get(pk=case.pk).phase == case.phase
    offered = api.case_for_officer(actor=handler, at=MONDAY, case_id=case.pk).may
    assert "cases.supplement.request" not in offered
    assert "cases.access.narrow" in offered


def test_d23_a_question_is_asked_for_and_granted_like_a_field_without_its_value():
    row = Resource.objects.get(code="person_basic")
    adult = {
        "name": "adult", "title": {"zh": "是否年满18周岁", "en": "18 or older"}, "field": "birth_date",
        "years_at_least": 18,
    }  # fmt: skip
    row.definition = row.definition | {"questions": [adult]}
    row.save()
    case = asked(fields=("adult",))
    assert case.answers["fields"] == [{"name": "adult", "title": "是否年满18周岁 / 18 or older"}]

    done(officer(OWNER, "approver"), examined(case), "approve", at=MONDAY + timedelta(days=1))

    (grant,) = list_grants(grantee="provident_fund")
    assert grant.fields == ("adult",)
