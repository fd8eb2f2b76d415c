"""Yes or no to a claim, without the value."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from yiwang.exchange.api import person_reference, trace_of, verify_data
from yiwang.exchange.contracts import FieldsNotGranted, LookKind, Purpose
from yiwang.exchange.models import TraceLine
from yiwang.exchange.testing import KNOWN_ID

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
CASE = Purpose(kind="case", reference="TZ-2026-000123")


def verify(actor, **changes):
    facts = {"resource": "person_for_tests", "key": KNOWN_ID, "claims": {"name": "李明"}, "purpose": CASE}
    return verify_data(actor=actor, at=AT, **(facts | changes))


def test_each_claim_is_answered_and_traced_as_a_verification(grant_of, asker):
    grant_of()

    said = verify(asker, claims={"name": "李明", "division": "440106"})

    assert (said.found, said.agrees) == (True, {"name": True, "division": False})
    (entry,) = trace_of(person_reference(KNOWN_ID))
    assert (entry.kind, entry.fields) == (LookKind.VERIFY, ("name", "division"))


def test_nobody_agrees_with_nothing(grant_of, asker):
    grant_of()

    said = verify(asker, key="440103198001011234")

    assert (said.found, said.agrees) == (False, {"name": False})


def test_a_claim_about_an_ungranted_field_is_refused(grant_of, asker):
    grant_of()

    with pytest.raises(FieldsNotGranted):
        verify(asker, claims={"birth_date": "1949-12-31"})
    assert TraceLine.objects.count() == 0
