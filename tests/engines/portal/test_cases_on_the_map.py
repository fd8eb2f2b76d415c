"""D46: an application with a confirmed address stands on its officers' map, by the layer of the pack."""

from __future__ import annotations

import pytest
from django.test import Client

from yiwang.cases.models import Case
from yiwang.cases.testing import officer
from yiwang.identity.testing import signed_in
from yiwang.maps.testing import PLATE, a_few_plates, read_tile
from yiwang.portal.testing import ANSWERS, a_businessman, applied, begin, fill, hand_in, send

pytestmark = pytest.mark.django_db
TILE = "/maps/tiles/investment_cases/12/3336/1777.mvt"


def test_d46_an_application_sent_with_its_standard_address_stands_on_the_map_of_its_office() -> None:
    a_few_plates()
    site = ANSWERS["site"]
    picked = {**site, "address-place": PLATE, "address-place-for": site["address-detail"]}
    who = a_businessman()
    address = begin(who)
    fill(who, address, pages=ANSWERS | {"site": picked})
    hand_in(who, address)
    send(who, address)
    applied()  # another's, whose address is in no register: it has no point
    case = Case.objects.get(
        parent=None, data__has_key="standard_addresses", data__standard_addresses__address__code=PLATE
    )
    desk = signed_in(officer("service_centre"))

    drawn = read_tile(desk.get(TILE).content).of("investment_cases")

    assert [(each["number"], each["phase"], each["_id"]) for each in drawn] == [
        (case.number, "received", case.pk)
    ]
    listed = desk.get("/ogc/collections/investment_cases/items", {"f": "json"}).json()
    assert [each["geometry"]["coordinates"] for each in listed["features"]] == [[113.24, 23.11]]
    page = desk.get("/map/?layers=investment_cases&at=14/23.11/113.24").content.decode()
    assert f'href="/desk/cases/{case.number}/"' in page
    for other in (Client(), who.client):
        assert other.get(TILE).status_code == 404
        assert "investment_cases" not in other.get("/map/").content.decode()
