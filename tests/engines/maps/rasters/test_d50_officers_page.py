"""D50: imagery loaded by its keeper's officers in the browser: whole or not at all, for nobody else."""

from __future__ import annotations

import os
import re
import shutil
import time
from base64 import b64encode
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from rasterio.transform import Affine
from tests.engines.maps.conftest import APPLIED
from tests.engines.maps.rasters.geotiffs import COLUMN, RASTERS, ROW, ZOOM, photo_bands, written
from tests.engines.maps.rasters.test_d50_hostile_rasters import _cut, _huge

from yiwang.identity.testing import an_officer, sign_in
from yiwang.maps.models import RasterChange, RasterEdition, RasterUpload
from yiwang.maps.rasters import converted, loading
from yiwang.maps.rasters.arriving import api as arriving
from yiwang.maps.rasters.arriving.contracts import EditionBeingRead, UploadNotFound, UploadStopped
from yiwang.maps.rasters.contracts import EditionChanged
from yiwang.maps.rasters.drawing import OWN as PROCESS
from yiwang.maps.rasters.keeping import PictureStore
from yiwang.maps.rasters.queries import pictures
from yiwang.maps.rasters.queries.editions import folder_of
from yiwang.platform.contracts import StorageFull
from yiwang.platform.environment import ROOT, environment
from yiwang.platform.models import JournalEntry
from yiwang.registers.loading import arrival
from yiwang.registers.testing import an_officer as acting

pytestmark = pytest.mark.django_db
AT = APPLIED
SEND = "/desk/rasters/photo/send/"
EDITION = "/desk/rasters/photo/editions/2025/"
TILE = f"/maps/rasters/photo/2025/{ZOOM}/{COLUMN}/{ROW}.png"
KEEPER = acting("planning")
COLLEAGUE = replace(acting("planning", "approver"), account_id=77)


@pytest.fixture(autouse=True)
def _afresh(monkeypatch, tmp_path, pack):
    changed = environment().model_copy(update={"var": tmp_path / "var", "raster_pixels": 1_000_000})
    for place in ("maps.rasters.loading", "maps.rasters.queries.editions", "registers.loading.arrival"):
        monkeypatch.setattr(f"yiwang.{place}.environment", lambda: changed)
    monkeypatch.setattr(pictures, "KEPT", PictureStore(1_000_000))
    pack(**{name.replace("/", "__"): text for name, text in RASTERS.items()})


@pytest.fixture(scope="module", autouse=True)
def _ended():
    yield
    PROCESS.end()


@pytest.fixture
def desk() -> Client:
    """An examiner of the office that keeps the imagery."""
    return sign_in(Client(), an_officer("planning", roles={"handler"}))


@pytest.fixture
def photo(tmp_path) -> bytes:
    return written(tmp_path / "photo.tif", photo_bands()).read_bytes()


def sent(desk, content, name="影像.tif", **said):
    return desk.post(SEND, {"file": SimpleUploadedFile(name, content), "year": "2025", **said})


def nothing_kept() -> bool:
    return not RasterEdition.objects.exists() and not list(folder_of("photo").iterdir())


def announced(actor=KEEPER, year=2025, size=10, **said) -> int:
    return arriving.announce_raster(
        actor=actor, at=AT, raster="photo", year=year, name="a.tif", size=size, **said
    )


def waiting(content: bytes, *, year=2025, **said) -> int:
    """A file that has arrived and waits for the worker."""
    number = announced(year=year, size=len(content), **said)
    arriving.append_upload(actor=KEEPER, upload=number, offset=0, content=content)
    arriving.begin_raster(actor=KEEPER, at=AT, upload=number)
    return number


