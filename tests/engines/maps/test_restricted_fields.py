"""Fields that a layer keeps for some organisations: nowhere to be seen for the others."""

from __future__ import annotations

import re

import pytest
from tests.engines.maps.conftest import PLOT_LAYER
from tests.engines.maps.test_tiles import NEAR, _plot

from yiwang.identity.testing import an_officer, sign_in
from yiwang.kernel.errors import DefinitionRefused
from yiwang.maps.models import Layer
from yiwang.maps.testing import read_tile

pytestmark = pytest.mark.django_db
#: The price by which plots are coloured and named is for the planning office alone.
_CLASSES = "draw: classes, field: price, breaks: [1000], colours: ['#ffffff', '#d4351c']"
KEPT = (
    PLOT_LAYER.replace("{name: price}", "{name: price, organisations: [planning]}")
    .replace('draw: plain, colour: "#1d70b8"', _CLASSES)
    .replace("{field: number, from_zoom: 15}", "{field: price}")
)  # fmt: skip
BOX = "113.26,23.12,113.27,23.14"


@pytest.fixture
def desks(client, pack) -> dict[str, dict[str, str]]:
    """What the planning office, which keeps the plots, and a source of them read of the layer."""
    pack(layers__plots=KEPT)
    found = {}
    for code in ("planning", "parks"):
        officer = an_officer(code)
        _plot(officer, f"{code}-1")
        desk = sign_in(client, officer)
        tile = desk.get(f"/maps/tiles/plots/{NEAR}.mvt")
        found[code] = {
            "keys": ",".join(read_tile(tile.content).keys["plots"]),
            "mark": tile["ETag"],
            "tilejson": desk.get("/maps/tilejson/plots.json").content.decode(),
            "style": desk.get("/maps/styles/plots.json").content.decode(),
            "list": desk.get(f"/en/map/features/?layers=plots&box={BOX}").content.decode(),
            # downloads of any layer say how many features a file holds at most
            "page": re.sub(r"10,?000", "", desk.get("/en/map/?layers=plots").content.decode()),
        }
    return found


def test_d46_a_colleague_elsewhere_does_not_see_a_layers_restricted_field(desks) -> None:
    own, other = desks["planning"], desks["parks"]
    assert (own["keys"], other["keys"]) == ("number,price,holder", "number,holder")
    assert own["mark"] != other["mark"]
    for part, sign in {"tilejson": '"price"', "style": '"price"', "list": "1200.5", "page": "1000"}.items():
        assert sign in own[part], part
        assert sign not in other[part], part
    assert "Price" not in other["list"] + other["page"]
    assert "parks-1" in other["list"]


def test_d46_an_open_layer_with_a_restricted_field_is_not_the_same_for_everybody(client, pack) -> None:
    pack()
    assert client.get("/maps/tilejson/trees.json")["Cache-Control"] == "public, no-cache"
    pack(
        layers__trees=(
            "code: trees\ntitle: {zh: 古树, en: Old trees}\nsummary: {zh: 古树, en: Old trees}\n"
            "group: {zh: 绿化, en: Green}\nregister: trees\n"
            "fields: [{name: number, organisations: [parks]}]\nstyle: {draw: clusters, colour: '#00703c'}\n"
        )
    )
    answer = client.get("/maps/tilejson/trees.json")
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer.json()["vector_layers"][0]["fields"] == {}


def test_organisations_of_a_field_are_named_so_that_an_apply_can_look_for_them(pack) -> None:
    with pytest.raises(DefinitionRefused) as refused:
        pack(layers__plots=KEPT.replace("[planning]}", "[planning, '']}"))
    assert [problem.path for problem in refused.value.problems] == ["fields.1.organisations.1"]
    assert not Layer.objects.exists()
