"""More time is asked by one officer, granted by another, once, within the law's figure."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from yiwang.cases import api
from yiwang.cases.contracts import (
    ExtensionAlreadyUsed,
    ExtensionNotAsked,
    ExtensionNotDeclared,
    ExtensionTooLong,
    SameOfficer,
)
from yiwang.cases.models import Clock, Extension, Letter
from yiwang.cases.testing import BODY, MONDAY, a_review_type, an_accepted_case, officer

pytestmark = pytest.mark.django_db


def asked(case_id, *, actor=None, days=10):
    actor = actor or officer(BODY, "handler")
    return api.ask_extension(actor=actor, at=MONDAY, case_id=case_id, days=days, reason="案情复杂")


def limits():
    return list(Clock.objects.filter(task=None).order_by("id").values_list("extended_by", "due_at"))


def test_a_granted_extension_moves_the_limits_and_is_told():
    opened = an_accepted_case(a_review_type())
    asked(opened.case_id)

    api.decide_extension(actor=officer(BODY, "approver"), at=MONDAY, case_id=opened.case_id, grant=True)

    assert limits() == [
        (10, datetime(2026, 4, 14, 9, 0, tzinfo=UTC)),
        (10, datetime(2026, 3, 30, 9, 0, tzinfo=UTC)),
    ]
    assert Extension.objects.get().state == "granted"
    assert Letter.objects.get().kind == "extension"
    with pytest.raises(ExtensionAlreadyUsed):
        asked(opened.case_id)


def test_a_refused_extension_changes_nothing_and_may_be_asked_again():
    opened = an_accepted_case(a_review_type())
    before = limits()
    asked(opened.case_id)

    api.decide_extension(actor=officer(BODY, "approver"), at=MONDAY, case_id=opened.case_id, grant=False)

    assert limits() == before
    asked(opened.case_id, days=5)
    assert list(Extension.objects.order_by("id").values_list("state", "asked_days")) == [
        ("refused", 10),
        ("asked", 5),
    ]


def test_too_long_by_oneself_or_without_a_rule_is_refused():
    opened = an_accepted_case(a_review_type())
    with pytest.raises(ExtensionTooLong):
        asked(opened.case_id, days=11)
    with pytest.raises(ExtensionNotAsked):
        api.decide_extension(actor=officer(BODY, "approver"), at=MONDAY, case_id=opened.case_id, grant=True)
    both = officer(BODY, "handler", "approver")
    asked(opened.case_id, actor=both)
    with pytest.raises(SameOfficer):
        api.decide_extension(actor=both, at=MONDAY, case_id=opened.case_id, grant=True)
    other = an_accepted_case(a_review_type("no_extension", extension=None))
    with pytest.raises(ExtensionNotDeclared):
        asked(other.case_id)

    assert [row[0] for row in limits()] == [0, 0, 0, 0]
