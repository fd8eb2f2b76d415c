"""What forms pick from registers: the public part of open ones, and nothing of any other."""

from __future__ import annotations

import pytest

from yiwang.registers.api import crossings, enter_entry, find_picked, list_picked, retire_entry
from yiwang.registers.testing import an_officer, apply_packs

from .conftest import APPLIED

OWNER = an_officer("planning", "handler", account=31)
_MANIFEST = (
    'name = "land"\nversion = "0.1.0"\ntitle = { zh = "地块", en = "Land" }\n'
    'summary = { zh = "地块", en = "Land" }\nowner = "planning"\nrequires = []\n'
)
_REGISTER = """code: {code}
title: {{zh: 地块, en: Plots}}
summary: {{zh: 地块, en: Plots}}
owner: planning
open: {open}
key: number
fields:
  - id: 1
    name: number
    kind: text
    title: {{zh: 地块号, en: No.}}
    secrecy: {key}
    required: true
    unique: true
  - {{id: 2, name: road, kind: text, title: {{zh: 路, en: Road}}, secrecy: public, searchable: true}}
  - {{id: 3, name: price, kind: money, title: {{zh: 底价, en: Price}}, secrecy: internal, searchable: true}}
  - {{id: 4, name: area, kind: decimal, title: {{zh: 面积, en: Area}}, secrecy: public}}
  - {{id: 5, name: shape, kind: area, title: {{zh: 范围, en: Shape}}, secrecy: {shape}, searchable: true}}
  - {{id: 6, name: holder, kind: text, title: {{zh: 人, en: Holder}}, secrecy: internal, searchable: true}}
"""
#: Two squares of about 102 by 111 m side by side.
SQUARES = {
    "A-1": "POLYGON((113.3 23.1, 113.301 23.1, 113.301 23.101, 113.3 23.101, 113.3 23.1))",
    "A-2": "POLYGON((113.301 23.1, 113.302 23.1, 113.302 23.101, 113.301 23.101, 113.301 23.1))",
}
HALF = "POLYGON((113.3005 23.1, 113.301 23.1, 113.301 23.101, 113.3005 23.101, 113.3005 23.1))"


def a_register(
    folder, code: str, *, is_open: bool = True, key: str = "public", shape: str = "public"
) -> None:
    text = _REGISTER.format(code=code, open=str(is_open).lower(), key=key, shape=shape)
    (folder / "land" / "registers" / f"{code}.yaml").write_text(text)


@pytest.fixture
def land(db, guarded, tmp_path):
    (tmp_path / "land" / "registers").mkdir(parents=True)
    (tmp_path / "land" / "pack.toml").write_text(_MANIFEST)
    a_register(tmp_path, "plots")
    a_register(tmp_path, "lines")
    a_register(tmp_path, "secrets", is_open=False)
    a_register(tmp_path, "hidden_shapes", shape="internal")
    a_register(tmp_path, "hidden_keys", key="internal")
    apply_packs(tmp_path, ["land"], at=APPLIED)
    entered = {}
    for register in ("plots", "secrets", "hidden_shapes", "hidden_keys"):
        for number, shape in SQUARES.items():
            entered[register, number] = enter(register, number, shape)
    for register in ("lines", "secrets", "hidden_shapes"):
        enter(register, "L-1", HALF)
    return entered


def enter(register: str, number: str, shape: str) -> int:
    values = {
        "number": number,
        "road": f"鹤寿路{number[-1]}号",
        "price": "990000",
        "area": "11350.5",
        "shape": shape,
        "holder": "机密人",
    }
    return enter_entry(actor=OWNER, at=APPLIED, register=register, values=values).entry


def keys(*found):
    return [each.key for each in found]


def test_an_entry_is_given_with_its_public_fields_only(land):
    found = find_picked("plots", "A-1")

    assert found is not None
    assert (found.entry, found.version) == (land["plots", "A-1"], 1)
    assert found.values == {"number": "A-1", "road": "鹤寿路1号", "area": 11350.5}
    assert found.words["area"].zh == "11350.5"
    assert find_picked("plots", "a-1") == found
    assert found.place == (113.3005, 23.1005)
    assert "机密" not in repr(found)
    assert "990000" not in repr(found)


def test_nothing_is_picked_from_a_register_that_is_not_open_or_hides_its_key(land):
    for register in ("secrets", "hidden_keys", "nowhere"):
        assert find_picked(register, "A-1") is None
        assert list_picked(register) == ()
        assert list_picked(register, text="A") == ()
        assert list_picked(register, at=(113.3005, 23.1005)) == ()


def test_a_list_begins_with_a_text_of_public_fields_and_never_tells_of_others(land):
    assert keys(*list_picked("plots")) == ["A-1", "A-2"]
    assert keys(*list_picked("plots", text="a-2")) == ["A-2"]
    assert keys(*list_picked("plots", text="鹤寿路1")) == ["A-1"]
    for guess in ("机密", "990000", "1135"):
        assert list_picked("plots", text=guess) == ()


@pytest.mark.parametrize("text", ["%", "_", "\\", "A-%", "'; DROP TABLE reg.plots; --", "\x00", "机" * 500])
def test_signs_of_a_pattern_or_of_sql_are_only_signs(land, text):
    found = list_picked("plots", text=text)

    assert keys(*found) == (["A-1", "A-2"] if text == "\x00" else [])
    assert find_picked("plots", text) is None
    assert keys(*list_picked("plots")) == ["A-1", "A-2"]


def test_a_place_gives_what_lies_there_where_the_shape_is_public(land):
    assert keys(*list_picked("plots", at=(113.3003, 23.1003))) == ["A-1"]
    assert keys(*list_picked("plots", at=(113.301, 23.1005))) == ["A-1", "A-2"]
    assert list_picked("plots", at=(0.0, 0.0)) == ()
    assert list_picked("hidden_shapes", at=(113.3003, 23.1003)) == ()
    assert find_picked("hidden_shapes", "A-1").place is None


def test_what_lies_over_an_entry_is_told_with_its_square_metres(land):
    first, second = land["plots", "A-1"], land["plots", "A-2"]
    found = crossings("plots", [first, second], "lines", least=1)

    # the half of the square; the second plot only touches it
    assert list(found) == [first]
    (crossing,) = found[first]
    assert 5650 < crossing.overlap < 5700
    assert set(crossing.words) == {"number", "road", "area"}
    assert crossings("plots", [first], "lines", least=6000) == {}
    assert crossings("plots", [], "lines", least=1) == {}


def test_a_closed_register_or_shape_does_not_show_by_what_it_crosses(land):
    first = land["plots", "A-1"]
    for other in ("secrets", "hidden_shapes", "hidden_keys", "nowhere"):
        assert crossings("plots", [first], other, least=1) == {}
    assert crossings("secrets", [land["secrets", "A-1"]], "lines", least=1) == {}
    assert crossings("hidden_shapes", [land["hidden_shapes", "A-1"]], "lines", least=1) == {}


def test_what_is_retired_is_picked_no_more(land):
    retire_entry(actor=OWNER, at=APPLIED, register="plots", entry=land["plots", "A-1"], version=1)

    assert find_picked("plots", "A-1") is None
    assert keys(*list_picked("plots")) == ["A-2"]
    assert crossings("plots", [land["plots", "A-1"]], "lines", least=1) == {}
