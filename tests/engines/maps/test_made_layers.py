"""Layers that departments make themselves: on the map at once, under the register's rights, on record."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.engines.maps.conftest import TREES
from tests.engines.maps.making import AT, begun, published
from tests.engines.maps.test_tiles import NEAR, _plot

from yiwang.identity.testing import an_officer, sign_in
from yiwang.kernel.errors import InvalidInput
from yiwang.maps.api import list_layers
from yiwang.maps.making import api
from yiwang.maps.making.cataloguing import follow_catalogued
from yiwang.maps.making.commands.begin_layer import free_code
from yiwang.maps.making.contracts import (
    LayerCodeTaken,
    LayerDraftChanged,
    LayerDraftNotFound,
    LayerNotMade,
    LayerUnchanged,
    RegisterNotDrawable,
)
from yiwang.maps.models import Layer, LayerDraft, LayerVersion
from yiwang.maps.rules.tiles import Tile
from yiwang.maps.testing import read_tile
from yiwang.packs.models import DrawnDefinition
from yiwang.platform.contracts import Actor, OperationNotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker(pack) -> Actor:
    """An examiner of the office that keeps the plots; one of them lies on the tile."""
    pack()
    planning = an_officer("planning", roles={"handler"})
    _plot(an_officer("planning"), "planning-1")
    return planning


def _state() -> tuple[object, ...]:
    return (
        list(Layer.objects.order_by("code").values_list("code", "revision", "closed_at")),
        list(LayerDraft.objects.order_by("pk").values_list("code", "version", "state")),
        list(LayerVersion.objects.order_by("pk").values_list("code", "number", "is_withdrawal")),
        list(DrawnDefinition.objects.values_list("code", "revision", "retired_at")),
    )


def test_d45_a_department_makes_a_layer_and_it_is_on_the_map_at_once(client, maker) -> None:
    desk = sign_in(client, maker)
    assert desk.get(f"/maps/tiles/for_sale/{NEAR}.mvt").status_code == 404
    published(maker, style={"draw": "plain", "colour": "#d4351c"})
    tile = read_tile(desk.get(f"/maps/tiles/for_sale/{NEAR}.mvt").content)
    assert [feature["number"] for feature in tile.of("for_sale")] == ["planning-1"]
    assert tile.keys["for_sale"] == ("number", "price")
    style = desk.get("/maps/styles/for_sale.json").json()
    assert style["layers"][1]["paint"]["fill-color"] == "#d4351c"
    assert "Plots for sale" in desk.get("/en/map/").content.decode()


def test_d45_a_withdrawn_layer_is_gone_at_once_and_can_come_again(client, maker) -> None:
    desk = sign_in(client, maker)
    published(maker)
    assert desk.get(f"/maps/tiles/for_sale/{NEAR}.mvt").status_code == 200
    api.withdraw_layer(actor=maker, at=AT, layer="for_sale")
    assert desk.get(f"/maps/tiles/for_sale/{NEAR}.mvt").status_code == 404
    with pytest.raises(LayerNotMade):
        api.withdraw_layer(actor=maker, at=AT, layer="for_sale")
    again = api.begin_change(actor=maker, at=AT, layer="for_sale")
    done = api.publish_layer(actor=maker, at=AT, draft=again.draft, version=again.version)
    assert (done.number, desk.get(f"/maps/tiles/for_sale/{NEAR}.mvt").status_code) == (3, 200)
    versions = api.list_layer_versions(actor=maker, layer="for_sale")
    assert [(one.number, one.is_withdrawal) for one in versions] == [(3, False), (2, True), (1, False)]


def _catalogued(client: Client) -> list[str]:
    found = client.get("/api/3/action/package_list").json()["result"]
    return [code for code in found if code.startswith("layer-")]


def test_d45_a_layer_that_everybody_sees_stands_in_the_catalogue_until_it_is_withdrawn(maker, pack) -> None:
    parks = an_officer("parks", roles={"handler"})
    published(parks, "trees", "old_trees", audience={"kind": "readers"})
    assert _catalogued(Client()) == ["layer-old_trees"]
    page = Client().get("/en/catalogue/layer-old_trees/").content.decode()
    for words in ("Plots for sale", "Layers of the map", "/ogc/collections/old_trees/items"):
        assert words in page
    said = Client().get("/catalogue/layer-old_trees.jsonld")
    assert said.status_code == 200
    for form in ("gpkg", "geojson", "shapefile", "flatgeobuf", "csv_wkt"):
        address = f"/ogc/collections/old_trees/download?f={form}"
        assert address in said.content.decode(), form
        assert len(b"".join(Client().get(address))) > 0, form
    # a layer for officers would be told by its entry, and so would one with a field for some
    published(maker, audience={"kind": "readers"})
    published(parks, "trees", "ours", fields=[{"name": "number", "organisations": ["parks"]}])
    assert _catalogued(Client()) == ["layer-old_trees"]
    again = api.begin_change(actor=parks, at=AT, layer="old_trees")
    saved = api.save_layer(
        actor=parks, at=AT, draft=again.draft, version=again.version, part={"audience": {"kind": "officers"}}
    )
    api.publish_layer(actor=parks, at=AT, draft=saved.draft, version=saved.version)
    assert _catalogued(Client()) == []
    back = api.begin_change(actor=parks, at=AT, layer="old_trees", number=1)
    api.publish_layer(actor=parks, at=AT, draft=back.draft, version=back.version)
    assert _catalogued(Client()) == ["layer-old_trees"]
    # its register is open to nobody any more: the entry follows
    pack(registers__trees=TREES.replace("open: true\n", ""))
    assert follow_catalogued(AT) == 1
    assert _catalogued(Client()) == []
    pack(registers__trees=TREES)
    assert (follow_catalogued(AT), follow_catalogued(AT)) == (1, 0)
    api.withdraw_layer(actor=parks, at=AT, layer="old_trees")
    assert _catalogued(Client()) == []


def test_applying_packs_leaves_made_layers_as_they_are(maker, pack) -> None:
    published(maker)
    before = _state()
    pack()
    assert _state() == before


def test_who_may_not_make_it_changes_nothing(maker) -> None:
    published(maker)
    draft = api.begin_change(actor=maker, at=AT, layer="for_sale")
    others = [
        an_officer("planning", roles={"window"}),
        an_officer("planning", roles={"reviewer"}),
        an_officer("water", roles={"handler"}),
    ]
    before = _state()
    of_draft = {"draft": draft.draft, "version": draft.version}
    acts: list[Callable[[Actor], object]] = [
        lambda actor: api.save_layer(actor=actor, at=AT, **of_draft, part={"shown": True}),
        lambda actor: api.publish_layer(actor=actor, at=AT, **of_draft),
        lambda actor: api.drop_draft(actor=actor, at=AT, **of_draft),
        lambda actor: api.withdraw_layer(actor=actor, at=AT, layer="for_sale"),
        lambda actor: api.begin_change(actor=actor, at=AT, layer="for_sale"),
        lambda actor: api.get_layer_draft(actor=actor, draft=draft.draft),
    ]
    for other in others:
        for act in acts:
            with pytest.raises((OperationNotAllowed, LayerDraftNotFound, LayerNotMade)):
                act(other)
        assert api.list_made_layers(actor=other) == api.list_layer_drafts(actor=other) == []
    assert _state() == before


def test_a_register_that_is_not_for_an_officer_is_none_for_his_layers(maker) -> None:
    labour = an_officer("labour", roles={"handler"})
    for register in ("plots", "nothing"):
        with pytest.raises(RegisterNotDrawable):
            begun(labour, register)
    assert not LayerDraft.objects.exists()


def test_d46_a_made_layer_gives_a_reader_no_more_than_the_register(client, maker) -> None:
    """Named as its readers or not: rows, fields and masks are the register's to give."""
    labour, parks, water = (an_officer(code) for code in ("labour", "parks", "water"))
    named = {"kind": "organisations", "organisations": ["labour", "parks", "planning"]}
    fields = [{"name": name} for name in ("number", "price", "holder")]
    published(maker, audience=named, fields=fields)
    _plot(parks, "parks-1", 113.2648)
    assert sign_in(client, labour).get(f"/maps/tiles/for_sale/{NEAR}.mvt").status_code == 404
    assert sign_in(client, water).get(f"/maps/tiles/for_sale/{NEAR}.mvt").status_code == 404
    assert Client().get(f"/maps/tiles/for_sale/{NEAR}.mvt").status_code == 404
    tile = read_tile(sign_in(client, parks).get(f"/maps/tiles/for_sale/{NEAR}.mvt").content)
    assert [(each["number"], each["holder"]) for each in tile.of("for_sale")] == [("parks-1", "陈**")]


