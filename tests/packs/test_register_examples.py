"""The examples of every pack are good entries, and entering them twice enters them once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from yiwang.identity.api import read_city
from yiwang.kernel.codes import birth_of
from yiwang.kernel.errors import DefinitionRefused
from yiwang.packs.api import load
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import ROOT
from yiwang.registers.examples import enter_examples, read_examples
from yiwang.registers.testing import apply_packs

#: The living city issues licences, and officers keep results of analysis.
WRITTEN_BY_CASES = {"licences"} | {
    path.stem for path in (ROOT / "packs/map_analysis/registers").glob("*.yaml")
}
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
PACKS = sorted({path.parents[1].name for path in (ROOT / "packs").glob("*/examples/*.yaml")})


@pytest.mark.parametrize("pack", PACKS)
def test_examples_are_good_entries_once(db, pack):
    folder = ROOT / "packs" / pack
    loaded = load(ROOT / "packs", [pack])
    assert loaded.problems == []
    apply_packs(ROOT / "packs", [pack], at=AT)
    for required in [name for name in loaded.manifests if name != pack]:  # what its entries refer to
        enter_examples(ROOT / "packs" / required, actor=Actor.system("examples"), at=AT)
    wanted = sum(len(examples.entries) for examples in read_examples(folder))

    first = enter_examples(folder, actor=Actor.system("examples"), at=AT)
    second = enter_examples(folder, actor=Actor.system("examples"), at=AT)

    assert (len(first), second) == (wanted, [])
    assert wanted > 0


def test_a_demonstration_shows_something_in_every_register():
    packs = read_city(ROOT / "cities" / "guangzhou").packs
    declared = {path.stem for pack in packs for path in ROOT.glob(f"packs/{pack}/registers/*.yaml")}
    brought = {
        path.stem.split(".")[0] for pack in packs for path in (ROOT / "packs" / pack).glob("data/*.csv")
    }
    shown = {
        examples.register_code
        for pack in PACKS
        for examples in read_examples(ROOT / "packs" / pack)
        if examples.demonstration
    }

    assert declared - brought - shown == WRITTEN_BY_CASES


def test_examples_of_people_agree_with_their_numbers():
    for examples in read_examples(ROOT / "packs" / "population"):
        for entry in examples.entries:
            if {"id_number", "birth_date"} <= entry.values.keys():
                number = str(entry.values["id_number"])
                assert birth_of(number).isoformat() == entry.values["birth_date"]
                assert int(number[16]) % 2 == int(entry.values["sex"]) % 2


def test_a_faulty_example_is_refused_with_its_line(tmp_path):
    folder = tmp_path / "trees"
    (folder / "examples").mkdir(parents=True)
    (folder / "examples" / "trees.yaml").write_text(
        "register: trees\nentries:\n  - valid_from: yesterday\n    values: {}\n", encoding="utf-8"
    )

    with pytest.raises(DefinitionRefused) as refused:
        list(read_examples(folder))
    assert str(refused.value).startswith("packs/trees/examples/trees.yaml:3: entries.0.valid_from")
