"""What a demonstration stands on is made once, and a second start adds nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from yiwang.cli.simulation import grounds
from yiwang.cli.simulation.staff import Staff, actor_in
from yiwang.exchange.api import PURPOSE_CHECKS, list_grants, request_data
from yiwang.exchange.contracts import OwnDataOnly, Purpose
from yiwang.identity.models import LegalEntity, Mandate, Person
from yiwang.platform.models import JournalEntry
from yiwang.trust.models import SigningKey

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_city")]
GUANGZHOU = Path(__file__).parents[3] / "cities" / "guangzhou"
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
LONG_AGO = NOW - grounds.LONG_AGO


def lay() -> tuple:
    grounds.ensure_accounts(GUANGZHOU, at=LONG_AGO)
    staff = Staff(at=NOW)
    grounds.ensure_grants(staff, at=LONG_AGO)
    settled = grounds.ensure_listed_people(
        GUANGZHOU, grounds.places_of(GUANGZHOU), staff, at=LONG_AGO, now=NOW
    )
    for code in grounds.deciding_bodies(GUANGZHOU) | grounds.bodies_of_items():
        grounds.ensure_seal_of(code, inscription=grounds.INSCRIPTION, at=LONG_AGO)
    return settled


def standing() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM reg.persons), (SELECT count(*) FROM reg.legal_entities)")
        persons, entities = cursor.fetchone()
    return {
        "people": Person.objects.count(),
        "firms": LegalEntity.objects.count(),
        "mandates": Mandate.objects.count(),
        "grants": len(list_grants()),
        "seals": SigningKey.objects.filter(role=SigningKey.SEAL).count(),
        "persons entered": persons,
        "entities entered": entities,
        "refusals": JournalEntry.objects.filter(outcome=JournalEntry.REFUSED).count(),
    }


def test_the_grounds_are_laid_once():
    lay()
    first = standing()

    lay()

    assert standing() == first
    assert {name: first[name] for name in ("firms", "persons entered", "entities entered", "refusals")} == {
        "firms": 2,
        "persons entered": 5,
        "entities entered": 2,
        "refusals": 0,
    }
    assert first["grants"] == len(grounds.WANTED_GRANTS)
    assert set(SigningKey.objects.filter(role=SigningKey.SEAL).values_list("inscription", flat=True)) == {
        "演示专用"
    }


def test_a_listed_citizen_sees_the_own_entry_and_no_others():
    people, _ = lay()
    chen, huang = people[0], people[1]
    actor = actor_in(chen.account_id, "self", at=NOW)
    wanted = {"resource": "person_basic", "fields": ["name", "birth_date"], "at": NOW, "actor": actor}

    answer = request_data(key=chen.person.resident_id, purpose=Purpose(kind="own_application"), **wanted)

    assert answer.values == {"name": "陈小明", "birth_date": "1985-03-12"}
    with pytest.raises(OwnDataOnly):
        request_data(key=huang.person.resident_id, purpose=Purpose(kind="own_application"), **wanted)


def test_a_department_may_check_an_applicant_under_its_grant():
    people, _ = lay()
    officer = Staff(at=NOW).one("civil_affairs", "handler")

    # whether a case is a reason is the affair of cases; here any is
    with PURPOSE_CHECKS.temporarily("case", lambda actor, purpose, *, organisation, at: True):
        answer = request_data(
            actor=officer,
            at=NOW,
            resource="person_basic",
            key=people[0].person.resident_id,
            fields=["name"],
            purpose=Purpose(kind="case", reference="JY20260302-000001"),
        )

    assert answer.values == {"name": "陈小明"}
