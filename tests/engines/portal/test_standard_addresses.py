"""D52, S047: an address that a form asks for is compared with the standard ones and confirmed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from yiwang.cases.models import Case, Draft, Supplement
from yiwang.cases.testing import officer
from yiwang.identity.testing import signed_in
from yiwang.maps.testing import NEXT_PLATE as NEXT
from yiwang.maps.testing import PLATE as CODE
from yiwang.maps.testing import PLATE_BESIDE as BESIDE
from yiwang.maps.testing import PLATE_IN_FULL as FULL
from yiwang.maps.testing import a_few_plates
from yiwang.portal.testing import ANSWERS, a_businessman, a_resident, applied, begin, fill, hand_in, send

pytestmark = pytest.mark.django_db
SITE = ANSWERS["site"]


@pytest.fixture
def plates() -> None:
    """Three plates of 科学大道 in the index."""
    a_few_plates()


def note() -> dict[str, object]:
    return Draft.objects.get().answers.get("_standard_addresses", {})


def picked(code: str, **more: str) -> dict[str, str]:
    return {**SITE, "address-place": code, "address-place-for": SITE["address-detail"], **more}


@pytest.mark.usefixtures("plates")
def test_d52_the_standard_address_found_is_shown_and_waits_to_be_confirmed():
    who = a_businessman()
    address = begin(who)
    fill(who, address, pages={key: ANSWERS[key] for key in ("firm", "project")})

    answer = who.client.post(f"{address}pages/site/", SITE, follow=True)
    html = answer.content.decode()

    assert answer.redirect_chain == [(f"{address}pages/site/", 302)]
    assert "请确认所填地址对应的标准地址" in html
    assert f'value="{CODE}" checked' in html
    assert FULL in html
    assert "路名一致：科学大道；门牌号一致：1号" in html
    assert f'value="{BESIDE}" aria' in html
    assert 'name="address-place" type="radio" value="as-typed"' in html
    assert note() == {}
    assert Draft.objects.get().answers["address"] == "科学大道1号"


@pytest.mark.usefixtures("plates")
def test_d52_a_confirmed_address_goes_on_and_the_case_keeps_code_and_point_beside_the_words():
    who = a_businessman()
    address = begin(who)
    fill(who, address, pages=ANSWERS | {"site": picked(CODE)})
    hand_in(who, address)
    checked = who.client.get(f"{address}check/").content.decode()
    kept = note()["address"]
    receipt = send(who, address)

    case = Case.objects.get(parent=None)
    assert (kept["typed"], kept["code"], kept["full"]) == ("科学大道1号", CODE, FULL)
    assert case.answers["address"] == "科学大道1号"
    assert case.data["standard_addresses"]["address"] == {
        "typed": "科学大道1号", "code": CODE, "full": FULL, "division": "440103001",
        "longitude": 113.24, "latitude": 23.11, "confidence": kept["confidence"],
    }  # fmt: skip
    line = f"标准地址：{FULL}（编码{CODE}，可信度"
    assert line in checked
    assert line in who.client.get(f"/space/cases/{int(receipt.split('/')[3])}/").content.decode()
    desk = signed_in(officer("service_centre"))
    seen = desk.get(reverse("desk:case", args=[case.number])).content.decode()
    assert "科学大道1号" in seen
    assert line in seen


@pytest.mark.usefixtures("plates")
def test_d52_what_the_register_does_not_know_is_kept_as_typed_and_marked():
    who = a_businessman()
    address = begin(who)
    fill(who, address, pages={key: ANSWERS[key] for key in ("firm", "project")})
    unknown = SITE | {"address-detail": "无名山谷东侧三块田"}

    first = who.client.post(f"{address}pages/site/", unknown, follow=True).content.decode()
    sure = unknown | {"address-place": "as-typed", "address-place-for": "无名山谷东侧三块田"}
    answer = who.client.post(f"{address}pages/site/", sure)

    assert 'value="as-typed" checked' in first
    assert "标准地址库中没有找到，按我填写的保留" in first
    assert answer.headers["Location"] == f"{address}pages/environment/"
    assert note() == {"address": {"typed": "无名山谷东侧三块田", "code": ""}}


@pytest.mark.usefixtures("plates")
@pytest.mark.parametrize(
    "sent",
    [
        picked("44019999999999999999"),
        picked(CODE, **{"address-place-for": "科学大道2号"}),
        picked(CODE, **{"address-detail": "科学大道12号"}),
    ],
    ids=["a code that was not offered", "offered for another text", "the text was changed"],
)
def test_d52_a_choice_counts_only_for_the_text_and_the_addresses_that_were_shown(sent):
    who = a_businessman()
    address = begin(who)
    fill(who, address, pages={key: ANSWERS[key] for key in ("firm", "project")})

    answer = who.client.post(f"{address}pages/site/", sent)

    assert answer.headers["Location"] == f"{address}pages/site/"
    assert note() == {}


@pytest.mark.usefixtures("plates")
def test_d52_the_standard_text_itself_is_not_asked_about_and_a_changed_text_is_asked_about_anew():
    who = a_businessman()
    address = begin(who)
    fill(who, address, pages={key: ANSWERS[key] for key in ("firm", "project")})

    same = who.client.post(f"{address}pages/site/", SITE | {"address-detail": FULL})
    noted = note()
    changed = who.client.post(f"{address}pages/site/", SITE | {"address-detail": "科学大道11"})

    assert same.headers["Location"] == f"{address}pages/environment/"
    assert noted["address"]["code"] == CODE
    assert changed.headers["Location"] == f"{address}pages/site/"
    assert note() == {}


def test_d52_without_a_register_of_addresses_nothing_is_asked_and_nothing_suggested():
    _, case_id = applied()

    case = Case.objects.get(pk=case_id)
    assert "standard_addresses" not in case.data
    page = a_resident()
    address = begin(page, "residence_certificate")
    assert "data-suggest-posts" not in page.client.get(f"{address}pages/residence/").content.decode()


@pytest.mark.usefixtures("plates")
def test_d52_the_field_suggests_while_typing_and_sends_what_is_typed_in_the_body():
    who = a_resident()
    address = begin(who, "residence_certificate")
    html = who.client.get(f"{address}pages/residence/").content.decode()

    assert 'data-suggest="/api/addresses/suggestions" data-suggest-posts' in html
    assert 'autocomplete="off"' in html


@pytest.mark.usefixtures("plates")
def test_d52_a_corrected_address_is_compared_again():
    who, case_id = applied_with(CODE)
    case = Case.objects.get(pk=case_id)
    Supplement.objects.create(
        case=case, items=[{"path": "address", "what": "门牌不对", "material": ""}], issued_by=1,
        organisation="development_planning", issued_at=case.opened_at,
        answer_until=datetime(2099, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    Case.objects.filter(pk=case_id).update(phase="supplement")
    page = f"/space/cases/{case_id}/corrections/"

    asked = who.client.post(page, {"address-detail": "科学大道11号"})
    chosen = {"address-detail": "科学大道11号", "address-place": NEXT, "address-place-for": "科学大道11号"}
    answer = who.client.post(page, chosen)

    assert asked.status_code == 422
    assert f'value="{NEXT}" checked' in asked.content.decode()
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.answers["address"] == "科学大道11号"
    assert case.data["standard_addresses"]["address"]["code"] == NEXT


def applied_with(code: str):
    who = a_businessman()
    address = begin(who)
    fill(who, address, pages=ANSWERS | {"site": picked(code)})
    hand_in(who, address)
    return who, int(send(who, address).split("/")[3])


OFFICE = {
    "division": "440103001", "address-detail": FULL, "premises": "rented",
}  # fmt: skip


def rows(*texts: str, **more: str) -> dict[str, str]:
    """Other places of business of a company; an empty text is an empty row."""
    sent: dict[str, str] = dict(OFFICE)
    for number, text in enumerate(texts):
        sent[f"other_places.{number}.division"] = "440103001" if text else ""
        sent[f"other_places.{number}.address-detail"] = text
    return sent | more


def chosen(number: int, code: str, text: str) -> dict[str, str]:
    path = f"other_places.{number}.address"
    return {f"{path}-place": code, f"{path}-place-for": text}


@pytest.mark.usefixtures("plates")
def test_d52_addresses_in_the_rows_of_a_group_are_compared_each_by_itself():
    who = a_resident()
    page = f"{begin(who, 'company_start')}pages/place/"

    asked = who.client.post(page, rows("科学大道1号", "", "科学大道11号"), follow=True)
    html = asked.content.decode()
    texts = rows("科学大道1号", "科学大道11号", "")
    half = who.client.post(page, texts | chosen(0, CODE, "科学大道1号"))
    first = note()
    whole = who.client.post(page, texts | chosen(1, NEXT, "科学大道11号"))

    assert asked.redirect_chain == [(page, 302)]
    # the empty row is none: the third is the second now
    assert f'name="other_places.0.address-place" type="radio" value="{CODE}" checked' in html
    assert f'name="other_places.1.address-place" type="radio" value="{NEXT}" checked' in html
    assert "other_places.2.address-place" not in html
    assert 'id="q-other_places-2-address-detail"' in html
    assert half.headers["Location"] == page
    assert set(first) == {"address", "other_places.0.address"}
    assert whole.headers["Location"] != page
    assert {path: each["code"] for path, each in note().items()} == {
        "address": CODE, "other_places.0.address": CODE, "other_places.1.address": NEXT,
    }  # fmt: skip


@pytest.mark.usefixtures("plates")
def test_d52_a_row_that_moves_keeps_its_address_and_one_that_goes_takes_it_along():
    who = a_resident()
    page = f"{begin(who, 'company_start')}pages/place/"
    both = chosen(0, CODE, "科学大道1号") | chosen(1, NEXT, "科学大道11号")
    who.client.post(page, rows("科学大道1号", "科学大道11号", **both))

    who.client.post(page, rows("", "科学大道11号"))
    moved = note()
    who.client.post(page, rows("", ""))

    assert moved["other_places.0.address"]["code"] == NEXT
    assert set(moved) == {"address", "other_places.0.address"}
    assert set(note()) == {"address"}


@pytest.mark.usefixtures("plates")
def test_d52_the_same_text_in_two_rows_is_asked_about_twice():
    who = a_resident()
    page = f"{begin(who, 'company_start')}pages/place/"

    sent = rows("科学大道1号", "科学大道1号", **chosen(0, CODE, "科学大道1号"))
    answer = who.client.post(page, sent)

    assert answer.headers["Location"] == page
    assert set(note()) == {"address", "other_places.0.address"}


@pytest.mark.usefixtures("plates")
def test_d52_one_more_row_is_asked_for_by_a_button_that_keeps_what_was_filled_in():
    who = a_resident()
    page = f"{begin(who, 'company_start')}pages/place/"

    answer = who.client.post(page, rows(FULL, more="other_places"), follow=True)

    assert answer.redirect_chain == [(page, 302)]
    assert 'id="q-other_places-1-address-detail"' in answer.content.decode()
    assert Draft.objects.get().answers["other_places"] == [{"division": "440103001", "address": FULL}]
