"""What silence means by law: an unanswered application counts as accepted, a declared one as granted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from yiwang.cases import loops
from yiwang.cases.models import Case, Clock, Decision, Licence
from yiwang.cases.testing import MONDAY, a_review_type, an_accepted_case, an_application

pytestmark = pytest.mark.django_db


def test_five_days_of_silence_accept_on_receipt():
    opened = an_application(a_review_type())
    due = Clock.objects.get().due_at

    assert loops.silences(due - timedelta(seconds=1)) == 0
    assert loops.silences(due) == 1
    assert loops.silences(due) == 0

    row = Case.objects.get()
    assert (row.phase, row.accepted_at) == ("accepted", MONDAY)
    assert opened.version == 1


def test_a_public_service_is_not_accepted_by_silence():
    an_application(a_review_type(item_type="public_service", catalogue="public_service"))

    assert loops.silences(MONDAY + timedelta(days=90)) == 0

    assert Case.objects.get().phase == "received"


def test_a_declared_effect_grants_the_licence_when_the_limit_passes():
    opened = an_accepted_case(a_review_type(silence="granted"))
    due = Clock.objects.get(kind="case_statutory").due_at

    assert loops.silences(due) == 1

    row = Case.objects.get(pk=opened.case_id)
    assert (row.phase, row.outcome) == ("closed", "approve")
    assert Decision.objects.get().tacit
    assert Licence.objects.get().state == "valid"
