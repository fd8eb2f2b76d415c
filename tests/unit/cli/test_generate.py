"""Files of made-up people and made-up addresses: addresses of both are one register, so they are one file."""

from __future__ import annotations

import csv

import pytest

from yiwang.cli.commands import generate
from yiwang.maps.addresses.synthesis.roads import AddressRow
from yiwang.registers.synthesis.files import FilesStandThere
from yiwang.registers.synthesis.streets import HEADS


def test_d47_addresses_where_people_live_and_others_are_one_file(tmp_path):
    folder = tmp_path / "city"
    generate.command(folder, people=60, seed=3, addresses=80)

    with (folder / "addresses.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
    with (folder / "buildings.csv").open(encoding="utf-8", newline="") as file:
        built = {row["address"] for row in csv.DictReader(file)}
    others = [row for row in rows if row["code"] not in built]

    assert tuple(reader.fieldnames or ()) == AddressRow._fields == HEADS["addresses"]
    assert len(others) == 80
    assert {row["code"][12] for row in others} == {"8"}
    assert len({row["code"] for row in rows}) == len(rows) == 80 + len(built)
    assert {row["level"] for row in rows if row["code"] in built} == {"plate"}
    assert {row["origin"] for row in rows} == {"synthetic"}
    assert not (folder / "standard_addresses.csv").exists()


def test_d47_a_folder_that_holds_such_files_stays_as_it_was(tmp_path):
    generate.command(tmp_path / "city", people=0, seed=3, addresses=40)
    before = {path.name: path.read_bytes() for path in (tmp_path / "city").iterdir()}

    with pytest.raises(FilesStandThere):
        generate.command(tmp_path / "city", people=20, seed=4, addresses=40)

    assert {path.name: path.read_bytes() for path in (tmp_path / "city").iterdir()} == before
    assert set(before) == {"addresses.csv", "address_names.csv"}
