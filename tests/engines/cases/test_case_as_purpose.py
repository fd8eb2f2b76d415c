"""A case is a reason to look at data for those who take part in it, while it is open."""

from __future__ import annotations

from datetime import timedelta

import pytest

from yiwang.cases.models import Case
from yiwang.cases.testing import (
    BODY,
    DEPARTMENTS,
    MONDAY,
    a_joint_type,
    a_review_type,
    an_accepted_case,
    an_application,
    officer,
)
from yiwang.exchange.api import PROVIDERS, issue_grant, person_reference, request_data, trace_of
from yiwang.exchange.contracts import Purpose, PurposeRefused
from yiwang.exchange.models import TraceLine
from yiwang.exchange.testing import KNOWN_ID, OnePersonProvider, a_resource
from yiwang.identity.testing import an_organisation
from yiwang.kernel.text import Text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def granted():
    """Every organisation of these tests holds a grant for cases."""
    an_organisation("public_security")
    owner = officer("public_security", "approver")
    with PROVIDERS.temporarily("one_person", OnePersonProvider()):
        resource = a_resource(at=MONDAY)
        for grantee in (BODY, *DEPARTMENTS, "water"):
            issue_grant(
                actor=owner, at=MONDAY, resource=resource.code, grantee=grantee, fields=("name",),
                purpose="case", legal_basis=Text("测试", "For tests"), valid_from=MONDAY.date(),
                valid_until=MONDAY.date() + timedelta(days=365),
            )  # fmt: skip
        yield


def look(organisation: str, number: str):
    an_organisation(organisation)
    return request_data(
        actor=officer(organisation, "handler"), at=MONDAY, resource="person_for_tests", key=KNOWN_ID,
        fields=("name",), purpose=Purpose(kind="case", reference=number),
    ).values  # fmt: skip


def number_of(case_id: int) -> str:
    return Case.objects.get(pk=case_id).number


@pytest.mark.parametrize("kind", [a_review_type, a_joint_type], ids=["tasks", "child cases"])
def test_the_departments_of_a_joint_case_may_look_for_it_and_no_other(kind):
    opened = an_accepted_case(kind())
    number = number_of(opened.case_id)

    for organisation in (BODY, *DEPARTMENTS):
        assert look(organisation, number) == {"name": "李明"}
    with pytest.raises(PurposeRefused):
        look("water", number)

    assert len(trace_of(person_reference(KNOWN_ID))) == 1 + len(DEPARTMENTS)


def test_a_department_looks_for_its_own_child_case():
    opened = an_accepted_case(a_joint_type())
    child = Case.objects.get(parent_id=opened.case_id, organisation="fire")

    assert look("fire", child.number) == {"name": "李明"}
    with pytest.raises(PurposeRefused):
        look("water", child.number)


def test_a_closed_or_unknown_case_is_no_reason():
    opened = an_application(a_review_type())
    number = number_of(opened.case_id)
    assert look(BODY, number) == {"name": "李明"}
    Case.objects.filter(pk=opened.case_id).update(closed_at=MONDAY)

    for reference in (number, "TZ-2026-999999"):
        with pytest.raises(PurposeRefused):
            look(BODY, reference)

    assert TraceLine.objects.count() == 1