def test_d50_an_officer_loads_a_year_looks_at_it_takes_it_back_and_puts_it_back(desk, photo, client):
    answer = sent(desk, photo)
    page = desk.get(answer["Location"], follow=True)
    assert page.redirect_chain == [(EDITION, 302)]
    text = page.content.decode()
    for words in ("已导入2025年的影像。", "256 × 256", "每像素约2.19米", "EPSG:3857", "使用中"):
        assert words in text
    still = re.findall(r'<img class="yw-mapsheet-paper" src="([^"]+)"', text)
    assert desk.get(still[0])["Content-Type"] == "image/png"
    where = re.findall(r'href="(/map/\?[^"]+)"', text)[0].replace("&amp;", "&")
    assert where == "/map/?tool=imagery&at=15/23.41537/113.25531"
    assert desk.get(where).status_code == 200
    assert client.get(TILE).status_code == 200
    assert list((arrival.folder()).iterdir()) == []

    refused = desk.post(f"{EDITION}take-back/", {"reason": " "})
    assert (refused.status_code, "请写明原因" in refused.content.decode()) == (422, True)
    assert client.get(TILE).status_code == 200
    desk.post(f"{EDITION}take-back/", {"reason": "拍摄日期有误"})
    for address in (TILE, "/maps/rasters/photo/2025.json", "/maps/rasters/photo/2025/still.png"):
        assert (client.get(address).status_code, desk.get(address).status_code) == (404, 404)
    assert "photo.2025" not in client.get("/ogc/wmts?service=WMTS&request=GetCapabilities").content.decode()
    text = desk.get(EDITION).content.decode()
    assert "拍摄日期有误" in text
    assert "still.png" not in text
    assert "已撤回" in desk.get("/desk/rasters/").content.decode()
    assert desk.post(f"{EDITION}take-back/", {"reason": "再次"}).status_code == 404

    desk.post(f"{EDITION}put-back/", {"reason": "已核对"})
    assert client.get(TILE).status_code == 200
    kept = RasterChange.objects.order_by("id").values_list("act", "reason", "revision")
    assert list(kept) == [("loaded", "", 1), ("taken_back", "拍摄日期有误", 1), ("put_back", "已核对", 1)]
    done = JournalEntry.objects.filter(operation="maps.raster.take_back", outcome="done")
    assert [row.subject for row in done] == ["raster:photo/2025"] * 2


def test_d50_a_year_is_replaced_only_where_that_is_said(desk, photo, tmp_path, client):
    sent(desk, photo)
    before = RasterEdition.objects.get()
    other = written(tmp_path / "b.tif", photo_bands() // 2).read_bytes()
    refused = sent(desk, other)
    assert (refused.status_code, "要替换它，请勾选" in refused.content.decode()) == (422, True)
    assert RasterEdition.objects.get() == before
    assert RasterUpload.objects.count() == 1
    assert sent(desk, other, replacing="yes").status_code == 302
    assert RasterEdition.objects.get().revision == 2
    # what was taken back is in nobody's way
    desk.post(f"{EDITION}take-back/", {"reason": "有误"})
    assert sent(desk, photo).status_code == 302
    assert client.get(TILE).status_code == 200


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"year": "25"}, "年份应为1900至2100之间的整数"),
        ({"year": "二〇二五"}, "年份应为1900至2100之间的整数"),
        ({"file": SimpleUploadedFile("a.tif", b"")}, "文件不能是空的"),
        ({"file": ""}, "请选择文件"),
    ],
)
def test_d50_what_is_said_wrongly_is_told_beside_the_question(desk, photo, said, words):
    answer = desk.post(SEND, {"file": SimpleUploadedFile("a.tif", photo), "year": "2025", **said})
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not RasterUpload.objects.exists()
    assert nothing_kept()


def _elsewhere(path):
    written(path, photo_bands(8), crs=4490, transform=grid_at(120.0, 30.0))


def grid_at(west, north):
    return Affine(0.00001, 0, west, 0, -0.00001, north)


