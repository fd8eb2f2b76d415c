"""A layer as a download: in each format what its reader sees of it, and nothing else."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.test import Client
from tests.engines.maps.conftest import PLOT_LAYER
from tests.engines.maps.ogc.conftest import AT, MANY_TREES, TREES_SHOWN, fill_city

from yiwang.identity.testing import sign_in
from yiwang.maps.ogc.queries import downloading
from yiwang.maps.ogc.web import download
from yiwang.platform.http.pace import Pace
from yiwang.registers.api import amend_entry, export_folder, retire_entry

pytestmark = pytest.mark.django_db
TREES = "/ogc/collections/trees/download"
PLOTS = "/ogc/collections/plots/download"
FORMS = ("gpkg", "flatgeobuf", "shapefile", "shp_gb", "geojson", "geojsonseq", "parquet", "csv", "csv_wkt")
#: The price is for the planning office alone, and nothing is about persons.
_KEPT = PLOT_LAYER.replace("{name: price}", "{name: price, organisations: [planning]}").replace(
    "  - {name: holder}\n  - {name: remark}\n", ""
)
#: GDAL in a process of its own, as whoever gets the file would read it.
_READ = """
import json, sys, pyogrio
((layer, kind),) = pyogrio.list_layers(sys.argv[1])
about, table = pyogrio.read_arrow(sys.argv[1])
rows = [{k: v for k, v in row.items() if not isinstance(v, bytes)} for row in table.to_pylist()]
print(json.dumps({"layer": layer, "type": kind, "crs": about["crs"], "rows": rows}, default=str))
"""


def _got(client: Client, address: str, **asked: str) -> bytes:
    answer = client.get(f"{address}?{urlencode(asked)}")
    assert answer.status_code == 200, answer.content
    return b"".join(answer)


def _status(client: Client, address: str) -> int:
    answer = client.get(address)
    assert len(b"".join(answer)) > 0
    return answer.status_code


def _read(body: bytes, folder: Path, form: str) -> dict[str, object]:
    path = folder / {"shapefile": "a.shp.zip", "shp_gb": "a.shp.zip", "flatgeobuf": "a.fgb"}.get(
        form, f"a.{form}"
    )
    path.write_bytes(body)
    where = f"/vsizip/{path}" if path.suffix == ".zip" else str(path)
    done = subprocess.run(
        [sys.executable, "-c", _READ, where], capture_output=True, check=True, text=True
    )  # fmt: skip
    found: dict[str, object] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("form", ["gpkg", "flatgeobuf", "shapefile", "shp_gb", "geojson"])
def test_d44_gdal_reads_a_public_layer_in_each_format(city, tmp_path, form) -> None:
    found = _read(_got(Client(), TREES, f=form), tmp_path, form)

    assert (found["type"], found["crs"]) == ("Point", "EPSG:4326" if form == "geojson" else "EPSG:4490")
    # a file of GeoJSON names no layer: GDAL calls it after the file
    assert found["layer"] == ("a" if form == "geojson" else "trees")
    rows = {row["number"]: row for row in found["rows"]}
    assert sorted(rows) == sorted(f"T{n}" for n in range(1, 13))
    assert set(rows["T3"]) - {"id", "wkb_geometry"} == {"number", "planted", "girth", "listed", "seen"}
    assert (str(rows["T3"]["girth"]), str(rows["T3"]["planted"])[:10]) == ("1.5", "1913-05-01")


def test_d44_a_table_holds_shapes_as_text_and_nothing_is_left_on_the_server(city) -> None:
    answer = Client().get(f"{TREES}?f=csv_wkt")
    table = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))

    assert answer["Content-Type"] == "text/csv"
    assert answer["Content-Disposition"] == 'attachment; filename="trees.csv"'
    assert answer["Cache-Control"] == "private, no-store"
    assert [len(table), table[0]["place"], list(table[0])] == [
        12, "POINT(113.2654 23.1291)", ["number", "place", "planted", "girth", "listed", "seen"],
    ]  # fmt: skip
    assert [each.name for each in export_folder().iterdir() if each.name.startswith("layer-")] == []


def test_d44_box_filter_and_reference_system_choose_what_a_file_holds(city, tmp_path) -> None:
    wanted = {"f": "gpkg", "filter": "girth > 2", "bbox": "113.26,23.12,113.27,23.14"}
    metres = _read(_got(Client(), TREES, **wanted, crs="EPSG:4547"), tmp_path, "gpkg")

    assert (metres["crs"], sorted(row["number"] for row in metres["rows"])) == ("EPSG:4547", ["T5"])
    body = json.loads(_got(Client(), TREES, f="geojson", number="T7"))
    assert [each["properties"]["number"] for each in body["features"]] == ["T7"]
    hidden = Client().get(f"{TREES}?f=gpkg&filter=keeper='李树人'")
    assert hidden.status_code == 400


def test_d44_an_empty_layer_is_a_file_without_features(pack, tmp_path) -> None:
    pack(registers__trees=MANY_TREES, layers__trees=TREES_SHOWN)

    for form in ("gpkg", "flatgeobuf", "shapefile", "geojson"):
        found = _read(_got(Client(), TREES, f=form), tmp_path, form)
        assert found["rows"] == [], form
    assert (
        _got(Client(), TREES, f="csv_wkt").decode("utf-8-sig") == "number,place,planted,girth,listed,seen\n"
    )


def test_d48_a_file_of_a_past_day_is_what_was_so_then(city) -> None:
    parks, changed = city.officers["parks"], AT + timedelta(days=10)
    amend_entry(
        actor=parks, at=changed, register="trees", entry=city.trees[0], version=1, kind="change",
        values={"girth": "9"}, valid_from=changed.date(),
    )  # fmt: skip
    retire_entry(
        actor=parks, at=changed, register="trees", entry=city.trees[1], version=1,
        valid_to=changed.date(),
    )  # fmt: skip

    def girths(**asked: str) -> dict[str, object]:
        body = json.loads(_got(Client(), TREES, f="geojson", **asked))
        return {each["properties"]["number"]: each["properties"]["girth"] for each in body["features"]}

    now, then = girths(), girths(datetime=str(AT.date()))
    assert (now["T1"], "T2" in now, len(now)) == ("9", False, 11)
    assert (then["T1"], "T2" in then, len(then)) == ("0.5", True, 12)
    assert girths(datetime=str(date(2026, 1, 1))) == {}
    # a form sends its empty fields too
    assert len(girths(datetime="", bbox="", filter="")) == 11


def test_d48_a_colleagues_restricted_field_is_in_no_file_for_others(pack) -> None:
    pack(registers__trees=MANY_TREES, layers__trees=TREES_SHOWN, layers__plots=_KEPT)
    city = fill_city()
    planning, parks = (sign_in(Client(), city.officers[code]) for code in ("planning", "parks"))

    own = json.loads(_got(planning, PLOTS, f="geojson"))["features"]
    assert [each["properties"]["price"] for each in own] == ["1200.50", "1201.50", "1202.50"]
    for form in FORMS:
        body = _got(parks, PLOTS, f=form)
        if form in ("shapefile", "shp_gb"):
            with zipfile.ZipFile(io.BytesIO(body)) as package:
                body = b"".join(package.read(name) for name in package.namelist())
        told = [
            word
            for word in ("price", "1200.5", "1201.5", "planning-1", "water-1", "holder")
            if word.encode() in body
        ]
        assert (told, form == "parquet" or b"parks-1" in body) == ([], True), form
    # who asks by it is told what one is told of a field that there is not
    asked = [parks.get(f"{PLOTS}?f=gpkg&filter={name}>1").json() for name in ("price", "nothing")]
    assert str(asked[0]).replace("price", "nothing") == str(asked[1])
    assert Client().get(f"{PLOTS}?f=gpkg").status_code == 404


def test_d48_a_file_about_persons_is_not_given_without_a_reason(city) -> None:
    desk = sign_in(Client(), city.officers["planning"])

    refused = desk.get(f"{PLOTS}?f=gpkg")
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:yiwang:problem:maps.reason_needed")
    links = desk.get("/ogc/collections/plots?f=json").json()["links"]
    assert [each for each in links if each["rel"] == "enclosure"] == []


def test_d44_a_collection_says_where_its_files_are(city) -> None:
    links = Client().get("/ogc/collections/trees?f=json").json()["links"]

    files = {each["href"].split("f=")[1]: each["type"] for each in links if each["rel"] == "enclosure"}
    assert files == {
        "gpkg": "application/geopackage+sqlite3",
        "geojson": "application/geo+json",
        "shapefile": "application/zip",
        "shp_gb": "application/zip",
        "flatgeobuf": "application/flatgeobuf",
        "csv_wkt": "text/csv",
    }
    assert files.keys() <= set(FORMS)


@pytest.mark.parametrize(
    ("asked", "status", "says"),
    [
        ("f=dwg", 400, "gpkg, geojson, flatgeobuf"),
        ("", 400, "it is one of csv"),
        ("f=gpkg&limit=5", 400, "There is no parameter 'limit'"),
        ("f=gpkg&nothing=5", 400, "There is no parameter 'nothing'"),
        ("f=gpkg&crs=EPSG:9999", 400, "no such coordinate reference system"),
        ("f=geojson&crs=EPSG:3857", 422, "cannot be written in EPSG:3857"),
        ("f=gpkg&bbox=1,2", 400, "bbox"),
        ("f=gpkg&datetime=yesterday", 400, "datetime"),
        ("f=gpkg&filter=girth%20%3E", 400, "filter"),
    ],
)
def test_d44_what_is_asked_wrongly_is_refused_with_the_reason(city, asked, status, says) -> None:
    answer = Client().get(f"{TREES}?{asked}")

    assert (answer.status_code, says in answer.json()["detail"]["en"]) == (status, True), answer.content
    page = Client().get(f"{TREES}?{asked}", HTTP_ACCEPT="text/html")
    assert (page.status_code, page["Content-Type"]) == (status, "text/html; charset=utf-8")


def test_d44_a_layer_that_ended_has_no_file(city, pack) -> None:
    assert _status(Client(), f"{TREES}?f=gpkg") == 200
    pack(registers__trees=MANY_TREES, layers__trees=None, allow_destructive=True)

    ended, never = (Client().get(f"/ogc/collections/{name}/download?f=gpkg") for name in ("trees", "rocks"))
    assert (ended.status_code, never.status_code) == (404, 404)
    assert ended.content.replace(b"trees", b"rocks") == never.content


def test_d44_more_than_is_made_at_once_is_refused_whole(city, monkeypatch) -> None:
    monkeypatch.setattr(downloading, "MOST_AT_ONCE", 11)
    answer = Client().get(f"{TREES}?f=gpkg")

    assert (answer.status_code, "more than 11 features" in answer.json()["detail"]["en"]) == (422, True)
    monkeypatch.setattr(downloading, "MOST_AT_ONCE", 12)
    assert _status(Client(), f"{TREES}?f=gpkg") == 200


def test_d44_files_are_asked_for_at_a_pace_and_made_in_turns(city, monkeypatch) -> None:
    for _ in range(2):
        assert downloading._turns.acquire(blocking=False)
    busy = Client().get(f"{TREES}?f=gpkg")
    downloading._turns.release()
    downloading._turns.release()
    assert (busy.status_code, busy["Retry-After"]) == (503, "5")
    moment = Pace(1)
    monkeypatch.setattr("yiwang.platform.http.pace.monotonic", lambda: 1_000.0)
    monkeypatch.setattr(download, "_pace", moment)
    answers = [Client().get(f"{TREES}?f=csv") for _ in range(2)]
    assert len(b"".join(answers[0])) > 0
    assert [each.status_code for each in answers] == [200, 429]
    assert answers[1]["Retry-After"] == "1"


def test_d48_the_page_of_a_layer_offers_its_files(city) -> None:
    chinese = Client().get("/ogc/collections/trees?f=html").content.decode()
    english = Client().get("/en/ogc/collections/trees?f=html").content.decode()
    desk = sign_in(Client(), city.officers["planning"])
    persons = desk.get("/en/ogc/collections/plots?f=html").content.decode()

    for page, place, words in ((chinese, "", "至多50,000个要素"), (english, "/en", "Up to 50,000 features")):
        assert f'action="{place}{TREES}"' in page
        assert words in page
        assert [name for name in FORMS if f'<option value="{name}"' in page] == [
            "gpkg", "flatgeobuf", "shapefile", "shp_gb", "geojson", "csv_wkt",
        ]  # fmt: skip
        assert page.count('<option value="EPSG:') == 5
    assert ("has fields about persons" in persons, f'action="/en{PLOTS}"' in persons) == (True, False)
