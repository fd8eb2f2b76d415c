"""D49: buildings of CityJSON into a register: ours come back the same, strangers' are judged by building."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from tests.engines.maps.solids.conftest import AT, EAST, HOUSES, NORTH, RAISED
from tests.engines.maps.solids.test_d49_cityjson import _file

from yiwang.identity.testing import an_officer, signed_in
from yiwang.registers.api import load_file
from yiwang.registers.testing import an_officer as acting

pytestmark = pytest.mark.django_db
COPIES = HOUSES.replace("code: plots", "code: copies") + (
    "  - {id: 6, name: height, kind: decimal, title: {zh: 高度, en: Height}}\n"
)
LAYER = RAISED.replace("code: plots", "code: copies").replace("register: plots", "register: copies")
COLUMNS = {"footprint": "shape", "id": "-"}
#: A house of 12 by 8 m in EPSG:4547, with a flat roof at 9 m: counted vertices, and its faces.
VERTICES = [[x, y, z] for z in (2_000, 11_000) for x, y in ((0, 0), (12_000, 0), (12_000, 8_000), (0, 8_000))]
FLOOR, ROOF = [[0, 3, 2, 1]], [[4, 5, 6, 7]]
WALLS = [[[0, 1, 5, 4]], [[1, 2, 6, 5]], [[2, 3, 7, 6]], [[3, 0, 4, 7]]]
AWAY = [425_000.5, 2_560_000.25, 0]


@pytest.fixture
def copies(pack):
    pack(registers__plots=HOUSES, layers__plots=RAISED, registers__copies=COPIES, layers__copies=LAYER)


def load(content: bytes, *, system: str = "", columns: dict[str, str] | None = None, bad: str = "refuse_all"):
    return load_file(
        actor=acting("planning", account=41), at=AT, register="copies", file=io.BytesIO(content),
        system=system, columns=COLUMNS if columns is None else columns, on_bad_rows=bad,
    )  # fmt: skip


def kept() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, storeys, height, round(ST_Area(ST_Transform(shape, 4547))::numeric, 3), "
            "ST_NPoints(shape) FROM reg.copies ORDER BY number"
        )
        return cursor.fetchall()


def solid(*faces: list[list[int]]) -> dict[str, Any]:
    return {"type": "Solid", "lod": "1", "boundaries": [list(faces or (FLOOR, ROOF, *WALLS))]}


def building(number: str, *geometry: dict[str, Any], **more: Any) -> dict[str, Any]:
    attributes = {"number": number, **more.pop("attributes", {})}
    return {"type": "Building", "attributes": attributes, "geometry": list(geometry or (solid(),)), **more}


def city(objects: dict[str, Any], **changed: Any) -> dict[str, Any]:
    whole = {
        "type": "CityJSON",
        "version": "2.0",
        "transform": {"scale": [0.001, 0.001, 0.001], "translate": AWAY},
        "metadata": {"referenceSystem": "https://www.opengis.net/def/crs/EPSG/0/4547"},
        "CityObjects": objects,
        "vertices": VERTICES,
    }
    return {name: said for name, said in (whole | changed).items() if said is not None}


def written(found: dict[str, Any]) -> bytes:
    return json.dumps(found, ensure_ascii=False).encode()


def test_d49_our_own_file_comes_back_the_same(houses, pack) -> None:
    pack(registers__plots=HOUSES, layers__plots=RAISED, registers__copies=COPIES, layers__copies=LAYER)
    office = signed_in(an_officer("planning"))
    given = _file(office)
    report = load(written(given), columns=COLUMNS | {"holder": "-"})
    assert (report.problems, report.rows, report.loaded) == ((), 4, 4)
    rows = [
        (name, storeys, None if height is None else float(height)) for name, storeys, height, *_ in kept()
    ]
    assert rows == [("court", 6, 18.0), ("none", 0, None), ("parks", 1, 3.0), ("two", 2, 6.0)]
    box = f"{EAST - 0.001},{NORTH - 0.001},{EAST + 0.01},{NORTH + 0.01}"
    again = json.loads(office.get(f"/maps/solids/copies.city.json?box={box}").content)

    def bodies(file: dict[str, Any]) -> list[set[object]]:
        vertices = file["vertices"]

        def corners(said: Any) -> Any:
            if isinstance(said, int):
                return tuple(vertices[said])
            return tuple(corners(each) for each in said)

        return [
            {turned(corners(ring)) for geometry in each["geometry"] for ring in rings_of(geometry)}
            for each in file["CityObjects"].values()
        ]

    assert again["transform"] == given["transform"]
    assert sorted(map(sorted, bodies(again))) == sorted(map(sorted, bodies(given)))


def rings_of(geometry: dict[str, Any]) -> list[list[int]]:
    shells = geometry["boundaries"] if geometry["type"] == "Solid" else [geometry["boundaries"]]
    return [ring for shell in shells for face in shell for ring in face]


def turned(ring: tuple[object, ...]) -> tuple[object, ...]:
    """From its smallest corner."""
    at = ring.index(min(ring))  # type: ignore[type-var]
    return ring[at:] + ring[:at]


def test_d49_ground_is_what_is_called_so_and_height_what_was_measured(copies) -> None:
    triangles = [[[0, 2, 1]], [[0, 3, 2]]]
    called = solid(*triangles, ROOF, *WALLS) | {
        "lod": "2.2",
        "semantics": {
            "surfaces": [{"type": "GroundSurface"}, {"type": "RoofSurface"}, {"type": "WallSurface"}],
            "values": [[0, 0, 1, 2, 2, 2, 2]],
        },
    }
    outline = {"type": "MultiSurface", "lod": "0", "boundaries": [[[0, 1, 2]]]}
    file = city(
        {
            "a": building("a", called, outline, attributes={"measuredHeight": 8.75, "storeys": 3}),
            "b": building("b", outline),
            "c": {"type": "Building", "attributes": {"number": "c"}, "children": ["c-1", "c-2"]},
            "c-1": {"type": "BuildingPart", "parents": ["c"], "geometry": [solid()]},
            "c-2": {"type": "BuildingInstallation", "parents": ["c"], "geometry": []},
            "road": {"type": "Road", "geometry": []},
        },
        version="1.1",
    )
    report = load(written(file))
    assert (report.problems, report.rows) == ((), 3)
    # 12 by 8 m; of the outline the half; two triangles became four corners and the first again
    assert [(n, s, None if h is None else float(h), float(a), p) for n, s, h, a, p in kept()] == [
        ("a", 3, 8.75, 96.0, 5),
        ("b", None, None, 48.0, 4),
        ("c", None, 9.0, 96.0, 5),
    ]


def test_d49_a_sequence_is_read_line_by_line(copies) -> None:
    head = city({}, vertices=[])
    features = [
        {"type": "CityJSONFeature", "id": name, "CityObjects": {name: building(name)}, "vertices": VERTICES}
        for name in ("a", "b")
    ]
    lines = [json.dumps(each) for each in (head, *features)]
    report = load("\n".join(lines).encode())
    assert (report.problems, [row[0] for row in kept()]) == ((), ["a", "b"])
    broken = load("\n".join([*lines, "{"]).encode())
    assert [(each.line, each.reason.en) for each in broken.problems] == [(4, "Not valid JSON")]


def bad(**changed: Any) -> dict[str, Any]:
    return city({"good": building("good"), "bad": building("bad") | changed})


def faced(*faces: Any) -> dict[str, Any]:
    return bad(geometry=[solid(*faces)])


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (faced([[0, 1, 99]]), "It counts a vertex that is not there"),
        (faced([[0, 1, -1]]), "It counts a vertex that is not there"),
        (faced([[0, 1, True]]), "It counts a vertex that is not there"),
        (faced([[0, 1, "2"]]), "It counts a vertex that is not there"),
        (faced([[0, 1]]), "Its boundaries are not as its type of geometry says"),
        (faced([[[[0, 1, 2]]]]), "Its boundaries are not as its type of geometry says"),
        (faced(7), "Its boundaries are not as its type of geometry says"),
        (faced(*WALLS[:1]), "no face on the ground"),
        (faced([[0, 1, 0]]), "Its faces on the ground have no area"),
        (bad(geometry=[]), "There is no geometry"),
        (bad(geometry="none"), "Its boundaries are not as its type of geometry says"),
        (bad(geometry=[], children=["bad"]), "There is no geometry"),
        (bad(geometry=[], children=["missing"]), "Its children are not there, or go in circles"),
        (bad(geometry=[{"type": "GeometryInstance", "template": 0}]), "There is no geometry"),
    ],
)  # fmt: skip
def test_d49_a_building_that_is_misbuilt_is_named_and_nothing_is_loaded(copies, file, told) -> None:
    report = load(written(file))
    assert (report.loaded, kept()) == (0, [])
    [problem] = report.problems
    assert (problem.line, problem.field) == (2, "shape")
    assert problem.reason.en.startswith("Building bad: ")
    assert told in problem.reason.en
    # the good one alone, where the officer chose so
    assert load(written(file), bad="skip").loaded == 1


def scaled(*scale: float) -> bytes:
    return written(city({"a": building("a")}, transform={"scale": list(scale), "translate": AWAY}))


DEEP = (
    b'{"type":"CityJSON","version":"2.0","CityObjects":' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"}"
)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (written(city({"a": building("a")}, transform=None)), "There is no transform"),
        (scaled(0, 1, 1), "no transform"),
        (scaled(1, 1, 1e999), "no transform"),
        (scaled(1, 1), "no transform"),
        (written(city({"a": building("a")}, version="1.0")), "Only CityJSON 1.1 and 2.0 are read"),
        (written(city({"a": building("a")}, metadata=None)), "doesn't say its reference system"),
        (written(city({"a": building("a")}, metadata={"referenceSystem": "here"})), "doesn't say its"),
        (written(city({"road": {"type": "Road"}})), "The file holds no Building"),
        (written(city({"a": building("a")}, vertices=None)), "no CityObjects, or no vertices"),
        (written(city({}, CityObjects=[])), "no CityObjects, or no vertices"),
        (DEEP, "Not valid JSON"),
        (written(city({"a": building("a")}))[:-20], "Not valid JSON"),
    ],
)  # fmt: skip
def test_d49_a_file_that_can_not_be_read_is_refused_whole(copies, content, told) -> None:
    report = load(content)
    assert (report.loaded, kept()) == (0, [])
    [problem] = report.problems
    assert told in problem.reason.en


def test_d49_places_that_no_map_shows_are_refused(copies) -> None:
    far = city({"a": building("a")}, transform={"scale": [1e9, 1e9, 1], "translate": AWAY})
    unknown = city({"a": building("a")}, metadata={"referenceSystem": "urn:ogc:def:crs:EPSG::999999"})
    for file in (far, unknown):
        report = load(written(file))
        assert (report.loaded, kept(), len(report.problems)) == (0, [], 1)
        assert report.problems[0].field == "shape"


def test_d49_an_unknown_system_is_chosen_by_the_officer_and_never_against_the_file(copies) -> None:
    silent = written(city({"a": building("a")}, metadata={}))
    assert load(silent, system="4547").loaded == 1
    against = load(written(city({"b": building("b")})), system="4549")
    assert "which is not what was chosen" in against.problems[0].reason.en
    assert [row[0] for row in kept()] == ["a"]


def test_d49_attributes_that_are_called_like_our_columns_keep_their_own_name(copies) -> None:
    file = city({"a": building("a", attributes={"height": 3, "id": 5, "tags": {"roof": "flat"}})})
    columns = COLUMNS | {"attributes.height": "storeys", "attributes.id": "-", "tags": "remark"}
    report = load(written(file), columns=columns)
    assert report.problems == ()
    assert [(row[1], float(str(row[2]))) for row in kept()] == [(3, 9.0)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT remark FROM reg.copies")
        assert cursor.fetchall() == [('{"roof": "flat"}',)]


@pytest.mark.parametrize("name", ["triangulated.city.json", "sequence.city.jsonl"])
def test_d49_files_that_cjio_wrote_are_read(copies, name) -> None:
    """As ``cjio`` 0.10.1 writes two houses: upgraded, cleaned, and triangulated or as lines."""
    report = load((Path(__file__).parent / "files" / name).read_bytes())
    assert (report.problems, report.rows) == ((), 2)
    assert [(n, s, float(str(h)), float(str(a)), p) for n, s, h, a, p in kept()] == [
        ("a", 2, 9.0, 96.0, 5),
        ("b", 2, 9.0, 96.0, 5),
    ]
