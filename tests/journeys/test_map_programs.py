"""GDAL and OWSLib, as they stand, read every collection of the running city: its packs' and made ones."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
from django.utils import timezone
from tests.live.city import actor
from tests.live.visit import Visit

from yiwang.kernel.text import Text
from yiwang.maps.definitions import Measure
from yiwang.maps.making import api
from yiwang.maps.making.contracts import SavedLayer
from yiwang.platform.environment import ROOT

pytestmark = pytest.mark.journey
#: Features of each that are read.
_SOME = 5
#: Whoever sees what those before do not.
_READERS = ("water.handler", "planning.handler", "parks.handler")
#: Both say of each collection how many of its first features there are, whether they are whole, its fields.
_GDAL = """
import json, sys, pyogrio
at, codes, some = "OAPIF:" + sys.argv[1], json.loads(sys.argv[2]), int(sys.argv[3])
assert set(codes) <= {str(name) for name, _ in pyogrio.list_layers(at)}
found = {}
for code in codes:
    meta, _, shapes, fields = pyogrio.raw.read(at, layer=code, max_features=some)
    found[code] = [len(shapes), all(shape is not None for shape in shapes), sorted(meta["fields"])]
print(json.dumps(found))
"""
_OWSLIB = """
import json, sys
from owslib.ogcapi.features import Features
codes, some = json.loads(sys.argv[2]), int(sys.argv[3])
service = Features(sys.argv[1], headers={"Cookie": sys.argv[4]})
assert set(codes) <= set(service.feature_collections())
found = {}
for code in codes:
    page = service.collection_items(code, limit=some)["features"]
    asked = set(service.collection_queryables(code)["properties"])
    whole = all(set(one["properties"]) <= asked for one in page)
    for one in page[:1]:
        whole &= service.collection_item(code, str(one["id"]))["properties"] == one["properties"]
    found[code] = [len(page), whole, sorted(page[0]["properties"]) if page else []]
print(json.dumps(found))
"""
_SUMMARY = re.compile(r"^Layer name: (\S+)\n(?:.*\n)*?Feature Count: (\d+)$", re.MULTILINE)


def _publish(saved: SavedLayer) -> None:
    maker = actor("water.handler")
    api.publish_layer(actor=maker, at=timezone.now(), draft=saved.draft, version=saved.version)


def _make() -> None:
    """A layer of a register, and areas coloured by what lies in them."""
    maker, at, words = actor("water.handler"), timezone.now(), Text("供程序读取", "For programs")
    said = {"title": words, "summary": words, "group": words}
    _publish(api.begin_layer(actor=maker, at=at, register="water_bodies", code="made_for_programs", **said))
    measure = Measure(title=words, register="water_bodies", by="division", areas="code")
    _publish(
        api.begin_measure(
            actor=maker,
            at=at,
            register="district_borders",
            measure=measure,
            code="counted_for_programs",
            **said,
        )
    )


def _told(words: list[str], **more: str) -> str:
    said = subprocess.run(words, env=os.environ | more, capture_output=True, text=True, check=False)
    assert (said.returncode, "ERROR" in said.stderr) == (0, False), said.stderr[-2000:]
    return said.stdout


def _of_packs() -> set[str]:
    """Every layer that a pack declares."""
    texts = [path.read_text() for path in (ROOT / "packs").glob("*/layers/*.yaml")]
    return {found[1] for text in texts if (found := re.search(r"^code: (\w+)$", text, re.MULTILINE))}


def _read(one: Visit, before: set[str]) -> set[str]:
    """Read what this reader sees and those before did not, by each program; gives the collections."""
    at = f"{one.root}/ogc/"
    cookie = "; ".join(f"{each['name']}={each['value']}" for each in one.context.cookies())
    request = one.context.request
    listed = request.get(f"{at}collections?f=json").json()["collections"]
    # imagery has a point in its name, and no features
    codes = sorted({each["id"] for each in listed if "." not in each["id"]} - before)
    pages = {code: request.get(f"{at}collections/{code}/items?f=json&limit={_SOME}").json() for code in codes}
    expected = {
        code: [
            len(page["features"]),
            True,
            sorted(page["features"][0]["properties"] if page["features"] else ()),
        ]
        for code, page in pages.items()
    }
    script = [sys.executable, "-W", "ignore", "-c"]
    by_gdal = json.loads(_told([*script, _GDAL, at, json.dumps(codes), str(_SOME)], GDAL_HTTP_COOKIE=cookie))
    # of a collection without features GDAL knows no fields
    assert {code: found if found[0] else [*found[:2], []] for code, found in by_gdal.items()} == expected
    assert json.loads(_told([*script, _OWSLIB, at, json.dumps(codes), str(_SOME), cookie])) == expected
    if (program := shutil.which("ogrinfo")) is not None:
        words = [program, "-ro", "-so", "-oo", "PAGE_SIZE=10000", f"OAPIF:{at}", *codes]
        counted = dict(_SUMMARY.findall(_told(words, GDAL_HTTP_COOKIE=cookie)))
        assert {code: min(int(number), _SOME) for code, number in counted.items()} == {
            code: found[0] for code, found in expected.items()
        }
    return set(codes)


def test_d44_programs_read_every_collection_of_the_city(browser, city) -> None:
    """``ogrinfo`` itself where the machine has it; nothing here asks for the package (``gdal-bin``)."""
    _make()
    read: set[str] = set()
    for username in _READERS:
        one = Visit(browser, city.address).sign_in(username)
        read |= _read(one, read)
        one.close()
    assert _of_packs() | {"made_for_programs", "counted_for_programs"} <= read
    # among them points drawn one for many from afar, and cases
    assert {"street_lamps", "investment_cases"} <= read
