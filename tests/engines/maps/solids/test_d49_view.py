"""D49: a picture of the city from a viewpoint, for documents, under its reader's rights."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from PIL import Image
from tests.engines.maps.solids.conftest import EAST, NORTH

from yiwang.identity.testing import an_officer, signed_in

pytestmark = pytest.mark.django_db
#: 20 m west of the house of the parks, as high as its middle.
WEST = f"{EAST - 0.0002:.6f},{NORTH + 0.0011:.6f}"
SKY, SOIL, SHADED = (206, 224, 238), (238, 235, 226), (190, 189, 186)


def _view(client: Client, language: str = "", **asked: str) -> Any:
    said = {"layer": "plots", "at": WEST, "bearing": "90", "day": "2026-06-21", "time": "15:00"}
    return client.get(f"{language}/map/solids/view.png", said | asked)


def _picture(client: Client, **asked: str) -> Image.Image:
    answer = _view(client, **asked)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["Cache-Control"] == "private, no-store"
    return Image.open(io.BytesIO(answer.content)).convert("RGB")


def test_d49_a_house_stands_before_who_looks_at_it_and_its_shadow_beside_it(houses) -> None:
    office = signed_in(an_officer("planning"))
    ahead, behind = _picture(office), _picture(office, bearing="270")

    assert ahead.size == (1280, 800)
    assert (ahead.getpixel((640, 10)), behind.getpixel((640, 10))) == (SKY, SKY)
    # one storey of three metres, 20 m away: the wall reaches over the eye, the ground begins below it
    assert ahead.getpixel((640, 390)) not in (SKY, behind.getpixel((640, 790)))
    assert behind.getpixel((640, 390)) == SKY
    # the sun stands in the west: the wall that faces it is lighter than one that doesn't
    east = _picture(office, at=f"{EAST + 0.0004:.6f},{NORTH + 0.0011:.6f}", bearing="270")
    assert sum(ahead.getpixel((640, 390))) > sum(east.getpixel((640, 390)))
    # and the shadow lies on the ground before the eastern wall alone
    above = {"height": "60", "up": "-40"}
    soil = _picture(office, bearing="270", **above).getpixel((640, 700))
    shades = _picture(office, at=f"{EAST + 0.0009:.6f},{NORTH + 0.0011:.6f}", bearing="270", **above)
    colours = {colour for _, colour in shades.getcolors(maxcolors=100_000)}
    assert soil in colours
    shaded = [lit * dark / light for lit, dark, light in zip(soil, SHADED, SOIL, strict=True)]
    assert any(max(abs(a - b) for a, b in zip(each, shaded, strict=True)) <= 1 for each in colours)


def test_d49_a_picture_shows_no_house_beyond_its_readers_rights(houses) -> None:
    before_the_court = {"at": f"{EAST - 0.0002:.6f},{NORTH + 0.00005:.6f}"}
    assert _picture(signed_in(an_officer("planning")), **before_the_court).getpixel((640, 390)) != SKY
    assert _picture(signed_in(an_officer("parks")), **before_the_court).getpixel((640, 390)) == SKY
    assert _view(signed_in(an_officer("labour"))).status_code == 404
    assert _view(Client()).status_code == 404
    assert _view(Client(), at="nowhere").status_code == 404


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"at": ""}, "at is longitude,latitude"),
        ({"bearing": "361"}, "at is longitude,latitude"),
        ({"up": "-61"}, "at is longitude,latitude"),
        ({"height": "0.4"}, "height metres above ground (0.5 to 1000)"),
        ({"height": "1001"}, "height metres above ground (0.5 to 1000)"),
        ({"height": "1e3"}, "height metres above ground (0.5 to 1000)"),
        ({"time": "25:00"}, "a time such as 15:30"),
    ],
)
def test_d49_a_view_that_cannot_be_is_refused(houses, asked, said) -> None:
    refused = _view(signed_in(an_officer("planning")), "/en", **asked)
    assert refused.status_code == 400
    assert said in refused.content.decode()
