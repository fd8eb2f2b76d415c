"""The generator's lists and insurance files go into their registers whole, by the usual load."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from yiwang.platform import command as command_module
from yiwang.platform.environment import ROOT
from yiwang.registers.api import load_file
from yiwang.registers.synthesis.city import HEADS, city_rows
from yiwang.registers.synthesis.files import write_city
from yiwang.registers.synthesis.firm_lists import HEADS as FIRM_HEADS
from yiwang.registers.synthesis.firm_lists import KINDS, FirmLists
from yiwang.registers.synthesis.insurance import HEADS as INSURANCE_HEADS
from yiwang.registers.synthesis.insurance import Insurance
from yiwang.registers.synthesis.streets import Neighbourhood
from yiwang.registers.testing import DefaultRolesGuard, an_officer, apply_packs

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
ON = date(2026, 1, 1)
PLACES = (Neighbourhood("440106001001", "广州市天河区五山街道岳洲社区"),)


@pytest.fixture(autouse=True)
def _city(db, monkeypatch):
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])
    apply_packs(ROOT / "packs", ["enterprise_sharing", "social_insurance"], at=AT)


def load(folder, register, organisation):
    with (folder / f"{register}.csv").open("rb") as file:
        report = load_file(actor=an_officer(organisation, "handler"), at=AT, register=register, file=file)
    return report.loaded, report.problems


def test_lists_of_firms_load_with_all_their_dirt(tmp_path):
    lists = FirmLists(seed=1, neighbourhoods=PLACES, on=ON, dirt=1.0)
    written = write_city(lists.rows(300), tmp_path, FIRM_HEADS)

    for kind in KINDS:
        assert load(tmp_path, kind.name, kind.name.removeprefix("firms_")) == (written[kind.name], ())


def test_insurance_files_load_persons_first(tmp_path):
    rows = city_rows(
        people=300, seed=1, neighbourhoods=PLACES, on=ON, dirt=0.0,
        insurance=Insurance(seed=1, on=ON, months=2),
    )  # fmt: skip
    written = write_city(rows, tmp_path, {**HEADS, **INSURANCE_HEADS})

    for register in INSURANCE_HEADS:
        assert load(tmp_path, register, "labour") == (written[register], ())
    assert (
        written["insurance_contributions"] > written["insurance_periods"] > written["insured_persons"] == 300
    )
