"""QGIS, where the machine has it, reads every collection and draws its vector tiles, without a screen.

It weighs a gigabyte, so nothing asks for it: Debian's package ``python3-qgis`` brings what is tried here.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from tests.engines.maps.ogc.foreign import read_by

#: Debian's own interpreter: the bindings of QGIS are for no other.
_PYTHON = "/usr/bin/python3"
_ASKED = "import qgis.core"
_QGIS = """
import json, os, sys, urllib.request
os.environ |= {"QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": "/tmp", "QGIS_CUSTOM_CONFIG_PATH": "/tmp"}
from qgis.core import (
    QgsApplication, QgsCoordinateReferenceSystem, QgsMapRendererSequentialJob, QgsMapSettings, QgsRectangle,
    QgsVectorLayer, QgsVectorTileLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor
app = QgsApplication([], False)
app.initQgis()
at, found = sys.argv[1], {}
side = 40075016.685578488 / (1 << 14)
west, north = 13346 * side - 20037508.342789244, 20037508.342789244 - 7109 * side
with urllib.request.urlopen(at + "collections?f=json") as said:
    codes = [each["id"] for each in json.load(said)["collections"]]
def numbers(source, provider):
    layer = QgsVectorLayer(source, "read", provider)
    return sorted(each["number"] for each in layer.getFeatures()) or layer.error().message()
def drawn(code):
    address = f"{at}collections/{code}/tiles/WebMercatorQuad/%7Bz%7D/%7By%7D/%7Bx%7D"
    layer = QgsVectorTileLayer(f"type=xyz&url={address}&zmin=0&zmax=14", code)
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    settings.setExtent(QgsRectangle(west, north - side, west + side, north))
    settings.setOutputSize(QSize(256, 256))
    settings.setBackgroundColor(QColor("white"))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    picture = job.renderedImage()
    white = QColor("white").rgb()
    return any(picture.pixel(x, y) != white for x in range(256) for y in range(256))
for code in codes:
    found[code] = [
        numbers(f"url='{at}' typename='{code}'", "OAPIF"),
        numbers(f"url='{at}wfs' typename='yw:{code}' version='2.0.0'", "WFS"),
        drawn(code),
    ]
print(json.dumps(found))
sys.stdout.flush()
os._exit(0)  # without the bindings' own end, which needs a screen's loop
"""


def _has_qgis() -> bool:
    if not Path(_PYTHON).exists():
        return False
    asked = subprocess.run([_PYTHON, "-c", _ASKED], capture_output=True, check=False)
    return asked.returncode == 0


@pytest.mark.django_db
@pytest.mark.skipif(
    not _has_qgis(), reason="QGIS is not here: `apt-get install python3-qgis` (1 GB) brings it"
)
def test_d44_qgis_reads_each_collection_and_draws_its_tiles(city, settings) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    plots, trees = ["parks-1", "planning-1", "water-1"], sorted(f"T{n}" for n in range(1, 13))
    assert read_by(_QGIS, actor=city.officers["planning"], python=_PYTHON) == {
        "plots": [plots, plots, True],
        "trees": [trees, trees, True],
    }