HOSTILE = {
    "no TIFF": (lambda path: path.write_bytes(b"MZ\x90\x00 program"), "不是GeoTIFF文件", "not a GeoTIFF"),
    "bomb": (_huge, "100,000×100,000像素超过上限1,000,000像素", "at most 1,000,000 pixels are read"),
    "truncated": (_cut, "行起（共512行）的像素无法读取", "of 512 on: it is cut off or damaged"),
    "no system": (
        lambda path: written(path, photo_bands(8), crs=None),
        "没有坐标系",
        "it has no reference system",
    ),
    "outside": (
        _elsewhere,
        "（EPSG:4490）位于东经120.000至120.000、北纬30.000至30.000，在本市各区之外",
        "120.000 degrees east and 30.000 to 30.000 degrees north, outside",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_d50_a_hostile_file_is_told_in_both_languages_and_leaves_nothing(desk, tmp_path, name, monkeypatch):
    make, zh, en = HOSTILE[name]
    monkeypatch.setattr(loading, "touches_city", lambda west, *rest: west < 115)
    make(tmp_path / "given.tif")
    where = sent(desk, (tmp_path / "given.tif").read_bytes())["Location"]
    for address, words in ((where, zh), (f"/en{where}", en)):
        page = desk.get(address)
        assert (page.status_code, words in page.content.decode()) == (200, True), page.content.decode()
    assert nothing_kept()
    assert list(arrival.folder().iterdir()) == []
    assert RasterUpload.objects.get().state == "refused"


def test_d50_only_the_keepers_officers_see_and_send(desk, photo, client):
    sent(desk, photo)
    upload = RasterUpload.objects.get().pk
    number = announced(year=2024)
    pages = [SEND, EDITION, f"/desk/rasters/uploads/{upload}/", f"/desk/rasters/uploads/{number}/"]
    acts = [SEND, f"{EDITION}take-back/", f"{EDITION}put-back/", f"/desk/rasters/uploads/{number}/stop/"]
    before = (RasterEdition.objects.get(), RasterUpload.objects.get(pk=number).state)
    elsewhere = sign_in(Client(), an_officer("parks", roles={"handler"}))
    assert [elsewhere.get(each).status_code for each in pages] == [404] * 4
    assert [elsewhere.post(each, {"reason": "x", "year": "2025"}).status_code for each in acts] == [404] * 4
    assert "photo" not in elsewhere.get("/desk/rasters/").content.decode()
    part = f"/desk/rasters/uploads/{number}/parts/"
    assert (elsewhere.head(part).status_code, _patched(elsewhere, part, 0, b"II").status_code) == (404, 404)
    window = sign_in(Client(), an_officer("planning", roles={"window"}))
    assert {window.get(each).status_code for each in ["/desk/rasters/", *pages]} == {403}
    assert {window.post(each, {"reason": "x"}).status_code for each in acts} == {403}
    assert {client.get(each).status_code for each in pages} == {302}
    assert (RasterEdition.objects.get(), RasterUpload.objects.get(pk=number).state) == before
    # in one house: a colleague sees and stops it, and adds nothing to another's file
    with pytest.raises(UploadNotFound):
        arriving.append_upload(actor=COLLEAGUE, upload=number, offset=0, content=b"II")


def _patched(desk, place, offset, content):
    return desk.generic(
        "PATCH",
        place,
        content,
        content_type="application/offset+octet-stream",
        headers={"Upload-Offset": str(offset)},
    )


def test_d50_a_large_file_comes_in_parts_and_goes_on_where_it_was_cut_off(desk, photo, client):
    said = {"filename": "大.tif", "year": "2025"}
    words = ",".join(f"{key} {b64encode(value.encode()).decode()}" for key, value in said.items())
    place = f"{SEND}parts/"

    def begun(metadata):
        head = {"Upload-Length": str(len(photo)), "Upload-Metadata": metadata, "Accept": "application/json"}
        return desk.post(place, headers=head)

    refused = begun(f"filename {b64encode(b'a').decode()}")
    assert (refused.status_code, refused.json()["title"]) == (422, "年份应为1900至2100之间的整数")
    where = begun(words)["Location"]
    half = len(photo) // 2
    assert _patched(desk, where, 0, photo[:half])["Upload-Offset"] == str(half)
    assert _patched(desk, where, 0, photo[:half]).status_code == 409
    assert desk.head(where)["Upload-Offset"] == str(half)
    page = desk.get(where.removesuffix("parts/")).content.decode()
    assert "正在上传" in page
    assert RasterEdition.objects.count() == 0
    assert _patched(desk, where, half, photo[half:]).status_code == 204
    assert RasterUpload.objects.get().name == "大.tif"
    assert client.get(TILE).status_code == 200
    assert _patched(desk, where, len(photo), b"more").status_code == 404


def test_d50_of_two_files_for_a_year_the_second_is_told_and_changes_nothing(photo):
    first, second = announced(size=len(photo)), announced(size=len(photo))
    for number in (first, second):
        arriving.append_upload(actor=KEEPER, upload=number, offset=0, content=photo)
    arriving.begin_raster(actor=KEEPER, at=AT, upload=first)
    with pytest.raises(EditionBeingRead):
        arriving.begin_raster(actor=KEEPER, at=AT, upload=second)
    assert arriving.read_raster(upload=first, at=AT) is True
    assert arriving.read_raster(upload=first, at=AT) is False
    # announced when nothing stood there: what the first loaded is not replaced unseen
    arriving.begin_raster(actor=KEEPER, at=AT, upload=second)
    arriving.read_raster(upload=second, at=AT)
    view = arriving.get_upload(actor=KEEPER, upload=second)
    assert (view.state, view.refusal) == ("refused", EditionChanged(year=2025).sentence)
    assert RasterEdition.objects.get().revision == 1
    assert len(list(folder_of("photo").iterdir())) == 1


def test_d50_a_stopped_file_is_not_loaded_even_at_the_last_moment(photo, monkeypatch):
    number = waiting(photo)
    heard = []

    def stopped_meanwhile(*args, **named):
        made = converted.convert(*args, **named)
        arriving.stop_raster(actor=COLLEAGUE, at=AT, upload=number)
        heard.append(made)
        return made

    monkeypatch.setattr(loading, "convert", stopped_meanwhile)
    arriving.read_raster(upload=number, at=AT)
    assert (len(heard), RasterUpload.objects.get().state) == (1, "stopped")
    assert nothing_kept()


def test_d50_the_process_that_reads_ends_when_the_file_is_stopped(photo, monkeypatch):
    number = waiting(photo)
    ended = []

    def told_first(raster, source, target, *, most_pixels, told, **more):
        arriving.stop_raster(actor=KEEPER, at=AT, upload=number)
        try:
            return converted.convert(raster, source, target, most_pixels=most_pixels, told=told)
        except UploadStopped:
            ended.append(number)
            raise

    monkeypatch.setattr(loading, "convert", told_first)
    arriving.read_raster(upload=number, at=AT)
    assert (ended, RasterUpload.objects.get().state) == ([number], "stopped")
    assert nothing_kept()


def test_d50_a_full_disk_is_told_and_waited_for_and_leaves_nothing(photo, monkeypatch, desk):
    number = waiting(photo)
    with monkeypatch.context() as full:
        # as the process that reads says it, whose folder has no room
        full.setattr(converted, "_MODULE", "tests.engines.maps.rasters.no_room")
        full.setitem(converted.QUIET, "PYTHONPATH", f"{converted.QUIET['PYTHONPATH']}:{ROOT}")
        with pytest.raises(StorageFull):
            arriving.read_raster(upload=number, at=AT)
    assert nothing_kept()
    page = desk.get(f"/desk/rasters/uploads/{number}/").content.decode()
    assert "服务器存储空间不足，腾出空间后自动继续" in page
    assert arriving.read_raster(upload=number, at=AT) is True
    assert RasterUpload.objects.get().state == "done"
    assert RasterUpload.objects.get().refusal == {}


def test_d50_what_a_killed_worker_left_goes_and_the_file_is_read_anew(photo, client):
    number = waiting(photo)
    place = folder_of("photo")
    killed = place / f".loading-{number}-killed"
    killed.mkdir()
    (killed / "made.draft.tif").write_bytes(bytes(100))
    long_ago = place / "2025-orphan.tif"
    long_ago.write_bytes(bytes(10))
    another = place / ".loading-command-now"
    another.mkdir()
    hours = time.time() - 3 * 3600
    os.utime(long_ago, (hours, hours))
    assert client.get(TILE).status_code == 404
    arriving.read_raster(upload=number, at=AT)
    assert sorted(path.name for path in place.iterdir()) == [
        another.name,
        RasterEdition.objects.get().file,
    ]
    assert client.get(TILE).status_code == 200


def test_d50_a_file_that_was_deleted_meanwhile_is_told(photo, desk):
    number, left = waiting(photo), announced(year=2023)
    shutil.rmtree(arrival.folder())
    arriving.read_raster(upload=number, at=AT)
    assert "文件已删除，请重新上传" in desk.get(f"/desk/rasters/uploads/{number}/").content.decode()
    assert "文件已删除" in desk.get(f"/desk/rasters/uploads/{left}/").content.decode()


def test_d50_names_are_shown_harmless(desk, photo):
    sent(desk, photo, name='<script>"a|b.tif', year="1800")
    sent(desk, photo, name='<script>"a|b.tif')
    assert RasterUpload.objects.get().name == "scriptab.tif"
