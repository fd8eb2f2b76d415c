"""Vector tiles: under the register's own rights, reduced by declared rules alone, and saying so."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.engines.maps.conftest import PLOT_LAYER, PLOTS

from yiwang.exchange.api import issue_client, issue_token
from yiwang.identity.testing import an_officer, sign_in
from yiwang.kernel.text import Text
from yiwang.maps.testing import ReadTile, read_tile
from yiwang.platform.contracts import Actor
from yiwang.registers.api import amend_entry, enter_entry, retire_entry

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
#: The tile of zoom 16 on which 113.2644 E, 23.1291 N lies.
NEAR = "16/53387/28438"
FAR = "10/834/444"


def _square(east: float, north: float, degrees: float) -> str:
    far, up = east + degrees, north + degrees
    return f"POLYGON(({east} {north}, {far} {north}, {far} {up}, {east} {up}, {east} {north}))"


def _plot(actor: Actor, number: str, east: float = 113.2644, degrees: float = 0.0005) -> int:
    values = {
        "number": number,
        "shape": _square(east, 23.1291, degrees),
        "price": "1200.5",
        "holder": "陈大文",
        "remark": "曾有纠纷",
    }
    return enter_entry(actor=actor, at=AT, register="plots", values=values).entry


def _tree(actor: Actor, number: int, lon: float) -> int:
    values = {"number": f"T{number}", "place": {"lon": round(lon, 6), "lat": 23.1291}, "keeper": "李树人"}
    return enter_entry(actor=actor, at=AT, register="trees", values=values).entry


def _tile(client: Client, layers: str, place: str, **headers: str) -> ReadTile:
    answer = client.get(f"/maps/tiles/{layers}/{place}.mvt", **headers)
    assert answer.status_code == 200, answer.content
    return read_tile(answer.content)


@pytest.fixture
def offices(pack) -> dict[str, Actor]:
    """Plots of three departments side by side; trees of one."""
    pack()
    found = {code: an_officer(code) for code in ("planning", "parks", "water", "labour")}
    for place, code in enumerate(("planning", "parks", "water")):
        _plot(found[code], f"{code}-1", 113.2644 + place * 0.0006)
    _tree(found["parks"], 1, 113.2644)
    return found


def _numbers(tile: ReadTile) -> list[object]:
    return sorted(str(feature["number"]) for feature in tile.of("plots"))


def test_d46_a_tile_holds_the_rows_that_the_register_gives_this_reader(client, offices) -> None:
    seen = {}
    for code, officer in offices.items():
        answer = sign_in(client, officer).get(f"/maps/tiles/plots/{NEAR}.mvt")
        seen[code] = (
            answer.status_code,
            _numbers(read_tile(answer.content)) if answer.status_code == 200 else answer.json()["type"],
        )
    nobody = Client().get(f"/maps/tiles/plots/{NEAR}.mvt")
    assert seen == {
        "planning": (200, ["parks-1", "planning-1", "water-1"]),
        "parks": (200, ["parks-1"]),
        "water": (200, ["water-1"]),
        "labour": (404, "urn:yiwang:problem:maps.layer_not_found"),
    }
    assert nobody.status_code == 404
    assert nobody["Content-Type"] == "application/problem+json"
    assert nobody.content.replace(b"plots", b"") == (
        Client().get(f"/maps/tiles/nothing/{NEAR}.mvt").content.replace(b"nothing", b"")
    )


def test_d46_a_tile_holds_the_fields_that_the_list_shows(client, offices) -> None:
    tile = _tile(sign_in(client, offices["parks"]), "plots", NEAR)
    (feature,) = tile.of("plots")
    assert {name: value for name, value in feature.items() if name != "_id"} == {
        "number": "parks-1",
        "price": 1200.5,
        "holder": "陈**",
    }
    assert tile.keys["plots"] == ("number", "price", "holder")
    public = _tile(Client(), "trees", NEAR)
    assert [set(feature) for feature in public.of("trees")] == [{"_id", "number"}]
    assert public.keys["trees"] == ("number",)


def test_d46_one_layer_that_is_not_ours_refuses_the_composite(client, offices) -> None:
    assert Client().get(f"/maps/tiles/trees,plots/{NEAR}.mvt").status_code == 404
    both = _tile(sign_in(client, offices["parks"]), "trees,plots", NEAR)
    assert {name: len(found) for name, found in both.layers.items()} == {
        "trees": 1,
        "plots": 1,
        "_label_plots": 1,
    }


def test_d46_counts_hold_nothing_of_another_department(client, offices) -> None:
    """At zoom 10 the plots are smaller than the declared four pixels: left out, and counted by right."""
    said = {}
    for code in ("planning", "parks"):
        tile = _tile(sign_in(client, offices[code]), "plots", FAR)
        assert tile.of("plots") == []
        said[code] = tile.of("_reduced")
    assert said["planning"] == [{"layer": "plots", "rule": "drop_smallest", "present": 3, "shown": 0}]
    assert said["parks"] == [{"layer": "plots", "rule": "drop_smallest", "present": 1, "shown": 0}]


def test_d46_tilejson_and_style_name_what_the_reader_sees(client, offices) -> None:
    for address in ("/maps/tilejson/plots.json", "/maps/styles/plots.json"):
        assert Client().get(address).status_code == 404
        assert sign_in(client, offices["labour"]).get(address).status_code == 404
    described = sign_in(client, offices["parks"]).get("/maps/tilejson/plots.json")
    assert described["Cache-Control"] == "private, no-cache"
    layer, words = described.json()["vector_layers"]
    assert layer["fields"] == {"number": "String", "price": "Number", "holder": "String"}
    assert {name: words[name] for name in ("id", "minzoom", "maxzoom", "fields")} == {
        "id": "_label_plots",
        "minzoom": 15,
        "maxzoom": 22,
        "fields": {"number": "String"},
    }
    assert described.json()["tiles"] == ["http://testserver/maps/tiles/plots/{z}/{x}/{y}.mvt"]
    assert "bounds" not in described.json()
    public = Client().get("/maps/tilejson/trees.json")
    assert public["Cache-Control"] == "public, no-cache"
    assert public.json()["vector_layers"][0]["fields"] == {"number": "String", "_count": "Number"}
    style = Client().get("/maps/styles/trees.json").json()
    assert style["version"] == 8
    assert style["sources"]["yiwang"]["url"] == "http://testserver/maps/tilejson/trees.json"
    assert [each["id"] for each in style["layers"]] == ["ground", "trees:points", "trees:numbers"]


def test_d46_a_layer_narrows_its_audience_and_never_widens_it(client, offices, pack) -> None:
    audience = "audience: {kind: organisations, organisations: [parks, labour]}\n"
    pack(layers__plots=PLOT_LAYER + audience)
    got = {
        code: sign_in(client, officer).get(f"/maps/tiles/plots/{NEAR}.mvt").status_code
        for code, officer in offices.items()
    }
    assert got == {"planning": 404, "parks": 200, "water": 404, "labour": 404}


def test_d46_a_systems_token_sees_what_its_organisation_sees(offices, client) -> None:
    def bearer(organisation: str) -> dict[str, str]:
        issued = issue_client(
            actor=Actor.system("tests"),
            at=timezone.now(),
            organisation=organisation,
            title=Text("系统", "System"),
        )
        found = issue_token(
            at=timezone.now(),
            address="203.0.113.9",
            client_id=issued.client.client_id,
            secret=issued.secret,
        )
        return {"HTTP_AUTHORIZATION": f"Bearer {found.token}"}

    assert _numbers(_tile(client, "plots", NEAR, **bearer("water"))) == ["water-1"]
    assert len(_tile(client, "plots", NEAR, **bearer("planning")).of("plots")) == 3
    assert client.get(f"/maps/tiles/plots/{NEAR}.mvt", **bearer("labour")).status_code == 404
    refused = client.get(f"/maps/tiles/plots/{NEAR}.mvt", HTTP_AUTHORIZATION="Bearer " + "x" * 40)
    assert refused.status_code == 401 or refused.status_code == 403


def test_d46_tags_and_caches_go_by_right_and_version(client, offices) -> None:
    public = Client().get(f"/maps/tiles/trees/{NEAR}.mvt")
    assert public["Cache-Control"] == "public, no-cache"
    assert public["Content-Type"] == "application/vnd.mapbox-vector-tile"
    again = Client().get(f"/maps/tiles/trees/{NEAR}.mvt", HTTP_IF_NONE_MATCH=public["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    of = {
        code: sign_in(client, offices[code]).get("/maps/tiles/plots/16/1/1.mvt")
        for code in ("planning", "parks")
    }
    assert of["planning"].content == of["parks"].content == b""
    assert of["planning"]["ETag"] != of["parks"]["ETag"]
    assert {each["Cache-Control"] for each in of.values()} == {"private, no-cache"}
    _tree(offices["parks"], 2, 113.2645)
    changed = Client().get(f"/maps/tiles/trees/{NEAR}.mvt", HTTP_IF_NONE_MATCH=public["ETag"])
    assert changed.status_code == 200
    assert len(read_tile(changed.content).of("trees")) == 2


def test_d46_an_area_cut_by_tiles_is_named_in_one_of_them_alone(client, offices) -> None:
    """A plot that touches five tiles by five: it is drawn in each, and named once."""
    _plot(offices["parks"], "wide", 113.3, 0.02)
    desk = sign_in(client, offices["parks"])
    places = [f"16/{column}/{row}" for column in range(53392, 53400) for row in range(28432, 28441)]
    tiles = {place: _tile(desk, "plots", place) for place in places}
    drawn = [place for place in places if "wide" in _numbers(tiles[place])]
    named = [place for place in places if tiles[place].of("_label_plots")]
    assert (len(drawn), len(named)) == (25, 1)
    (label,) = tiles[named[0]].of("_label_plots")
    (shape,) = tiles[named[0]].of("plots")
    assert label == {"_id": shape["_id"], "number": "wide"}
    assert tiles[named[0]].keys["_label_plots"] == ("number",)
    assert [tiles[place].of("_reduced") for place in drawn] == [[]] * len(drawn)
    style = desk.get("/maps/styles/plots.json").json()
    assert [(each["id"], each.get("source-layer")) for each in style["layers"]] == [
        ("ground", None),
        ("plots:areas", "plots"),
        ("plots:labels", "_label_plots"),
    ]


def test_d46_words_obey_the_right_to_their_field_and_entry(client, offices, pack) -> None:
    """Of who sees not the name there is no layer of words; what is left out or not his is not named."""
    assert _tile(sign_in(client, offices["parks"]), "plots", "14/13346/7109").of("_label_plots") == []
    kept = "{name: number, from_zoom: 14, organisations: [planning]}"
    pack(layers__plots=PLOT_LAYER.replace("{name: number, from_zoom: 14}", kept))
    seen = {
        code: _tile(sign_in(client, offices[code]), "plots", NEAR).of("_label_plots")
        for code in ("planning", "parks")
    }
    assert sorted(str(each["number"]) for each in seen["planning"]) == ["parks-1", "planning-1", "water-1"]
    assert seen["parks"] == []
    asked = sign_in(client, offices["parks"])
    layers = asked.get("/maps/tilejson/plots.json").json()["vector_layers"]
    assert [each["id"] for each in layers] == ["plots"]
    assert "plots:labels" not in asked.get("/maps/styles/plots.json").content.decode()
    sampled = PLOT_LAYER.replace("drop_smallest, to_zoom: 11, pixels: 4", "drop_smallest, pixels: 64")
    pack(layers__plots=sampled)
    tile = _tile(sign_in(client, offices["planning"]), "plots", NEAR)
    assert tile.layers == {
        "_reduced": [{"layer": "plots", "rule": "drop_smallest", "present": 3, "shown": 0}]
    }


def test_d45_points_from_afar_are_brought_together_and_counted(client, offices) -> None:
    for number in range(2, 12):
        _tree(offices["parks"], number, 113.2644 + number * 0.00001)
    tile = _tile(client, "trees", FAR)
    assert tile.of("trees") == [{"_count": 11}]
    assert tile.of("_reduced") == [{"layer": "trees", "rule": "cluster", "present": 11, "shown": 1}]
    assert len(_tile(client, "trees", NEAR).of("trees")) == 11
    assert _tile(client, "trees", NEAR).of("_reduced") == []


def test_d45_fields_come_with_their_zooms(client, offices) -> None:
    desk = sign_in(client, offices["parks"])
    assert _tile(desk, "plots", "13/6673/3554").keys["plots"] == ("price", "holder")
    assert _tile(desk, "plots", "7/104/55").layers == {}


def test_d45_what_collapses_at_a_tiles_own_resolution_is_counted(client, offices, pack) -> None:
    pack(layers__plots=PLOT_LAYER.split("generalise")[0].replace("from_zoom: 8", "from_zoom: 0"))
    tile = _tile(sign_in(client, offices["planning"]), "plots", "3/6/3")
    assert tile.of("plots") == []
    assert tile.of("_reduced") == [{"layer": "plots", "rule": "too_small", "present": 3, "shown": 0}]


def test_d45_a_sample_is_the_same_in_every_tile_and_says_of_how_many(client, offices, pack) -> None:
    pack(layers__plots=PLOT_LAYER.replace("drop_smallest, to_zoom: 11, pixels: 4", "sample, one_in: 2"))
    for number in range(20):
        _plot(offices["planning"], f"S{number}", 113.2644 + number * 0.00001, 0.0001)
    desk = sign_in(client, offices["planning"])
    near, far = _tile(desk, "plots", NEAR), _tile(desk, "plots", "14/13346/7109")
    drawn = {feature["_id"] for feature in near.of("plots")}
    assert {feature["_id"] for feature in far.of("plots")} == drawn
    assert 0 < len(drawn) < 23
    assert near.of("_reduced") == [{"layer": "plots", "rule": "sample", "present": 23, "shown": len(drawn)}]
    # from farther away a tile is drawn under a limit of time, by another way
    (said,) = _tile(desk, "plots", "9/417/222").of("_reduced")
    assert (said["rule"], said["present"]) == ("sample", 23)


def test_d45_simplified_borders_lose_no_feature(client, offices, pack) -> None:
    pack(layers__plots=PLOT_LAYER.replace("drop_smallest, to_zoom: 11, pixels: 4", "simplify, pixels: 2"))
    tile = _tile(sign_in(client, offices["planning"]), "plots", NEAR)
    assert len(tile.of("plots")) == 3
    assert tile.of("_reduced") == []


def test_a_tile_of_a_day_shows_what_was_so(client, offices) -> None:
    planning = offices["planning"]
    entry = _plot(planning, "old")
    amend_entry(
        actor=planning,
        at=AT + timedelta(days=1),
        register="plots",
        entry=entry,
        version=1,
        kind="change",
        values={"shape": _square(114.5, 23.1291, 0.0005)},
        valid_from=date(2026, 3, 3),
    )
    retired = _plot(planning, "gone")
    retire_entry(
        actor=planning,
        at=AT + timedelta(days=2),
        register="plots",
        entry=retired,
        version=1,
        valid_to=date(2026, 3, 4),
    )
    desk = sign_in(client, planning)
    assert _numbers(_tile(desk, "plots", NEAR)) == ["parks-1", "planning-1", "water-1"]
    answer = desk.get(f"/maps/tiles/plots/{NEAR}.mvt?valid=2026-03-02")
    assert _numbers(read_tile(answer.content)) == ["gone", "old", "parks-1", "planning-1", "water-1"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("trees/23/0/0.mvt", 404),
        ("trees/2/4/0.mvt", 404),
        ("trees/2/0/99999999999.mvt", 404),
        ("trees/2/-1/0.mvt", 400),
        ("trees/2/0/0.png", 400),
        ("trees/2/0/0", 400),
        ("trees/z/0/0.mvt", 400),
        ("trees,trees/2/0/0.mvt", 400),
        ("Trees/2/0/0.mvt", 400),
        ("trees/2/0/0.mvt?valid=yesterday", 400),
        (",".join(f"t{n}x" for n in range(13)) + "/2/0/0.mvt", 400),
        ("nothing/2/0/0.mvt", 404),
    ],
)
def test_what_is_no_tile_is_refused_in_words(client, offices, address, status) -> None:
    answer = client.get(f"/maps/tiles/{address}")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert set(answer.json()["detail"]) == {"zh", "en"}


def test_a_layer_that_was_taken_down_is_gone_at_once(client, offices, pack) -> None:
    assert client.get(f"/maps/tiles/trees/{NEAR}.mvt").status_code == 200
    pack(allow_destructive=True, layers__trees=None)
    assert client.get(f"/maps/tiles/trees/{NEAR}.mvt").status_code == 404


def test_a_field_that_is_gone_is_gone_from_what_is_remembered(client, pack, offices) -> None:
    sign_in(client, offices["parks"])
    assert _tile(client, "plots", NEAR).keys["plots"] == ("number", "price", "holder")
    assert client.get("/ogc/collections/plots/items").status_code == 200
    price = "  - {id: 3, name: price, kind: money, title: {zh: 底价, en: Price}}\n"
    pack(
        allow_destructive=True,
        registers__plots=PLOTS.replace(price, "") + "removed:\n  - {id: 3, name: price, since: 0.1.0}\n",
        layers__plots=PLOT_LAYER.replace("  - {name: price}\n", ""),
    )
    assert _tile(client, "plots", NEAR).keys["plots"] == ("number", "holder")
    assert client.get("/ogc/collections/plots/items").status_code == 200
