"""A layer on the map leads to a file of it: its fields, under the reader's own right."""

from __future__ import annotations

import json
import re
from html import escape, unescape

import pytest
from django.db import connection
from django.test import Client
from tests.engines.maps.conftest import PLOT_LAYER, PLOTS

from yiwang.exchange.models import TraceLine
from yiwang.identity.testing import an_officer, sign_in
from yiwang.registers.models import Export
from yiwang.registers.queries.exports import folder
from yiwang.registers.testing import an_officer as a_clerk

from .test_tiles import _plot

pytestmark = pytest.mark.django_db


def _addresses(client: Client) -> list[str]:
    page = client.get("/map/?layers=plots,trees&tool=download").content.decode()
    return [unescape(found) for found in re.findall(r'href="(/desk/registers/[^"]*/export/[^"]*)"', page)]


def _exported(desk: Client, address: str, **asked: str) -> tuple[Export, str]:
    """What a form sends and what the file holds."""
    made = desk.post(address, {"form": "geojson", "system": "4490", "reason": "核对"} | asked, follow=True)
    assert made.status_code == 200, made.content
    export = Export.objects.order_by("-pk")[0]
    return export, (folder() / export.file).read_text() if export.file else ""


def _analysed() -> None:
    """Small registers are written at once, as far as the planner knows them."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE reg.plots")


def test_d48_a_layer_is_exported_by_who_may_export_its_register(client, pack) -> None:
    pack()
    entry = _plot(a_clerk("planning"), "planning-1")
    _analysed()

    assert _addresses(Client()) == []
    desk = sign_in(client, an_officer("planning"))
    [address] = _addresses(desk)
    assert address == "/desk/registers/plots/export/?layer=plots&form=gpkg"
    assert "只导出图层“地块”显示给您的登记项和字段。" in desk.get(address).content.decode()
    assert f'href="{escape(address)}"' in desk.get("/ogc/collections/plots?f=html").content.decode()
    wrong = desk.post(address, {"form": "geojson", "system": "3857", "reason": "核对"})
    assert (wrong.status_code, "GeoJSON 和 Parquet 只用经纬度" in wrong.content.decode()) == (422, True)
    silent = desk.post(address, {"form": "geojson", "system": "4490", "reason": ""})
    assert (silent.status_code, Export.objects.count()) == (422, 0)
    export, text = _exported(desk, address)
    [feature] = json.loads(text)["features"]
    assert feature["properties"] == {"number": "planning-1", "price": "1200.50", "holder": "陈**"}
    assert (feature["id"], export.rows, export.layer) == (entry, 1, "plots")
    trace = TraceLine.objects.get(pk=export.trace)
    assert (trace.resource, sorted(trace.fields)) == (
        "register:plots", ["holder", "number", "price", "shape"],
    )  # fmt: skip
    _, early = _exported(desk, address, **{"valid-year": "2026", "valid-month": "1", "valid-day": "4"})
    assert json.loads(early)["features"] == []


def test_d48_an_export_of_a_layer_has_its_rows_and_nothing_that_it_keeps_for_others(client, pack) -> None:
    kept = PLOT_LAYER.replace("{name: price}", "{name: price, organisations: [planning]}")
    found_by = PLOTS.replace("unique: true}", "unique: true, searchable: true}")
    pack(
        registers__plots=found_by,
        layers__plots=kept + "only: [{field: number, values: [parks-1, planning-1]}]\n",
    )
    for code in ("planning", "parks"):
        for number in (1, 2):
            _plot(a_clerk(code), f"{code}-{number}")
    _analysed()
    address = "/desk/registers/plots/export/?layer=plots"

    _, own = _exported(sign_in(client, an_officer("planning")), address)
    _, other = _exported(sign_in(Client(), an_officer("parks")), address)

    rows = [[each["properties"] for each in json.loads(text)["features"]] for text in (own, other)]
    assert [row["number"] for row in rows[0]] == ["planning-1", "parks-1"]
    assert (rows[0][0]["price"], rows[1]) == ("1200.50", [{"number": "parks-1", "holder": "陈**"}])


def test_d48_a_layer_that_ended_is_exported_no_more_and_its_files_close(client, pack) -> None:
    pack()
    _plot(a_clerk("planning"), "planning-1")
    _analysed()
    desk, address = sign_in(client, an_officer("planning")), "/desk/registers/plots/export/?layer="
    export, _ = _exported(desk, f"{address}plots")
    file = f"/desk/registers/plots/exports/{export.pk}/file"
    assert b"planning-1" in b"".join(desk.get(file))

    pack(layers__plots=None, allow_destructive=True)

    gone = [desk.get(f"{address}{name}").status_code for name in ("plots", "trees", "nothing")]
    assert (gone, desk.get(file).status_code) == ([404, 404, 404], 404)


def _files(client: Client) -> list[str]:
    page = client.get("/map/?layers=plots,trees&tool=download").content.decode()
    return [unescape(found) for found in re.findall(r'href="(/ogc/collections/[^"]*)" download', page)]


def test_d48_whoever_sees_a_layer_downloads_what_he_sees_of_it(client, pack) -> None:
    pack()
    _plot(a_clerk("planning"), "planning-1")
    trees = [
        "/ogc/collections/trees/items?f=csv&limit=10000",
        "/ogc/collections/trees/download?f=geojson",
        "/ogc/collections/trees/download?f=gpkg",
        "/ogc/collections/trees/download?f=shapefile",
    ]

    assert _files(Client()) == trees
    assert [Client().get(each).status_code for each in trees[:1]] == [200]
    desk = sign_in(client, an_officer("planning"))
    # the holders of plots are persons: more than what lists show is exported for a reason
    plots = [f"/ogc/collections/plots/items?f={form}&limit=10000" for form in ("csv", "json")]
    assert sorted(_files(desk)) == sorted([*trees, *plots])
    assert "planning-1" in desk.get(plots[0]).content.decode()
    assert Client().get(plots[0]).status_code == 404
