# ruff: noqa: E501
"""The pages on which a department makes a layer, without script."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.engines.maps.making import published
from tests.engines.maps.test_tiles import NEAR, _plot

from yiwang.identity.testing import an_officer, sign_in
from yiwang.maps.models import LayerDraft, LayerVersion
from yiwang.maps.testing import read_tile
from yiwang.registers.api import as_text

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>"
WORDS = {"zh": "拟出让地块", "en": f"For sale {HOSTILE}"}
PAIRS = {f"{name}_{lang}": word for name in ("title", "summary", "group") for lang, word in WORDS.items()}
FORM = {
    **PAIRS, "show": ["number", "price"], "who-price": "own", "audience": "officers", "draw": "classes",
    "by": "price", "ramp": "greens", "method": "equal", "classes": "3", "colour": "#1d70b8",
    "label": "number", "label_zoom": "15", "from_zoom": "0", "rule": "none", "rule_zoom": "13",
}  # fmt: skip


def test_d45_a_layer_is_made_on_its_pages_and_a_colleague_elsewhere_misses_its_restricted_field(pack) -> None:
    pack()
    planning, parks = an_officer("planning", roles={"handler", "window"}), an_officer("parks")
    _plot(planning, "planning-1")
    _plot(parks, "parks-1", 113.2648)
    desk = sign_in(Client(), planning)
    answer = desk.post("/en/desk/layers/new/", {**PAIRS, "register": "plots", "code": "for_sale"})
    address = answer["Location"]
    page = desk.get(address).content.decode()
    assert HOSTILE not in page
    seen = desk.post(f"{address}preview/", {**FORM, "draw": "plain", "colour": "#00ff00"})
    assert seen.json()["style"]["layers"][1]["paint"]["fill-color"] == "#00ff00"
    tile = read_tile(desk.post(f"{address}preview/", {**FORM, "draw": "plain", "tile": NEAR}).content)
    assert sorted(str(each["number"]) for each in tile.of("for_sale")) == ["parks-1", "planning-1"]
    refused = desk.post(address, {**FORM, "_version": "1", "draw": "plain", "colour": "red;}"})
    assert (refused.status_code, LayerDraft.objects.get().version) == (422, 1)
    assert "must match" in refused.content.decode()
    assert desk.post(address, {**FORM, "_version": "1", "draw": "keep"}).status_code == 302
    assert desk.post(f"{address}publish/", {"_version": "2"})["Location"] == "/en/desk/layers/for_sale/"
    versions = desk.get("/en/desk/layers/for_sale/").content.decode()
    assert HOSTILE not in versions
    assert "For sale" in versions
    colleague = sign_in(Client(), parks)
    tile = read_tile(colleague.get(f"/maps/tiles/for_sale/{NEAR}.mvt").content)
    assert tile.keys["for_sale"] == ("number",)
    assert HOSTILE not in colleague.get("/en/map/?layers=for_sale").content.decode()
    assert Client().get(f"/maps/tiles/for_sale/{NEAR}.mvt").status_code == 404


def test_a_made_layer_is_taken_along_as_a_packs_file_and_withdrawn(pack) -> None:
    pack()
    planning = an_officer("planning", roles={"handler"})
    published(planning)
    desk = sign_in(Client(), planning)
    assert desk.get("/desk/layers/for_sale/layer.yaml").content.decode() == as_text(
        LayerVersion.objects.get().content
    )
    desk.post("/desk/layers/for_sale/withdraw/")
    assert "已撤下" in desk.get("/desk/layers/").content.decode()
    other = sign_in(Client(), an_officer("water", roles={"handler"}))
    assert other.get("/desk/layers/for_sale/").status_code == 404


def test_d45_the_form_says_what_a_declaration_can(pack) -> None:
    pack()
    parks = an_officer("parks", roles={"handler"})
    desk = sign_in(Client(), parks)
    begun = {**PAIRS, "register": "plots", "code": "for_sale"}
    planning = sign_in(Client(), an_officer("planning", roles={"handler"}))
    address = planning.post("/en/desk/layers/new/", begun)["Location"]
    said = {
        **FORM, "draw": "plain", "line_colour": "#0b0c0c", "width": "2.5", "opacity": "0.4", "label_en": "price",
        "label_size": "15", "to_zoom": "18", "order": "40", "rule": "simplify", "rule_zoom": "12",
        "flags": ["near", "underground"],
    }  # fmt: skip
    assert planning.post(address, {**said, "_version": "1"}).status_code == 302
    content = LayerDraft.objects.get().content
    assert content["style"] == {
        "draw": "plain", "colour": "#1d70b8", "line_colour": "#0b0c0c", "width": 2.5, "opacity": 0.4,
    }  # fmt: skip
    assert content["labels"] == {"field": "number", "field_en": "price", "from_zoom": 15, "size": 15.0}
    assert content["generalise"] == [{"rule": "simplify", "to_zoom": 12, "pixels": 1.0}]
    assert (content["to_zoom"], content["order"], content["near"], content["underground"]) == (
        18,
        40,
        True,
        True,
    )
    # what stands is kept where the form keeps it, and typed numbers are changed
    kept = {**said, "draw": "keep", "rule": "keep", "width": "3", "_version": "2"}
    assert planning.post(address, kept).status_code == 302
    content = LayerDraft.objects.get().content
    assert (content["style"]["width"], content["style"]["line_colour"]) == (3.0, "#0b0c0c")
    raised = {**said, "draw": "extrusion", "by": "price", "metres": "3.5", "_version": "3"}
    assert planning.post(address, raised).status_code == 302
    style = LayerDraft.objects.get().content["style"]
    assert (style["draw"], style["field"], style["metres"], style["opacity"]) == (
        "extrusion",
        "price",
        3.5,
        0.4,
    )
    for wrong in (
        {"width": "wide"}, {"opacity": "2"}, {"line_colour": "red"}, {"label_size": "99"}, {"order": "x"},
        {"to_zoom": "40"}, {"only_by": "number", "only_values": "a"}, {"metres": "-1", "draw": "extrusion"},
    ):  # fmt: skip
        refused = planning.post(address, {**said, "draw": "plain", **wrong, "_version": "4"})
        assert refused.status_code == 422, wrong
        assert "govuk-error-message" in refused.content.decode()
    assert LayerDraft.objects.get().version == 4
    assert desk.post(address, {**said, "_version": "4"}).status_code == 404
    trees = desk.post("/en/desk/layers/new/", {**PAIRS, "register": "trees", "code": "warm"})["Location"]
    heat = {**said, "draw": "heat", "by": "", "width": "30", "rule": "none", "label": "", "show": ["number"]}
    assert desk.post(trees, {**heat, "_version": "1"}).status_code == 302
    assert LayerDraft.objects.get(code="warm").content["style"] == {
        "draw": "heat",
        "radius": 30.0,
        "opacity": 0.4,
    }
