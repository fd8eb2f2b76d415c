"""Departments' lists of firms: the same for a seed, dirty as departments' lists are, the truth aside."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import pytest

from yiwang.kernel.codes import check_credit_code
from yiwang.registers.synthesis.firm_lists import HEADS, KINDS, FirmLists
from yiwang.registers.synthesis.streets import Neighbourhood

PLACES = (
    Neighbourhood("440106001001", "广州市天河区五山街道岳洲社区"),
    Neighbourhood("440104001007", "广州市越秀区洪桥街道三眼井社区"),
)


def lists(firms=3_000, *, seed=1, dirt=1.0):
    made = FirmLists(seed=seed, neighbourhoods=PLACES, on=date(2026, 1, 1), dirt=dirt)
    return list(made.rows(firms))


def by_file(rows):
    files = defaultdict(list)
    for name, cells in rows:
        files[name].append(dict(zip(HEADS[name], cells, strict=True)))
    return files


def test_the_same_seed_gives_the_same_lists_and_a_smaller_one_is_their_beginning():
    rows = lists(300)

    assert rows == lists(300)
    assert rows[: len(lists(100))] == lists(100)
    assert rows != lists(300, seed=2)


def test_every_row_has_its_truth_and_a_number_of_its_own():
    files = by_file(lists())
    truth = files.pop("firms_truth")

    assert set(files) == {kind.name for kind in KINDS}
    listed = [(name, row["number"]) for name, rows in files.items() for row in rows]
    assert len(set(listed)) == len(listed)
    assert sorted((row["list"], row["number"]) for row in truth) == sorted(listed)


def test_without_dirt_codes_are_sound_and_rows_of_a_firm_agree_but_for_lawful_gaps():
    files = by_file(lists(500, dirt=0.0))
    firm_of = {(row["list"], row["number"]): row["firm"] for row in files.pop("firms_truth")}
    names = defaultdict(set)
    for name, rows in files.items():
        for row in rows:
            assert check_credit_code(row["credit_code"]) is None
            names[firm_of[name, row["number"]]].add((row["credit_code"], row["name"], row["address"]))

    assert {len(found) for found in names.values()} == {1}


def test_every_kind_of_slip_happens_about_as_often_as_it_is_declared():
    rows = lists(8_000)
    slips = Counter(slip for name, cells in rows if name == "firms_truth" for slip in cells[3].split(";"))
    total = sum(1 for name, _ in rows if name == "firms_truth")

    assert set(slips) == {
        "", "old_name", "old_representative", "old_address", "typo", "traditional", "shortened", "spaced",
        "wide", "missing", "transposed", "code_missing", "code_transposed", "code_digit",
        "code_old_registration", "code_organisation", "code_tax_number", "code_of_another",
    }  # fmt: skip
    assert slips["code_missing"] / total == pytest.approx(0.03, rel=0.1)
    assert slips["code_of_another"] / total == pytest.approx(0.0005, rel=0.5)


def test_a_company_name_is_never_given_twice():
    files = by_file(lists(20_000, dirt=0.0))
    names = Counter(row["name"] for row in files["firms_industry_commerce"] if row["name"].endswith("公司"))

    assert max(names.values()) == 1
    assert len(names) > 13_000
