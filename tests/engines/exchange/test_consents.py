"""Where a grant needs consent nobody looks without it, and a withdrawal counts at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.engines.exchange.conftest import officer

from yiwang.exchange.api import (
    give_consent,
    own_consents,
    request_data,
    verify_data,
    withdraw_consent,
)
from yiwang.exchange.attention import ConsentMissing, ConsentNotFound, ConsentRefused
from yiwang.exchange.contracts import Purpose
from yiwang.exchange.models import Consent, GrantDay, TraceLine
from yiwang.exchange.subjects import entity_reference, person_reference
from yiwang.exchange.testing import KNOWN_ID
from yiwang.identity.models import Person
from yiwang.identity.people_records import new_person
from yiwang.identity.testing import a_citizen, a_firm, a_representative, an_account, an_organisation
from yiwang.platform.contracts import Actor, OperationNotAllowed

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
RESOURCE = "person_for_tests"
WORDS = {"resource": RESOURCE, "purpose": "case", "grantee": "construction", "valid_until": date(2026, 6, 30)}


@pytest.fixture
def li(catalogue):
    an_organisation("construction")
    made = new_person(name="李明", resident_id=KNOWN_ID, phone="13800001234", synthetic=True, at=AT)
    account = an_account(person=Person.objects.get(pk=made.pk))
    return Actor(kind="citizen", account_id=account.pk, person_id=made.pk, name="李明")


def look(asker: Actor, at: datetime = AT, key: str = KNOWN_ID):
    return request_data(
        actor=asker,
        at=at,
        resource=RESOURCE,
        key=key,
        fields=("name",),
        purpose=Purpose(kind="case", reference="GJ20260302-000001"),
    )


def consent(actor: Actor, **changes: object):
    return give_consent(**{"actor": actor, "at": AT, **WORDS, **changes})


def test_d21_no_consent_no_look_on_any_door(li, grant_of, asker):
    grant_of(needs_consent=True)

    with pytest.raises(ConsentMissing):
        look(asker)
    with pytest.raises(ConsentMissing):
        verify_data(
            actor=asker,
            at=AT,
            resource=RESOURCE,
            key=KNOWN_ID,
            claims={"name": "李明"},
            purpose=Purpose(kind="case", reference="GJ20260302-000001"),
        )
    # Nor does a refusal tell whether there is such a person.
    with pytest.raises(ConsentMissing):
        look(asker, key="440103198001010019")

    assert (TraceLine.objects.count(), GrantDay.objects.count()) == (0, 0)


def test_d21_consent_lets_look_until_its_day_or_its_withdrawal(li, grant_of, asker):
    grant_of(needs_consent=True)
    given = consent(li)

    assert look(asker).values == {"name": "李明"}
    assert look(asker, at=datetime(2026, 6, 30, 15, 59, tzinfo=UTC)).values == {"name": "李明"}
    with pytest.raises(ConsentMissing):
        look(asker, at=datetime(2026, 6, 30, 16, 0, tzinfo=UTC))
    withdraw_consent(actor=li, at=AT + timedelta(hours=1), consent=given.id)
    with pytest.raises(ConsentMissing):
        look(asker, at=AT + timedelta(hours=1, seconds=1))

    assert [(c.id, c.withdrawn_at) for c in own_consents(actor=li)] == [(given.id, AT + timedelta(hours=1))]


def test_d21_consent_is_for_one_purpose_one_resource_and_one_reader(li, grant_of, asker):
    grant_of(needs_consent=True)
    an_organisation("health")

    consent(li, purpose="statistics")
    consent(li, grantee="health")

    with pytest.raises(ConsentMissing):
        look(asker)


def test_a_second_consent_moves_the_day_of_the_first(li):
    first = consent(li)

    again = consent(li, valid_until=date(2026, 3, 31))

    assert (again.id, again.valid_until) == (first.id, date(2026, 3, 31))
    assert Consent.objects.count() == 1
    assert Consent.objects.get().subject == person_reference(KNOWN_ID)


@pytest.mark.parametrize(
    "changes",
    [
        {"grantee": "nowhere"},
        {"grantee": "public_security"},
        {"purpose": "own_duty"},
        {"purpose": "curiosity"},
        {"valid_until": date(2026, 3, 1)},
        {"valid_until": date(2027, 3, 5)},
    ],
)
def test_what_cannot_be_consented_to(li, changes):
    with pytest.raises(ConsentRefused):
        consent(li, **changes)

    assert Consent.objects.count() == 0


def test_nobody_withdraws_or_gives_for_others(li):
    given = consent(li)

    with pytest.raises(ConsentNotFound):
        withdraw_consent(actor=a_citizen(), at=AT, consent=given.id)
    with pytest.raises(OperationNotAllowed):
        consent(officer("construction", "approver"))

    assert Consent.objects.get().withdrawn_at is None


def test_d21_who_acts_for_a_firm_consents_for_it_as_long_as_the_mandate_lasts(catalogue):
    an_organisation("construction")
    firm = a_firm()
    representative = a_representative(firm)

    given = consent(representative)

    assert Consent.objects.get().subject == entity_reference(firm.credit_code)
    # The same person without the firm's mandate sees and withdraws nothing of the firm's.
    privately = replace(representative, for_entity=None)
    assert own_consents(actor=privately) == []
    with pytest.raises(ConsentNotFound):
        withdraw_consent(actor=privately, at=AT, consent=given.id)
    another = a_representative(firm)
    withdraw_consent(actor=another, at=AT, consent=given.id)
    assert Consent.objects.get().withdrawn_at == AT
