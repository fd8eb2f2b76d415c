"""D50: files that are no imagery, or made to hurt: each refused in both languages, and nothing is changed."""

from __future__ import annotations

import struct

import numpy as np
import pytest
import rasterio
from tests.engines.maps.rasters.geotiffs import GRID, height_bands, photo_bands, written

from yiwang.maps.rasters.contracts import RasterRefused
from yiwang.maps.rasters.converted import convert
from yiwang.maps.rasters.definitions import RasterDefinition

_WORDS = {"zh": "影像", "en": "Imagery"}
_PIXELS = 100_000_000
_SYSTEMLESS = "it has no reference system, or one that is not known"
_PLACELESS = "it has no place, or one that no map shows"
#: A pixel high of two thousand kilometres, a pixel wide of ten centimetres.
_STRETCHED = rasterio.Affine(0.1, 0, 1.26e7, 0, -2e6, 2.6e6)


def a_raster(kind="orthophoto") -> RasterDefinition:
    said = dict.fromkeys(("title", "summary", "group", "attribution"), _WORDS)
    return RasterDefinition.model_validate(
        {"code": "photo", "owner": "planning", "kind": kind, "audience": {"kind": "readers"}, **said}
    )


def _vrt(path):
    other = written(path.with_name("other.tif"), photo_bands(8))
    path.write_text(
        '<VRTDataset rasterXSize="8" rasterYSize="8"><SRS>EPSG:3857</SRS><VRTRasterBand dataType="Byte" '
        f'band="1"><SimpleSource><SourceFilename>{other}</SourceFilename></SimpleSource></VRTRasterBand>'
        "</VRTDataset>"
    )


def _address(path):
    path.write_text(
        "<GDAL_WMS><Service name='TMS'><ServerUrl>http://127.0.0.1:9/</ServerUrl></Service></GDAL_WMS>"
    )


def _huge(path):
    """A header of 100,000 × 100,000 pixels and no more."""
    entries = [(256, 100_000), (257, 100_000), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1)]
    entries += [(278, 100_000), (279, 8)]
    body = struct.pack("<H", len(entries))
    body += b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in entries)
    path.write_bytes(b"II*\x00" + struct.pack("<I", 8) + body + bytes(4))


def _cut(path):
    noise = np.random.default_rng(1).integers(0, 255, (3, 512, 512), dtype="uint8")
    whole = written(path, noise, compress="deflate").read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def _beside(path):
    """What says where it lies stands in another file."""
    written(path, photo_bands(8), crs=None, transform=None)
    path.with_suffix(".tfw").write_text("1\n0\n0\n-1\n12600000\n2600000\n")
    path.with_suffix(".prj").write_text(rasterio.CRS.from_epsg(3857).to_wkt())


HOSTILE = {
    "text": (lambda path: path.write_text("not a picture"), "it is not a GeoTIFF"),
    "empty": (lambda path: path.write_bytes(b""), "it is not a GeoTIFF"),
    "virtual": (_vrt, "it is not a GeoTIFF"),
    "address": (_address, "it is not a GeoTIFF"),
    "beginning": (lambda path: path.write_bytes(b"II*\x00" + bytes(40)), "it begins as a TIFF"),
    "huge": (_huge, "it says that it is 100,000 × 100,000 pixels; at most 100,000,000 pixels are read"),
    "cut": (_cut, "its pixels can't be read from row 256 of 512 on: it is cut off or damaged"),
    "systemless": (
        lambda path: written(path, photo_bands(8), crs=None),
        _SYSTEMLESS,
    ),
    "beside": (_beside, _SYSTEMLESS),
    "placeless": (lambda path: written(path, photo_bands(8), transform=None), _PLACELESS),
    "off the map": (
        lambda path: written(path, photo_bands(8), transform=GRID.translation(9e9, 0) * GRID),
        _PLACELESS,
    ),
    "bands": (
        lambda path: written(path, np.zeros((5, 8, 8), "uint8")),
        "it has more than four bands",
    ),
    "sixteen bits": (
        lambda path: written(path, np.zeros((3, 8, 8), "uint16")),
        "an orthophoto has bands of 8 bits, of grey or of red, green and blue, without a palette",
    ),
    "stretched": (
        lambda path: written(path, np.zeros((1, 1, 40_000), "uint8"), transform=_STRETCHED),
        "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_d50_a_hostile_file_is_refused_with_its_reason(tmp_path, name):
    make, reason = HOSTILE[name]
    source, target = tmp_path / "given.tif", tmp_path / "made.tif"
    make(source)
    with pytest.raises(RasterRefused) as refused:
        convert(a_raster(), source, target, most_pixels=_PIXELS, told=lambda share: None)
    said = refused.value.sentence
    assert (reason or "pixels are read") in said.en
    assert said.zh.startswith("不能导入这个文件：")
    assert not target.exists()


def test_d50_heights_are_one_band_of_numbers(tmp_path):
    source = written(tmp_path / "a.tif", photo_bands(8))
    with pytest.raises(RasterRefused, match="heights are one band of numbers"):
        convert(
            a_raster("elevation"), source, tmp_path / "made.tif", most_pixels=_PIXELS, told=lambda share: None
        )


def test_d50_a_file_that_takes_too_much_memory_is_given_up(tmp_path):
    source, target = written(tmp_path / "a.tif", height_bands()), tmp_path / "made.tif"
    with pytest.raises(RasterRefused, match=r"takes more (time or )?memory than allowed"):
        convert(
            a_raster("elevation"),
            source,
            target,
            most_pixels=_PIXELS,
            told=lambda share: None,
            # what the libraries have taken already is more: whoever asks for another page gets none
            memory=1 << 24,
        )
    assert not target.exists()


def test_d50_a_file_that_takes_too_long_is_given_up(tmp_path):
    source = written(tmp_path / "a.tif", height_bands())
    with pytest.raises(RasterRefused, match="takes more time or memory than allowed"):
        convert(
            a_raster("elevation"),
            source,
            tmp_path / "made.tif",
            most_pixels=_PIXELS,
            told=lambda share: None,
            seconds=0.01,
        )
