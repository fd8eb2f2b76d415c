"""D6: references hold across owners: a retirement is refused, flagged or followed; a key is followed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from yiwang.exchange.api import issue_grant
from yiwang.kernel.codes import make_resident_id
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.registers import api
from yiwang.registers.contracts import StillReferred
from yiwang.registers.models import Defect, DuplicatePair, Register
from yiwang.registers.testing import a_firm, a_person, an_officer, apply_packs, sample_values

from .conftest import APPLIED, PACKS

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
NEXT, LATER = AT + timedelta(days=1), AT + timedelta(days=2)
NUMBER, OTHER = (make_resident_id("440199", date(1980, 1, 1), serial) for serial in (1, 2))
KEEPER = Actor.system("registers")


@pytest.fixture
def city(db, guarded):
    apply_packs(PACKS, ["population", "legal_entity", "licence_catalogue", "social_insurance"], at=APPLIED)


def labour():
    return an_officer("labour", "handler", "approver")


def enter(register, serial, actor=None, **changes):
    values = {**sample_values(api.get_register(register), serial), **changes}
    return api.enter_entry(actor=actor or labour(), at=AT, register=register, values=values).entry


@pytest.fixture
def insured(city):
    """An insured person with a period."""
    return enter("insured_persons", 1, id_number=NUMBER), enter("insurance_periods", 1, insured=NUMBER)


def policy(register, wanted):
    row = Register.objects.get(code=register)
    for field in row.definition["fields"]:
        if field["kind"] == "reference":
            field["on_retire"] = wanted
    row.revision += 1
    row.save()


def retire(entry):
    return api.retire_entry(actor=labour(), at=NEXT, register="insured_persons", entry=entry, version=1)


def there(register):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT _entry, _version FROM reg.{register} ORDER BY 1")
        return cursor.fetchall()


def test_d6_what_is_referred_to_does_not_end(insured):
    person, period = insured
    with pytest.raises(StillReferred) as refused:
        retire(person)
    assert (refused.value.status, refused.value.register) == (409, "insurance_periods")
    assert (there("insured_persons"), there("insurance_periods")) == ([(person, 1)], [(period, 1)])

    api.retire_entry(actor=labour(), at=NEXT, register="insurance_periods", entry=period, version=1)
    retire(person)
    assert there("insured_persons") == []


def test_d6_what_follows_ends_the_same_day(insured):
    policy("insurance_periods", "follow")
    person, period = insured
    retire(person)
    assert (there("insured_persons"), there("insurance_periods")) == ([], [])
    (line,) = api.open_history(
        actor=labour(), at=LATER, register="insurance_periods", entry=period, reason="核对"
    )
    assert (line.act, line.valid_to) == ("retired", NEXT.date())


def test_d6_a_flagged_orphan_is_a_defect(insured):
    policy("insurance_periods", "flag")
    api.measure_quality(actor=KEEPER, at=AT, register="insurance_periods")
    assert not Defect.objects.filter(rule="ref_insured").exists()

    retire(insured[0])
    api.measure_quality(actor=KEEPER, at=NEXT, register="insurance_periods")

    defect = Defect.objects.get(rule="ref_insured")
    assert (defect.failed, defect.sample, defect.source) == (1, [insured[1]], "labour")


def test_d6_references_follow_a_corrected_key(insured):
    person, period = insured
    api.amend_entry(
        actor=labour(), at=NEXT, register="insured_persons", entry=person, version=1,
        values={"id_number": OTHER}, kind="correction",
    )  # fmt: skip
    lines = api.open_history(
        actor=labour(), at=LATER, register="insurance_periods", entry=period, reason="核对"
    )
    assert [line.values["insured"] for line in lines] == [NUMBER, OTHER]
    assert lines[1].basis == f"insured_persons:{person}"


def test_d8_references_follow_a_merge_and_come_back(insured):
    person, period = insured
    double = enter("insured_persons", 1, id_number=OTHER)
    pair = DuplicatePair.objects.create(
        register="insured_persons", low=person, high=double, found_by="test", score=1, explanation={},
        found_at=AT,
    )  # fmt: skip
    done = api.merge_entries(
        actor=labour(), at=NEXT, register="insured_persons", pair=pair.pk, survivor=double, versions=(1, 1)
    )
    assert (done.links, there("insured_persons")) == (1, [(double, 1)])
    read = {"actor": labour(), "at": LATER, "register": "insurance_periods", "entry": period}
    assert api.open_entry(**read, reason="核对").values["insured"] == OTHER

    api.undo_merge(actor=labour(), at=LATER, register="insured_persons", merge=done.id)
    assert api.open_entry(**read, reason="核对").values["insured"] == NUMBER
    assert there("insured_persons") == [(person, 2), (double, 1)]


def test_d6_relations_are_shown_as_far_as_the_right_goes(insured):
    police = an_officer("public_security", "handler")
    person = enter("persons", 1, actor=police, **{**a_person(), "id_number": NUMBER})
    registrar = an_officer("industry_commerce", "handler")
    firm = enter("legal_entities", 1, actor=registrar, **{**a_firm(), "representative_id": NUMBER})

    def relations(actor, register, entry):
        found = api.links_of(actor=actor, register=register, entry=entry, at=NEXT)
        return {(link.direction, link.register.code): link for link in found}

    own = relations(labour(), "insured_persons", insured[0])
    assert own["from", "insurance_periods"].entries == (insured[1],)
    assert (own["to", "persons"].entries, own["to", "persons"].is_closed) == ((), True)

    seen = relations(police, "persons", person)
    assert (seen["from", "insured_persons"].entries, seen["from", "insured_persons"].is_closed) == ((), True)
    # the number of a representative is personal: the public part of the register doesn't give it away
    assert (seen["from", "legal_entities"].entries, seen["from", "legal_entities"].is_closed) == ((), True)
    assert relations(registrar, "legal_entities", firm)["to", "persons"].granted == ()

    issue_grant(
        actor=an_officer("public_security", "approver"), at=AT, resource="person_basic",
        grantee="industry_commerce", fields=("name",), purpose="case", legal_basis=Text("测试", "For tests"),
        valid_from=AT.date(), valid_until=date(2026, 12, 31), quota_per_day=None,
    )  # fmt: skip
    assert relations(registrar, "legal_entities", firm)["to", "persons"].granted == ("person_basic",)


def test_d6_a_link_that_leads_nowhere_is_said(city):
    registrar = an_officer("industry_commerce", "handler")
    firm = enter("legal_entities", 1, actor=registrar, **{**a_firm(), "representative_id": NUMBER})
    found = api.links_of(actor=registrar, register="legal_entities", entry=firm, at=NEXT)
    (link,) = [link for link in found if link.direction == "to" and link.register.code == "persons"]
    assert (link.missing, link.is_closed) == (False, True)  # whether a person is there is not theirs to know
