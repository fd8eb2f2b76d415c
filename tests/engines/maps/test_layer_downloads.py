"""A layer on the map leads to a file of it: its fields, under the reader's own right."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client

from yiwang.identity.testing import an_officer, sign_in
from yiwang.registers.models import Export
from yiwang.registers.queries.exports import folder
from yiwang.registers.testing import an_officer as a_clerk

from .test_tiles import _plot

pytestmark = pytest.mark.django_db


def _addresses(client: Client) -> list[str]:
    page = client.get("/map/?layers=plots,trees&tool=download").content.decode()
    return [unescape(found) for found in re.findall(r'href="(/desk/registers/[^"]*/export/[^"]*)"', page)]


def test_d48_a_layer_is_downloaded_by_who_may_export_its_register(client, pack) -> None:
    pack()
    _plot(a_clerk("planning"), "planning-1")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE reg.plots")

    assert _addresses(Client()) == []
    desk = sign_in(client, an_officer("planning"))
    [address] = _addresses(desk)
    assert address == "/desk/registers/plots/export/?fields=number,shape,price,holder&form=gpkg"
    assert "只导出这些字段" in desk.get(address).content.decode()
    wrong = desk.post(address, {"form": "geojson", "system": "3857", "reason": "核对"})
    assert (wrong.status_code, "GeoJSON 和 Parquet 只用经纬度" in wrong.content.decode()) == (422, True)
    made = desk.post(address, {"form": "geojson", "system": "4490", "reason": "核对"}, follow=True)
    [export] = Export.objects.all()
    assert (made.status_code, export.rows, export.fields) == (200, 1, ["number", "shape", "price", "holder"])
    text = (folder() / export.file).read_text()
    assert ('"number":"planning-1"' in text, "remark" in text) == (True, False)


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
