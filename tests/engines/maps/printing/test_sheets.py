"""Sheets of paper: legend, words, a scale that is true, and only what the reader may see."""

from __future__ import annotations

import re

import pypdfium2
import pytest
from django.test import Client
from tests.engines.maps.conftest import TREE_LAYER
from tests.engines.maps.test_tiles import _plot, _tree

from yiwang.identity.testing import an_officer, sign_in
from yiwang.registers.testing import an_officer as a_clerk

pytestmark = pytest.mark.django_db
AT = "centre=113.2644,23.1291"


@pytest.fixture
def ground(pack) -> None:
    pack(layers__trees=TREE_LAYER.replace("register: trees", "register: trees\nshown: true"))
    _tree(a_clerk("parks"), 1, 113.2644)
    _plot(a_clerk("planning"), "planning-1")


def _words(body: bytes) -> str:
    document = pypdfium2.PdfDocument(body)
    page = document[0]
    text = page.get_textpage()
    words = text.get_text_range()
    size = page.get_size()
    count = len(document)
    text.close()
    page.close()
    document.close()
    assert count == 1
    return f"{size[0] / 72 * 25.4:.0f}x{size[1] / 72 * 25.4:.0f} " + " ".join(words.split())


def test_d46_a_sheet_has_scale_legend_source_and_no_name_of_a_person(client, ground) -> None:
    sign_in(client, an_officer("planning"))
    answer = client.get(f"/map/print/map.pdf?layers=plots,trees&{AT}&scale=2000&paper=a3&title=测试图")
    words = _words(answer.content)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert words.startswith("420x297 ")
    assert re.findall(r"1:[\d,]+", words) == ["1:2,000"]
    squeezed = words.replace(" ", "")
    for wanted in ("测试图", "图例", "地块", "古树", "北", "50米", "EPSG:4547", "中央经线114°E", "打印单位"):
        assert wanted in squeezed
    assert "李" not in words
    english = _words(client.get(f"/en/map/print/map.pdf?layers=trees&{AT}&turn=portrait").content)
    assert english.startswith("210x297 ")
    assert "Legend Old trees" in english


def test_who_may_not_see_a_layer_gets_no_sheet_of_it(client, ground) -> None:
    known = Client().get(f"/map/print/map.pdf?layers=plots&{AT}")
    unknown = Client().get(f"/map/print/map.pdf?layers=plotz&{AT}")
    assert (known.status_code, unknown.status_code) == (404, 404)
    assert known.content.replace(b"plots", b"plotz") == unknown.content.replace(b"plots", b"plotz")
    assert Client().get(f"/maps/images/plots.png?{AT}").status_code == 404
    assert Client().get(f"/map/print/?layers=plots,trees&{AT}").content.decode().count('value="plots"') == 0
    picture = Client().get(f"/maps/images/trees.png?{AT}&scale=1000&width=100&height=60&ppi=100")
    assert picture.content.startswith(b"\x89PNG")
    assert (int.from_bytes(picture.content[16:20]), int.from_bytes(picture.content[20:24])) == (394, 236)


@pytest.mark.parametrize(
    "asked",
    [
        "scale=7",
        "scale=99999999999",
        "scale=%EF%BC%95%EF%BC%90%EF%BC%90",
        "paper=a0",
        "turn=round",
        "centre=1,2,3",
        "centre=113,89",
        "box=10,10,5,20",
        "valid=soon",
    ],
)
def test_what_is_no_sheet_is_refused(client, ground, asked) -> None:
    assert client.get(f"/map/print/map.pdf?layers=trees&{asked}").status_code == 400
    assert client.get(f"/map/print/?layers=trees&{asked}").status_code == 400


@pytest.mark.parametrize(
    "asked", ["", f"{AT}&width=9999", f"{AT}&width=400&height=400&ppi=300", f"{AT}&ppi=x"]
)
def test_what_is_no_picture_is_refused(client, ground, asked) -> None:
    assert client.get(f"/maps/images/trees.png?{asked}").status_code == 400


def test_the_form_offers_what_the_reader_sees_and_shows_a_preview(client, ground) -> None:
    page = client.get(f"/map/print/?layers=trees&{AT}&scale=5000").content.decode()
    assert 'value="113.264400,23.129100"' in page
    assert re.search(r'<option value="5000"[^>]* selected', page) is not None
    assert "/map/print/map.png?layers=tr" in page
    begun = client.get("/en/map/print/").content.decode()
    assert "/en/map/print/map.png?layers=trees&amp;centre=113.264400,23.129100&amp;scale=" in begun
