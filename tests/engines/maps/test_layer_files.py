"""A file becomes a layer in one way through the pages: all of it or nothing, and nothing leaves the house."""

from __future__ import annotations

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.engines.maps.test_tiles import NEAR

from yiwang.identity.testing import an_officer, sign_in
from yiwang.maps.making import api
from yiwang.maps.making.files.api import lay_layer_file
from yiwang.maps.models import Layer, LayerDraft, LayerFile
from yiwang.maps.testing import read_tile
from yiwang.packs.models import AppliedDefinition, DrawnDefinition
from yiwang.registers.api import get_register, list_registers
from yiwang.registers.definitions import FieldKind
from yiwang.registers.loading.arrival import folder
from yiwang.registers.models import FileLoad, Register

pytestmark = pytest.mark.django_db
WORDS = {
    f"{name}_{language}": word
    for name in ("title", "summary", "group")
    for language, word in {"zh": "巡查点位", "en": "Places on the rounds"}.items()
}


def _ring(east: float, degrees: float = 0.0004) -> list[list[list[float]]]:
    north, far, up = 23.1291, east + degrees, 23.1291 + degrees
    return [[[east, north], [far, north], [far, up], [east, up], [east, north]]]


def _feature(shape: object, **said: object) -> dict[str, object]:
    return {"type": "Feature", "properties": said, "geometry": shape}


