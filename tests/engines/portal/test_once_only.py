"""Once only: what the registers know is filled in, what the city issued is not asked for again."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from yiwang.cases.models import Case, CaseTypeVersion, Draft, Licence
from yiwang.exchange.models import TraceLine
from yiwang.portal.testing import a_businessman, begin, fill
from yiwang.registers.api import enter_entry
from yiwang.registers.testing import a_firm as entry_of_a_firm
from yiwang.registers.testing import an_officer

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def registered(who) -> None:
    """Put the firm into the register of legal entities."""
    values = entry_of_a_firm() | {"credit_code": who.firm.credit_code, "name": who.firm.name}
    enter_entry(
        actor=an_officer("industry_commerce", "handler"), at=AT, register="legal_entities", values=values
    )


def test_the_register_fills_in_and_the_applicant_sees_from_where():
    who = a_businessman()
    registered(who)

    page = who.client.get(f"{begin(who)}pages/firm/").content.decode()

    assert f'value="{who.firm.credit_code}"' in page
    assert page.count("已从“法人公开信息”带出") == 3
    [line] = TraceLine.objects.all()
    assert (line.kind, line.purpose) == ("own_data", "own_application")
    assert "用于填写申请" in who.client.get("/space/looks/").content.decode()


def test_what_was_filled_in_can_be_corrected_and_says_so_no_more():
    who = a_businessman()
    registered(who)
    address = begin(who)

    who.client.post(f"{address}pages/firm/", {"firm_name": "更正后的名称", "later": "1"})

    page = who.client.get(f"{address}pages/firm/").content.decode()
    assert 'value="更正后的名称"' in page
    assert page.count("已从“法人公开信息”带出") == 0
    assert Draft.objects.get().answers["_sources"].keys() == {
        "credit_code",
        "firm_name",
        "legal_representative",
    }


def test_a_register_that_knows_nothing_stops_nobody():
    who = a_businessman()

    address = begin(who)

    assert Draft.objects.get().answers == {}
    assert who.client.get(f"{address}pages/firm/").status_code == 200


def test_a_licence_on_file_stands_for_the_paper():
    who = a_businessman()
    address = begin(who)
    version = CaseTypeVersion.objects.get(code="company_start", active=True)
    case = Case.objects.create(
        number="QY1",
        type_version=version,
        type_code="company_start",
        entity_id=who.firm.id,
        organisation="industry_commerce",
        division_code="440100",
        title="设立",
        opened_at=AT,
        tracking_code="X",
    )
    Licence.objects.create(
        number="粤穗工商0001",
        kind="business_licence",
        title={"zh": "营业执照", "en": "Business licence"},
        case=case,
        holder_kind="legal_entity",
        entity_id=who.firm.id,
        holder_name=who.firm.name,
        organisation="industry_commerce",
        issued_at=AT,
        valid_from=date(2026, 3, 2),
        verification_code="CODE1",
    )

    tasks = who.client.get(address).content.decode()
    paper = who.client.get(f"{address}papers/business_licence/").content.decode()

    assert "电子证照，免交" in tasks
    assert "《营业执照》粤穗工商0001，市工商局颁发" in paper


def test_the_notes_of_sources_never_reach_the_case():
    who = a_businessman()
    registered(who)
    address = begin(who)
    fill(who, address)

    assert "_sources" in Draft.objects.get().answers
    assert "_sources" not in who.client.get(f"{address}check/").content.decode()
