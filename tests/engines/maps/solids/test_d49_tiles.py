"""D49: buildings as 3D Tiles, under the reader's own rights."""

from __future__ import annotations

import io
import json
import struct
from typing import Any

import pytest
import trimesh
from django.test import Client

from yiwang.identity.testing import an_officer, signed_in
from yiwang.maps.solids.rules import quadtree

pytestmark = pytest.mark.django_db
TILESET = "/maps/solids/plots/tileset.json"


def _contents(client: Client) -> list[bytes]:
    answer = client.get(TILESET)
    assert answer.status_code == 200
    found: list[bytes] = []

    def walk(node: dict[str, Any]) -> None:
        if "content" in node:
            tile = client.get(f"/maps/solids/plots/{node['content']['uri']}")
            assert (tile.status_code, tile["Content-Type"]) == (200, "model/gltf-binary")
            found.append(tile.content)
        for child in node.get("children", []):
            walk(child)

    walk(json.loads(answer.content)["root"])
    return found


def _told(body: bytes) -> list[dict[str, Any]]:
    (length,) = struct.unpack("<I", body[12:16])
    return json.loads(body[20 : 20 + length])["meshes"][0]["extras"]["buildings"]


@pytest.mark.parametrize("most", [400, 1])
def test_d49_each_building_is_in_one_tile_however_they_are_divided(houses, monkeypatch, most) -> None:
    monkeypatch.setattr(quadtree, "MOST_IN_TILE", most)
    bodies = _contents(signed_in(an_officer("planning")))
    told = [each for body in bodies for each in _told(body)]
    assert sorted(each["entry"] for each in told) == sorted(houses.values())
    assert (len(bodies) == 1) == (most == 400)
    assert {key for each in told for key in each} == {"entry", "number", "storeys", "holder"}
    if most == 400:
        return  # with a house that is no closed body in it the whole has no volume
    volume = sum(trimesh.load(io.BytesIO(body), file_type="glb", force="mesh").volume for body in bodies)
    # of 113.44 m² there are 21 at 18 m, eight at 6 m, four at 3 m; what lies flat adds nothing
    assert volume == pytest.approx(113.44 * (21 * 18 + 8 * 6 + 4 * 3), rel=5e-4)


def test_d49_tiles_are_of_the_reader(houses) -> None:
    (body,) = _contents(signed_in(an_officer("parks")))
    assert [each["entry"] for each in _told(body)] == [houses["parks"]]
    labour = signed_in(an_officer("labour"))
    assert labour.get(TILESET).status_code == 404
    assert labour.get("/maps/solids/plots/tiles/12/3336/2311.glb").status_code == 404
    office = signed_in(an_officer("planning"))
    for wrong in ("11/0/0", "21/0/0", "12/4096/0"):
        assert office.get(f"/maps/solids/plots/tiles/{wrong}.glb").status_code == 404
    first = office.get(TILESET)
    assert first["Cache-Control"] == "private, no-cache"
    assert office.get(TILESET, headers={"If-None-Match": first["ETag"]}).status_code == 304
