"""Rows that come with a pack: each entered once, in the name of its source; a first file all or nothing."""

from __future__ import annotations

import json

import pytest

from yiwang.kernel.errors import DefinitionRefused
from yiwang.packs.api import load, make_plan
from yiwang.packs.models import AppliedDefinition
from yiwang.registers.api import Asked, list_entries, list_registers, retire_entry
from yiwang.registers.models import FileLoad
from yiwang.registers.testing import an_officer, apply_packs

from .conftest import APPLIED

OWNER = an_officer("parks", "handler", account=21)
_MANIFEST = """name = "trees"
version = "1.0.0"
title = {zh = "树木", en = "Trees"}
summary = {zh = "树木", en = "Trees"}
owner = "parks"
"""
_REGISTER = """code: trees
title: {zh: 树木登记簿, en: Register of trees}
summary: {zh: 树木, en: Trees}
owner: parks
sources: [agriculture]
key: number
fields:
  - {id: 1, name: number, kind: text, title: {zh: 编号, en: Number}, required: true, unique: true}
  - {id: 2, name: planted, kind: date, title: {zh: 种植日期, en: Planted on}}
"""
_ROWS = "number,种植日期\nA1,1950-03-12\nA2,\n"


@pytest.fixture
def packs(tmp_path, db, guarded):
    folder = tmp_path / "trees"
    (folder / "registers").mkdir(parents=True)
    (folder / "data").mkdir()
    (folder / "pack.toml").write_text(_MANIFEST, encoding="utf-8")
    (folder / "registers" / "trees.yaml").write_text(_REGISTER, encoding="utf-8")
    write(tmp_path, "trees.csv", _ROWS)
    return tmp_path


def write(packs, name, text):
    (packs / "trees" / "data" / name).write_text(text, encoding="utf-8")


def apply(packs):
    apply_packs(packs, ["trees"], at=APPLIED, with_data=True)


def entries():
    asked = Asked(limit=100, count="exact")
    body = list_entries(actor=OWNER, register="trees", asked=asked, at=APPLIED).body
    rows = [(row["values"]["number"], row["values"]["planted"], row["source"]) for row in json.loads(body)]
    return sorted(rows)


def problems(packs):
    return [str(problem) for problem in load(packs, ["trees"]).problems]


def test_rows_are_entered_once_in_the_name_of_their_source(packs):
    write(packs, "trees.agriculture.csv", "number\nB1\n")
    plan = make_plan(load(packs, ["trees"]))
    steps = {change.code: change.steps[0].text.en for change in plan.changes if change.kind == "data"}

    apply(packs)
    first = entries()
    apply(packs)

    assert steps == {"trees": "Enter 2 rows", "trees.agriculture": "Enter 1 row"}
    assert first == [("A1", "1950-03-12", "parks"), ("A2", None, "parks"), ("B1", None, "agriculture")]
    assert entries() == first
    assert list(FileLoad.objects.order_by("source").values_list("source", "loaded", "account_id")) == [
        ("agriculture", 1, None),
        ("parks", 2, None),
    ]


def test_of_a_newer_file_what_was_never_there_is_entered(packs):
    write(packs, "trees.csv", "number,planted\nA1,1950-03-12\nA2,\n")
    apply(packs)
    asked = Asked(limit=1, count="none")
    (entry,) = json.loads(list_entries(actor=OWNER, register="trees", asked=asked, at=APPLIED).body)
    retire_entry(actor=OWNER, at=APPLIED, register="trees", entry=entry["entry"], version=1)

    write(
        packs,
        "trees.csv",
        "种植日期,编号\n1900-01-01,A1\n1900-01-01,A2\n\n1951-01-01, A3\n1951-02-30,A4\n,A5\n",
    )
    plan = make_plan(load(packs, ["trees"]))
    apply(packs)
    again = entries()
    write(packs, "trees.csv", "number,planted\nA1,1950-03-12\nA2,\n")
    apply(packs)

    [step] = [change.steps[0].text.en for change in plan.changes if change.kind == "data"]
    assert step == "The register keeps its entries; only rows that it has never had are entered"
    # A1 was retired, A2 is the officers' own, A4 was planted on no day
    assert again == [("A2", None, "parks"), ("A3", "1951-01-01", "parks"), ("A5", None, "parks")]
    assert entries() == again
    assert list(FileLoad.objects.order_by("pk").values_list("loaded", "bad_rows")) == [(2, 0), (2, 1)]


def test_one_bad_row_refuses_the_whole_apply_with_its_line(packs):
    write(packs, "trees.csv", "number,planted\nA1,1950-02-30\n")

    with pytest.raises(DefinitionRefused) as refused:
        apply(packs)

    assert [(p.file, p.line, p.path) for p in refused.value.problems] == [
        ("packs/trees/data/trees.csv", 2, "planted")
    ]
    assert (list_registers(), AppliedDefinition.objects.count(), FileLoad.objects.count()) == ([], 0, 0)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("bushes.csv", "number\nA1\n", "bushes.csv: there is no register 'bushes'"),
        (
            "trees.labour.csv",
            "number\nA1\n",
            "trees.labour.csv: 'labour' is no source of the register 'trees'",
        ),
        ("trees.csv", "number,girth\nA1,3\n", "trees.csv:1: girth: The register has no such column"),
        ("trees.csv", "planted\n1950-03-12\n", "trees.csv:1: number: This required column is missing"),
        ("trees.csv", "number,planted\nA1\n", "trees.csv:2: Has 1 cells instead of 2"),
        ("trees.csv", "number\n", "trees.csv: There is no row"),
        ("trees.csv", 'number\n"A1\n', "trees.csv: Not well-formed CSV in UTF-8"),
    ],
)
def test_what_does_not_fit_is_told_before_anything_is_applied(packs, name, text, said):
    write(packs, name, text)

    (told,) = problems(packs)

    assert said in told