def _areas(*names: str, **more: object) -> bytes:
    features = [
        _feature({"type": "Polygon", "coordinates": _ring(113.2644 + place * 0.0001)}, name=name, **more)
        for place, name in enumerate(names)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _sent(desk: Client, name: str, content: bytes, **said: str) -> object:
    return desk.post("/desk/layers/from-file/", {"file": SimpleUploadedFile(name, content), **said})


def _columns(page: str) -> dict[str, str]:
    """What the page proposes, as it would be sent."""
    found = dict(re.findall(r'name="(column_\w\w-\d+)" value="([^"]*)"', page))
    for name, options in re.findall(
        r'<select class="govuk-select" name="(kind-\d+)".*?>(.*?)</select>', page
    ):
        found[name] = re.findall(r'value="(\w+)" selected', options)[0]
    return found


def _said(page: str, **more: object) -> dict[str, object]:
    taken = re.findall(r'name="take" value="(\d+)" checked', page)
    persons = re.findall(r'name="person" value="(\d+)" checked', page)
    answers = {
        "take": taken,
        "person": persons,
        "system": "",
        "on_bad_rows": "refuse_all",
        "crossing": "refuse",
    }
    return {**WORDS, **_columns(page), **answers, **more}


def _state() -> tuple[object, ...]:
    return (
        sorted(Register.objects.values_list("code", flat=True)),
        sorted(DrawnDefinition.objects.values_list("code", flat=True)),
        AppliedDefinition.objects.count(),
        FileLoad.objects.count(),
        LayerDraft.objects.count(),
        Layer.objects.count(),
    )


@pytest.fixture
def desk(pack) -> Client:
    """An examiner of the office that keeps the plots."""
    pack()
    return sign_in(Client(), an_officer("planning", roles={"handler"}))


def test_d45_a_file_becomes_a_layer_in_one_way_through_the_pages(desk) -> None:
    sent = _sent(
        desk, "点位.geojson", _areas("一号", "二号", floors=3, area=12.123456789, 手机="13800138000")
    )
    page = desk.get(sent["Location"]).content.decode()
    assert "文件中有2个要素，都是面。" in page
    assert "保留6位小数" in page
    answer = desk.post(sent["Location"], _said(page))
    assert answer.status_code == 302, answer.content.decode()
    draft = desk.get(answer["Location"])
    assert draft["Location"] == f"/desk/layers/drafts/{LayerDraft.objects.get().pk}/"
    register = get_register("file_planning_1")
    assert [(each.name, each.kind.value, each.secrecy.value) for each in register.fields] == [
        ("number", "text", "internal"),
        ("shape", "area", "internal"),
        ("name", "text", "internal"),
        ("floors", "integer", "internal"),
        ("area", "decimal", "internal"),
        ("c4", "text", "personal"),
    ]
    assert (register.owner, register.open, register.sources) == ("planning", False, ())
    maker = an_officer("planning", roles={"handler"})
    row = LayerDraft.objects.get()
    api.publish_layer(actor=maker, at=row.saved_at, draft=row.pk, version=row.version)
    tile = read_tile(desk.get(f"/maps/tiles/{row.code}/{NEAR}.mvt").content)
    assert [(each["name"], each["floors"], each["area"]) for each in tile.of(row.code)] == [
        ("一号", 3.0, 12.123457),
        ("二号", 3.0, 12.123457),
    ]
    assert tile.keys[row.code] == ("name", "floors", "area")
    assert not (folder() / LayerFile.objects.get().file).exists()
    # nobody else has the register, so nobody else has the layer
    for other in (sign_in(Client(), an_officer("parks", roles={"handler"})), Client()):
        assert other.get(f"/maps/tiles/{row.code}/{NEAR}.mvt").status_code == 404


def test_d45_a_wrong_feature_is_named_with_its_place_and_nothing_is_left(desk) -> None:
    before = _state()
    crossing = [
        [
            [113.2644, 23.1291],
            [113.2648, 23.1295],
            [113.2648, 23.1291],
            [113.2644, 23.1295],
            [113.2644, 23.1291],
        ]
    ]
    features = json.loads(_areas("一号"))["features"]
    features.append(_feature({"type": "Polygon", "coordinates": crossing}, name="二号"))
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    where = _sent(desk, "crossing.geojson", content)["Location"]
    page = desk.get(where).content.decode()
    desk.post(where, _said(page))
    page = desk.get(where).content.decode()
    assert "2个要素中有1个不合要求，没有导入任何内容。" in page
    assert re.search(r'scope="row">第2个</th>.*?图形.*?自相交', page)
    assert _state() == before
    # said otherwise, the same file goes in: repaired, or without the wrong feature
    assert desk.post(where, _said(page, crossing="repair"))["Location"] == where
    assert desk.get(where).status_code == 302
    assert Register.objects.filter(code="file_planning_1").exists()
    assert LayerFile.objects.get().loaded == 2


def test_d48_a_table_with_two_columns_of_degrees_and_chinese_signs_becomes_points(desk) -> None:
    text = "名称,经度,纬度,日期\n甲,113.2644,23.1291,2026-01-02\n乙,113.2646,23.1292,2026-02-03\n"
    where = _sent(desk, "points.csv", text.encode("gb18030"))["Location"]
    page = desk.get(where).content.decode()
    assert "都是点" in page
    assert _columns(page)["column_en-0"] == "Column 1"
    desk.post(where, _said(page))
    fields = {each.name: each.kind for each in get_register("file_planning_1").fields}
    assert fields == {
        "number": FieldKind.TEXT, "shape": FieldKind.POINT, "c1": FieldKind.TEXT, "c2": FieldKind.DATE,
    }  # fmt: skip
    assert LayerFile.objects.get().loaded == 2


def test_d48_a_web_maps_coordinates_are_moved_as_declared(desk) -> None:
    text = "name,lng,lat\na,113.2700,23.1265\n"
    where = _sent(desk, "points.csv", text.encode(), system="gcj02")["Location"]
    page = desk.get(where).content.decode()
    assert re.search(r'value="gcj02"\s+(selected|checked)', page)
    desk.post(where, _said(page, system="gcj02"))
    view = api.get_layer_draft(
        actor=an_officer("planning", roles={"handler"}), draft=LayerDraft.objects.get().pk
    )
    read = api.candidate_of(an_officer("planning", roles={"handler"}), view.layer)
    assert read is not None
    assert FileLoad.objects.get().system == "gcj02"


UNFIT = (
    ("nothing.csv", b"name,remark\na,b\n", "没有可以画到地图上的内容"),
    ("empty.csv", b"", "文件是空的"),
    ("script.exe", b"MZ", "请上传 Shapefile"),
    ("twice.csv", b"lng,lat,a,a\n113,23,1,2\n", "出现了两次"),
    ("broken.zip", b"PK\x03\x04nothing", "损坏"),
    ("other.geojson", b'{"type": "Topology"}', ""),
)


@pytest.mark.parametrize(("name", "content", "words"), UNFIT)
def test_d45_what_cannot_be_drawn_is_refused_before_anything_is_kept(desk, name, content, words) -> None:
    before = (_state(), set(folder().iterdir()))
    answer = _sent(desk, name, content)
    assert (answer.status_code, words in answer.content.decode()) == (422, True), answer.content.decode()
    assert (_state(), set(folder().iterdir())) == before
    assert not LayerFile.objects.exists()


def test_d45_words_that_are_missing_are_asked_for_at_their_place(desk) -> None:
    where = _sent(desk, "areas.geojson", _areas("a"))["Location"]
    page = desk.get(where).content.decode()
    answer = desk.post(where, _said(page, title_en="", **{"column_en-0": "二号"}))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "中文和英文都须填写" in text
    assert "英文中不应有汉字" in text
    assert LayerFile.objects.get().state == "choosing"
    answer = desk.post(where, _said(page, take=["99"], **{"kind-0": "resident_id"}))
    assert LayerFile.objects.get().state in {"choosing", "done"}


def test_d46_a_file_is_its_senders_alone_and_needs_the_right_to_draw_up_registers(desk, monkeypatch) -> None:
    where = _sent(desk, "areas.geojson", _areas("a"))["Location"]
    before = _state()
    colleague = sign_in(Client(), an_officer("planning", roles={"handler"}, name="Colleague"))
    elsewhere = sign_in(Client(), an_officer("parks", roles={"handler"}))
    reader = sign_in(Client(), an_officer("planning", roles={"reviewer"}))
    page = desk.get(where).content.decode()
    for other in (colleague, elsewhere):
        assert other.get(where).status_code == 404
        assert other.post(where, _said(page)).status_code == 404
    assert reader.get("/desk/layers/from-file/").status_code == 403
    assert reader.post(where, _said(page)).status_code == 403
    assert _state() == before
    assert [each.code for each in list_registers()] == ["plots", "trees"]


def test_d45_a_large_file_is_laid_by_the_worker_and_shows_how_far_it_is(desk, monkeypatch) -> None:
    monkeypatch.setattr("yiwang.maps.making.files.web.pages._AT_ONCE", 10)
    where = _sent(desk, "areas.geojson", _areas("a"))["Location"]
    desk.post(where, _said(desk.get(where).content.decode()))
    page = desk.get(where).content.decode()
    assert "正在导入" in page
    assert 'data-hx-trigger="every 2s"' in page
    row = LayerFile.objects.get()
    assert lay_layer_file(file=row.pk, at=row.asked_at)
    assert not lay_layer_file(file=row.pk, at=row.asked_at)
    assert desk.get(where, headers={"HX-Request": "true"})["HX-Redirect"] == where
    assert desk.get(where)["Location"].startswith("/desk/layers/drafts/")
