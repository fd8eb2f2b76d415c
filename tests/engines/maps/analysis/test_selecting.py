"""What lies in an area drawn on the map: tables under the reader's rights, and ways into studies of it."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from tests.engines.maps.analysis.test_profiles import laid, line
from tests.engines.maps.analysis.test_studies import EAST, NORTH, SIDE, ground, inside

from yiwang.identity.testing import an_officer, sign_in

pytestmark = pytest.mark.django_db
PAGE = "/en/desk/analysis/selected/"
CORNERS = "\n".join(
    f"{EAST + x * SIDE:.6f},{NORTH + y * SIDE:.6f}" for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))
)
__all__ = ["ground", "laid"]


def shown(client: Client, **asked: str) -> str:
    answer = client.get(PAGE, {"layers": "trees,plots", "corners": CORNERS, "part": "1"} | asked)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    return answer.content.decode()


def test_an_area_gives_a_table_of_each_layer_and_a_way_to_analyse_it(client, ground) -> None:
    sign_in(client, an_officer("planning"))
    part = shown(client)
    within = {name for name, place in ground.items() if inside(place, 0, 0)}
    assert within
    assert set(re.findall(r">(T\d+)</a>", part)) == within
    # Those beside it touch its border.
    assert set(re.findall(r">([PK]\d)</a>", part)) == {"P0", "P1", "K0"}
    assert "<html" not in part
    assert "<html" in shown(client, part="")
    [way] = re.findall(r'href="([^"]*layer=trees[^"]*)"', part)
    asked = parse_qs(urlsplit(way.replace("&amp;", "&")).query)
    assert asked == {"method": ["total"], "layer": ["trees"], "area": [CORNERS]}
    sheet = client.get(way.replace("&amp;", "&") + "&format=csv")
    [row] = csv.DictReader(io.StringIO(sheet.content.decode("utf-8-sig")))
    assert row["Number"] == f"{len(within)}.0"


def test_d46_a_selection_holds_only_rows_that_the_reader_lists(client, ground) -> None:
    sign_in(client, an_officer("parks"))
    part = shown(client)
    assert set(re.findall(r">([PK]\d)</a>", part)) == {"K0"}
    assert "陈大文" not in part
    stranger = Client()
    sign_in(stranger, an_officer("tourism"))
    part = shown(stranger)
    assert 'id="selected-plots"' not in part
    assert Client().get(PAGE, {"layers": "trees", "corners": CORNERS}).status_code == 302


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"corners": ""}, "Draw an area"),
        ({"corners": "113,23\n113;24"}, "Line 2 is not"),
        ({"corners": "113,23\n114,24\n114,23\n113,24"}, "crosses itself"),
        ({"layers": ""}, "Switch on the layers"),
        ({"shape": "line", "corners": "113,23"}, "at least 2"),
    ],
)
def test_what_is_no_area_is_told(client, ground, asked, said) -> None:
    sign_in(client, an_officer("planning"))
    for part in ("", "1"):
        answer = client.get(PAGE, {"layers": "trees", "corners": CORNERS, "part": part} | asked)
        assert answer.status_code == 422
        assert said in answer.content.decode()


def test_a_line_leads_to_profiles_of_the_pipes_that_the_reader_sees(client, laid) -> None:
    sign_in(client, an_officer("construction"))
    corners = "\n".join(f"{EAST + x * SIDE:.7f},{NORTH + y * SIDE:.7f}" for x, y in ((2, -2), (2, 1)))
    part = shown(client, shape="line", corners=corners)
    ways = [way.replace("&amp;", "&") for way in re.findall(r'href="([^"]+)"', part)]
    assert [parse_qs(urlsplit(way).query)["method"][0] for way in ways] == ["section", "along"]
    profile = client.get(ways[0]).content.decode()
    assert "WS1" in profile
    assert line((2, -2), (2, 1)).startswith("LINESTRING")
    stranger = Client()
    sign_in(stranger, an_officer("tourism"))
    assert "no pipes that you may see" in shown(stranger, shape="line", corners=corners)