UNFIT: tuple[tuple[dict[str, object], str], ...] = (
    ({"style": {"draw": "plain", "colour": "url(//x)"}}, "style.plain.colour"),
    ({"style": {"draw": "plain", "colour": "#1d70b8", "width": 900}}, "style.plain.width"),
    ({"fields": [{"name": "remark"}]}, "fields.0"),
    ({"fields": [{"name": "nobody"}]}, "fields.0.name"),
    ({"fields": [{"name": "number", "organisations": ["atlantis"]}]}, "fields.0"),
    ({"audience": {"kind": "organisations", "organisations": ["atlantis"]}}, "audience"),
    ({"labels": {"field": "price\"],['x"}}, "labels.field"),
    (
        {"fields": [{"name": "holder"}], "labels": {"field": "holder"}},
        "style",
    ),
    ({"register": "trees", "labels": {"field": "number", "colour": "red"}}, "labels.colour"),
    ({"script": "x"}, "script"),
)


def test_what_does_not_fit_is_refused_at_its_place_and_not_saved(maker) -> None:
    saved = begun(maker)
    state = _state()
    for part, path in UNFIT:
        with pytest.raises(InvalidInput) as refused:
            api.save_layer(actor=maker, at=AT, draft=saved.draft, version=saved.version, part=part)
        assert [problem.path for problem in refused.value.problems] == [path], part
    assert _state() == state


