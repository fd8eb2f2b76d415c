"""D11: a defect goes back to its source as a case with a clock and cards, and ends once it is repaired."""

from __future__ import annotations

from datetime import timedelta

import pytest

from yiwang.cases import loops
from yiwang.cases.models import Card, Case
from yiwang.cases.testing import MONDAY, done, officer, open_task
from yiwang.identity.testing import sign_in
from yiwang.platform.contracts import Actor
from yiwang.registers.api import amend_entry, enter_entry, measure_quality
from yiwang.registers.models import Defect
from yiwang.registers.testing import a_person

pytestmark = pytest.mark.django_db
KEEPER = Actor.system("registers")
TUESDAY, LATE = MONDAY + timedelta(days=1), MONDAY + timedelta(days=40)


@pytest.fixture(scope="module", autouse=True)
def _applied_city(caring_city) -> None:
    """The city of all tests here."""


@pytest.fixture
def wrong() -> int:
    police = officer("public_security", "handler")
    values = {**a_person(), "birth_date": "1980-01-02"}
    entry = enter_entry(actor=police, at=MONDAY, register="persons", values=values).entry
    measure_quality(actor=KEEPER, at=MONDAY, register="persons")
    return entry


def repair(entry: int) -> None:
    amend_entry(
        actor=officer("public_security", "handler"), at=TUESDAY, register="persons", entry=entry, version=1,
        values={"birth_date": "1980-01-01"}, kind="correction",
    )  # fmt: skip
    measure_quality(actor=KEEPER, at=TUESDAY, register="persons")


def test_d11_a_defect_is_sent_back_once_and_ends_when_it_is_repaired(wrong):
    assert (loops.defects(MONDAY), loops.defects(MONDAY)) == (1, 0)
    case = Case.objects.get()
    defect = Defect.objects.get()
    assert (case.organisation, case.data["defect"], defect.case_number) == (
        "public_security",
        defect.pk,
        case.number,
    )
    assert (case.answers["failed"], case.answers["sample"]) == (1, str(wrong))

    repair(wrong)
    assert (loops.defects(TUESDAY), loops.defects(TUESDAY)) == (1, 0)
    assert (Case.objects.get().phase, Defect.objects.get().settled) == ("closed", True)


def test_d11_an_answer_alone_does_not_end_it(wrong):
    loops.defects(MONDAY)
    case = Case.objects.get()
    done(officer("public_security", "handler"), open_task(case.pk, "repair"), "answered")
    assert Case.objects.get().closed_at is None

    repair(wrong)
    loops.defects(TUESDAY)
    assert Case.objects.get().phase == "closed"


def test_d11_who_does_not_repair_in_time_gets_cards(wrong):
    loops.defects(MONDAY)
    for _ in range(6):
        loops.cards(LATE)
    assert set(Card.objects.values_list("level", flat=True)) >= {"yellow", "red"}
    assert set(Card.objects.values_list("organisation", flat=True)) == {"public_security"}


def test_d11_the_page_shows_score_rules_and_defects_in_both_languages(client, wrong):
    loops.defects(MONDAY)
    sign_in(client, officer("public_security", "handler"))
    page = client.get("/desk/registers/persons/quality/").content.decode()
    for words in ("待整改的问题", "出生日期与身份号码一致", "1 / 1", Case.objects.get().number, "<svg"):
        assert words in page
    assert (
        "Birthday agrees with the identity number"
        in client.get("/en/desk/registers/persons/quality/").content.decode()
    )
    sign_in(client, officer("planning", "handler"))
    assert client.get("/desk/registers/persons/quality/").status_code == 403


def test_d11_the_case_names_register_and_rule_in_the_readers_language_alone(client, wrong):
    loops.defects(MONDAY)
    case = Case.objects.get()
    assert (case.answers["register"], case.answers["rule"]) == ("人口登记簿", "出生日期与身份号码一致")
    sign_in(client, officer("public_security", "handler"))

    zh = client.get(f"/desk/cases/{case.number}/").content.decode()
    en = client.get(f"/en/desk/cases/{case.number}/").content.decode()

    assert "出生日期与身份号码一致" in zh
    assert "Birthday agrees" not in zh
    assert "Birthday agrees with the identity number" in en
    assert "出生日期与身份号码一致" not in en
