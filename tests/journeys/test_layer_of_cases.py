"""D45: a department makes a layer of its cases in the browser; a colleague elsewhere sees it without any."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from tests.live.city import actor
from tests.live.maps import expect_drawn
from tests.live.residence import RESIDENCE
from tests.live.visit import Visit
from tests.live.waiting import wait_for

from yiwang.cases.api import case_type, register_at_counter
from yiwang.cases.contracts import Applicant, ApplicantKind, Channel, GivenMaterial, OpenedCase
from yiwang.cli.simulation.answering import confirmed_addresses
from yiwang.identity.models import Person
from yiwang.maps.testing import read_tile
from yiwang.platform.contracts import Json

pytestmark = pytest.mark.journey
ITEM = "residence_certificate"
#: A standard address of the demonstration, and the tile in which it lies.
LIVES_AT, LIVES_IN = "广州市荔湾区茶滘街道红棉社区和田大道16号", "440103018009"
TILE = "14/13345/7110"
WORDS = {
    "title": ("在办居住证明", "Certificates under way"),
    "summary": ("在办的居住情况证明，按时限着色", "Certificates of residence under way, by time limit"),
    "group": ("办件", "Cases"),
}


def _asked() -> OpenedCase:
    """A letter asks for a certificate; the clerk who opens it confirms the standard address."""
    at = timezone.now()
    chen = Person.objects.get(name="陈小明")
    answers: dict[str, Json] = RESIDENCE | {"division": LIVES_IN, "address": LIVES_AT, "delivery": "post"}
    # a city that has just begun does not know its addresses yet
    wait_for("addresses", lambda: confirmed_addresses(case_type(ITEM), answers))
    return register_at_counter(
        actor=actor("service_centre.window"),
        at=at,
        type_code=ITEM,
        applicant=Applicant(kind=ApplicantKind.PERSON, name=chen.name, person_id=chen.pk),
        answers=answers,
        materials=[GivenMaterial(key="residence_proof", file_id=None)],
        channel=Channel.POST,
        addresses=confirmed_addresses(case_type(ITEM), answers),
    )


def _make(maker: Visit, code: str) -> None:
    maker.go("/desk/layers/")
    maker.look("layers-all-with-cases")
    maker.press("画办件", "Of cases")
    maker.look("layers-cases-begin")
    maker.page.check(f"[name=items][value={ITEM}]")
    maker.page.check("[name=which][value=open]")
    maker.page.check("[name=coloured_by][value=light]")
    for name, (zh, en) in WORDS.items():
        maker.page.fill(f"[name={name}_zh]", zh)
        maker.page.fill(f"[name={name}_en]", en)
    maker.page.fill("[name=code]", code)
    maker.press("继续", "Continue")
    expect_drawn(maker.page, "#preview")
    maker.look("layers-cases-draft")
    maker.press("发布已保存的草案", "Publish the saved draft")
    maker.says("第1版", "Version 1")
    maker.look("layers-cases-versions")


def test_d45_a_department_draws_its_cases_and_each_sees_those_of_his_lists(visit, city, language) -> None:
    opened = _asked()
    code = f"certificates_{language}"
    maker, colleague, citizen = visit("civil_affairs.handler"), visit("water.handler"), visit("chen")
    _make(maker, code)

    maker.press("在地图上看", "See it on the map")
    expect_drawn(maker.page)
    maker.go(f"/map/?layers={code}&at=15/23.118/113.2448")
    expect_drawn(maker.page)
    expect(maker.page.locator(f"#layers input[value={code}]")).to_be_checked()
    link = maker.page.locator(f"#view-list a[href$='/desk/cases/{opened.number}/']")
    expect(link.first).to_be_visible()
    maker.look("layers-cases-on-the-map")

    seen = {}
    for who, one in (("maker", maker), ("colleague", colleague)):
        answer = one.page.context.request.get(f"{one.root}/maps/tiles/{code}/{TILE}.mvt")
        assert answer.status == 200
        seen[who] = [each["number"] for each in read_tile(answer.body()).of(code)]
    assert opened.number in seen["maker"]
    assert seen["colleague"] == []
    # the applicant sees his case in his space, not on a map
    assert citizen.page.context.request.get(f"{citizen.root}/maps/tiles/{code}/{TILE}.mvt").status == 404
    citizen.go("/map/")
    assert citizen.page.locator(f"#layers input[value={code}]").count() == 0
