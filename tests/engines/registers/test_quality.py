"""D11: rules of quality are counted over a whole register by source; defects open and close by themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from yiwang.kernel.codes import make_credit_code, make_resident_id
from yiwang.platform.contracts import Actor, OperationNotAllowed
from yiwang.platform.outbox import deliver
from yiwang.registers import api
from yiwang.registers.commands.measure_quality import registers_to_measure
from yiwang.registers.models import Defect, QualityRun, QualityScore
from yiwang.registers.testing import a_firm, a_person, an_officer, apply_packs

from .conftest import APPLIED, PACKS

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
NEXT = AT + timedelta(days=1)
KEEPER = Actor.system("registers")


def police():
    return an_officer("public_security", "handler")


def person(serial, **changes):
    values = {**a_person(), "id_number": make_resident_id("440199", date(1980, 1, 1), serial)}
    return api.enter_entry(actor=police(), at=AT, register="persons", values={**values, **changes}).entry


def measure(at=AT, register="persons"):
    return api.measure_quality(actor=KEEPER, at=at, register=register)


def counts(register="persons", source=""):
    return QualityScore.objects.filter(register=register, source=source).latest("day").counts


def test_d11_every_rule_is_counted(city):
    person(1)  # a man: the sequence number 001 is odd
    wrong_day = person(3, birth_date="1980-01-02")
    wrong_sex = person(5, sex="2", phone=None, residence_address=None)
    unknown = person(7, sex="9")

    whole = measure()

    assert counts() == {
        "phone_given": [4, 1],
        "address_given": [4, 1],
        "birthday_agrees": [4, 1],
        "sex_agrees": [4, 1],
    }
    assert whole == Decimal("75.00")
    defects = {defect.rule: defect for defect in Defect.objects.all()}
    assert set(defects) == {"address_given", "birthday_agrees", "sex_agrees"}  # phones: 0.75 is enough
    assert (defects["birthday_agrees"].sample, defects["sex_agrees"].sample) == ([wrong_day], [wrong_sex])
    assert unknown not in defects["sex_agrees"].sample


def test_d11_measuring_again_repeats_nothing_and_what_is_repaired_closes(city):
    entry = person(1, birth_date="1980-01-02")
    measure()
    first = Defect.objects.get()
    measure(at=AT + timedelta(hours=1))
    assert (Defect.objects.count(), QualityScore.objects.count()) == (1, 2)  # a source and the whole, one day

    api.amend_entry(
        actor=police(), at=NEXT, register="persons", entry=entry, version=1,
        values={"birth_date": "1980-01-01"}, kind="correction",
    )  # fmt: skip
    assert measure(at=NEXT) == 100
    closed = Defect.objects.get()
    assert (closed.pk, closed.closed_at, closed.failed, closed.worst) == (first.pk, NEXT, 0, 1)
    report = api.quality_of(actor=police(), register="persons", today=NEXT.date())
    assert [score.day for score in report.course] == [AT.date(), NEXT.date()]
    assert (report.defects, report.course[-1].score) == ((), 100)


def test_d11_names_ages_and_sources_are_told_apart(city):
    registrar, civil = an_officer("industry_commerce"), an_officer("civil_affairs")
    firms = [
        (registrar, {**a_firm(1)}),
        (registrar, {**a_firm(2), "name": a_firm(1)["name"]}),
        (civil, {**a_firm(3), "industry": None}),
    ]
    for serial, (clerk, values) in enumerate(firms, 11):
        values["credit_code"] = make_credit_code("440101", serial)
        api.enter_entry(actor=clerk, at=AT, register="legal_entities", values=values)

    measure(register="legal_entities")
    assert counts("legal_entities", "industry_commerce")["one_name"] == [2, 2]
    assert counts("legal_entities", "civil_affairs") == {
        "representative_number": [1, 0],
        "industry_given": [1, 1],
        "checked_lately": [1, 0],
        "one_name": [1, 0],
    }
    found = set(Defect.objects.values_list("rule", "source"))
    assert found == {("one_name", "industry_commerce"), ("industry_given", "civil_affairs")}

    four_years_on = AT + timedelta(days=1461)
    measure(at=four_years_on, register="legal_entities")
    assert counts("legal_entities")["checked_lately"] == [3, 3]

    own = api.quality_of(actor=civil, register="legal_entities", today=four_years_on.date())
    assert {score.source for score in own.latest} == {"civil_affairs"}
    assert {defect.source for defect in own.defects} == {"civil_affairs"}


def test_d11_an_orphaned_reference_is_a_defect(db, guarded):
    apply_packs(PACKS, ["population", "legal_entity", "licence_catalogue", "social_insurance"], at=APPLIED)
    rules = {rule.key: rule.kind for rule in api.get_register("insurance_periods").quality_rules}
    references = [key for key in rules if key.startswith("ref_")]
    assert references
    assert {rules[key] for key in references} == {"refers"}


def test_d11_the_worker_measures_daily_and_after_writes(city):
    assert "persons" in registers_to_measure(AT)
    measure()
    assert "persons" not in registers_to_measure(AT + timedelta(minutes=30))
    assert "persons" in registers_to_measure(NEXT)
    person(1)
    deliver(at=AT)
    assert QualityRun.objects.get().wanted
    assert "persons" not in registers_to_measure(AT + timedelta(minutes=9))
    assert "persons" in registers_to_measure(AT + timedelta(minutes=10))


def test_d11_a_stranger_neither_measures_nor_reads(city):
    person(1)
    for stranger in (an_officer("planning", "approver"), an_officer("public_security", "window")):
        with pytest.raises(OperationNotAllowed):
            api.measure_quality(actor=stranger, at=AT, register="persons")
        with pytest.raises(OperationNotAllowed):
            api.quality_of(actor=stranger, register="persons", today=AT.date())
    assert QualityScore.objects.count() == 0
