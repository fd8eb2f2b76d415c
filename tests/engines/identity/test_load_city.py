"""A city is loaded from its files: whole, repeatable, or refused with file and line and nothing changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from yiwang.identity.api import children, division, load_city, organisation, read_city
from yiwang.identity.contracts import CityLoaded
from yiwang.identity.models import Division, Organisation
from yiwang.kernel.errors import DefinitionRefused
from yiwang.kernel.text import Text

pytestmark = pytest.mark.django_db
GUANGZHOU = Path(__file__).parents[3] / "cities" / "guangzhou"

CITY = """\
code: small
name: {zh: 小市, en: Small City}
division: "440100"
timezone: Asia/Shanghai
calendar: china
"""
ORGANISATIONS = """\
code,name_zh,name_en,short_zh,kind,parent,aliases,origin,note
municipal_government,小市人民政府,Small City Government,市政府,municipal,,,plan,
planning,小市规划局,Small City Planning Bureau,市规划局,bureau,municipal_government,规划局;规划委,plan,
"""
DIVISIONS = """\
code,name_zh,name_en,level,parent
440100,小市,Small City,city,
440103,荔湾区,Liwan District,district,440100
440103001,沙面街道,Shamian Subdistrict,street,440103
440103002,人和镇,Renhe Town,street,440103
440103001101,翠洲社区居委会,Cuizhou Community,community,440103001
"""


@pytest.fixture
def folder(tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    (small / "city.yaml").write_text(CITY, encoding="utf-8")
    (small / "organisations.csv").write_text(ORGANISATIONS, encoding="utf-8")
    (small / "divisions.csv").write_text(DIVISIONS, encoding="utf-8")
    return small


def test_organisations_and_divisions_stand_in_one_tree(folder):
    assert load_city(folder) == CityLoaded(
        code="small", divisions=5, organisations=6, added=6, changed=0, retired=0
    )

    office = organisation("s440103001")
    assert office.name == Text("荔湾区沙面街道办事处", "Shamian Subdistrict Office, Liwan District")
    assert office.path == ("municipal_government", "d440103", "s440103001")
    assert organisation("s440103002").short_name.zh == "人和镇政府"
    assert [below.code for below in children("d440103")] == ["s440103001", "s440103002"]
    assert Organisation.objects.get(code="planning").aliases == ["规划局", "规划委"]
    assert division("440103001101").parent == "440103001"


def test_loading_again_changes_only_what_differs(folder):
    load_city(folder)
    assert load_city(folder).added == 0

    renamed = ORGANISATIONS.replace("小市规划局", "小市城市规划局")
    (folder / "organisations.csv").write_text(renamed, encoding="utf-8")
    loaded = load_city(folder)

    assert (loaded.added, loaded.changed, loaded.retired) == (0, 1, 0)
    assert organisation("planning").name.zh == "小市城市规划局"


def test_what_is_no_longer_named_is_retired_not_deleted(folder):
    load_city(folder)
    (folder / "organisations.csv").write_text(
        "".join(ORGANISATIONS.splitlines(keepends=True)[:2]), encoding="utf-8"
    )

    assert load_city(folder).retired == 1
    assert organisation("planning").active is False


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        (
            "organisations.csv",
            "bureau,municipal",
            "burreau,municipal",
            "cities/small/organisations.csv:3: kind: it must be one of municipal, bureau",
        ),
        (
            "organisations.csv",
            ",municipal_government,规划",
            ",no_such_body,规划",
            "cities/small/organisations.csv:3: parent: there is no organisation 'no_such_body'",
        ),
        (
            "organisations.csv",
            "municipal,,,plan",
            "municipal,planning,,plan",
            "cities/small/organisations.csv:2: parent: 'municipal_government' stands above itself",
        ),
        (
            "organisations.csv",
            "Small City Planning Bureau",
            "规划 Bureau",
            "cities/small/organisations.csv:3: name_en: the English name contains Chinese characters",
        ),
        (
            "organisations.csv",
            "planning,小市规划局",
            "municipal_government,小市规划局",
            "cities/small/organisations.csv:3: code: 'municipal_government' stands in line 2 too",
        ),
        (
            "organisations.csv",
            ",plan,\nplanning",
            "\nplanning",
            "cities/small/organisations.csv:2: has 7 cells, the header has 9",
        ),
        (
            "organisations.csv",
            "code,name_zh",
            "name_zh,code",
            "cities/small/organisations.csv:1: the columns",
        ),
        (
            "divisions.csv",
            "沙面街道,Shamian Subdistrict,street,440103",
            "沙面街道,Shamian Subdistrict,street,440104",
            "cities/small/divisions.csv:4: parent: there is no district '440104'",
        ),
        (
            "divisions.csv",
            "440103001101",
            "440199001101",
            "cities/small/divisions.csv:6: parent: the code does not begin like its parent's (440103001)",
        ),
        (
            "divisions.csv",
            "440103002,人和镇",
            "44010300,人和镇",
            "cities/small/divisions.csv:5: code: it must match ^[1-9][0-9]{5}",
        ),
        (
            "city.yaml",
            "timezone: Asia/Shanghai",
            "timezone: Asia/Canton",
            "cities/small/city.yaml:4: timezone: no such time zone",
        ),
        (
            "city.yaml",
            "calendar: china",
            "calendar: china\ncolour: red",
            "cities/small/city.yaml:6: colour: there is no such key here: look at the spelling",
        ),
    ],
)
def test_a_fault_is_refused_with_file_and_line(folder, name, old, new, problem):
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(DefinitionRefused) as refused:
        load_city(folder)

    assert str(refused.value.problems[0]).startswith(problem)
    assert Organisation.objects.count() == Division.objects.count() == 0


@pytest.mark.parametrize(
    ("geojson", "reason"),
    [
        ("{", ":1: not JSON in UTF-8"),
        ('{"features": [{"id": "999999"}]}', ":1: features.0.id: there is no district '999999'"),
        (
            '{"features": [{"id": "440103", "geometry": {"type": "Polygon",'
            ' "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1]]]}}]}',
            ":1: features.0.geometry: a ring must have four points and end where it began",
        ),
        (
            '{"features": [{"id": "440103", "geometry": {"type": "Polygon",'
            ' "coordinates": [[[0, 0], [200, 1], [1, 0], [0, 0]]]}}]}',
            ":1: features.0.geometry: 200, 1 are not degrees",
        ),
    ],
)
def test_a_faulty_boundary_is_refused(folder, geojson, reason):
    (folder / "districts.geojson").write_text(geojson, encoding="utf-8")

    with pytest.raises(DefinitionRefused) as refused:
        load_city(folder)

    assert [str(problem) for problem in refused.value.problems] == [f"cities/small/districts.geojson{reason}"]


def test_guangzhou_loads_whole(tmp_path):
    loaded = load_city(GUANGZHOU)

    assert (loaded.divisions, loaded.organisations) == (3041, 3138)
    assert organisation("fire").path == ("municipal_government", "public_security", "fire")
    assert division("440103").bounds == (113.177734, 23.041992, 113.277344, 23.160156)
    assert read_city(shutil.copytree(GUANGZHOU, tmp_path / "guangzhou")).name == Text("广州市", "Guangzhou")
