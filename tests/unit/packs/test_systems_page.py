"""The systems page lists every system and refuses unknown ones."""

from __future__ import annotations

import pytest

from yiwang.kernel.text import Text
from yiwang.packs.manifest import Manifest
from yiwang.packs.systems import read_platform, systems_page

TABLE = (
    "id,section,name_zh,name_en,kind\nS001,Public face,门户,Portal,system\nS002,Public face,查询,Query,duty\n"
)


def manifest(**systems):
    text = Text("甲", "A")
    return Manifest(name="pack", version="1.0.0", title=text, summary=text, owner="o", systems=systems)


def test_each_system_stands_with_its_packs(tmp_path):
    table = tmp_path / "systems.csv"
    table.write_text(TABLE)

    page = systems_page(table, {"pack": manifest(S001=Text("能用", "Works"))}, {})

    assert "1 of 2 systems work, and 0 of 0 pieces" in page
    assert "| S001 | 门户<br>Portal | `pack` | 能用<br>Works |\n" in page
    assert "| S002 | 查询<br>Query *(duty)* | — | — |\n" in page


def test_an_unknown_system_is_refused(tmp_path):
    table = tmp_path / "systems.csv"
    table.write_text(TABLE)

    with pytest.raises(ValueError, match="S999"):
        systems_page(table, {"pack": manifest(S999=Text("能用", "Works"))}, {})


def test_what_the_platform_carries_needs_no_pack(tmp_path):
    table, platform = tmp_path / "systems.csv", tmp_path / "platform.toml"
    table.write_text(TABLE + "I01,Ground,管线,Ducts,infrastructure\n")
    platform.write_text('[systems.S002]\nzh = "查"\nen = "Asks"\n[systems.I01]\nzh = "管"\nen = "Ducts"\n')

    page = systems_page(table, {"pack": manifest(S002=Text("能用", "Works"))}, read_platform(platform))

    assert "| S002 | 查询<br>Query *(duty)* | `pack`, *platform* | 能用<br>Works<br>查<br>Asks |\n" in page
    assert "| I01 | 管线<br>Ducts | *platform* | 管<br>Ducts |\n" in page
    assert "1 of 2 systems work, and 1 of 1 pieces" in page


def test_the_platform_names_no_unknown_system_either(tmp_path):
    table = tmp_path / "systems.csv"
    table.write_text(TABLE)

    with pytest.raises(ValueError, match="S998"):
        systems_page(table, {}, {"S998": Text("能用", "Works")})