def test_two_at_once_overwrite_nothing(maker) -> None:
    saved = begun(maker)
    api.save_layer(actor=maker, at=AT, draft=saved.draft, version=1, part={"shown": True})
    for act in (api.publish_layer, api.drop_draft):
        with pytest.raises(LayerDraftChanged):
            act(actor=maker, at=AT, draft=saved.draft, version=1)
    with pytest.raises(LayerCodeTaken):
        begun(maker)
    with pytest.raises(LayerCodeTaken):
        begun(maker, code="trees")
    assert begun(maker, code="").draft != saved.draft


def test_what_is_published_already_is_no_new_version(maker) -> None:
    published(maker)
    again = api.begin_change(actor=maker, at=AT, layer="for_sale")
    with pytest.raises(LayerUnchanged):
        api.publish_layer(actor=maker, at=AT, draft=again.draft, version=again.version)
    assert LayerVersion.objects.count() == 1


def test_breaks_are_proposed_from_what_the_maker_may_list(maker) -> None:
    parks = an_officer("parks", roles={"handler", "window"})
    for number in range(4):
        _plot(parks, f"parks-{number}")
    seen = api.drawable(maker, "plots", None)
    assert seen is not None
    assert api.proposed_breaks(seen, "price", 4, "equal") == ()  # all alike
    assert api.proposed_breaks(seen, "holder", 4, "equal") == ()
    assert api.proposed_breaks(seen, "remark", 4, "equal") == ()


def test_an_unpublished_layer_is_drawn_for_its_maker_without_anything_kept(maker) -> None:
    draft = api.get_layer_draft(actor=maker, draft=begun(maker).draft)
    read = api.candidate_of(maker, draft.layer)
    assert read is not None
    from_map = api.candidate_tile(read, Tile(16, 53387, 28438))
    assert [one["number"] for one in read_tile(from_map).of("for_sale")] == ["planning-1"]
    assert "for_sale" not in {each.layer.code for each in list_layers(maker)}


def test_a_thousandth_layer_of_a_stem_has_a_name_too(db) -> None:
    stem = "results_of_the_office_for_planning_and_land"
    ended = {"content": {}, "owner": "planning", "state": LayerDraft.DROPPED, "begun_by": 1, "saved_by": 1}
    LayerDraft.objects.bulk_create(
        LayerDraft(code=f"{stem[:35]}_{number}", begun_at=AT, saved_at=AT, **ended)
        for number in range(1, 1000)
    )
    assert free_code(stem) == f"{stem[:35]}_1000"
