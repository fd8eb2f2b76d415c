"""The matching process over files: what it finds on lists with a known truth."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from itertools import combinations

import pytest

from yiwang.registers.matching.orders import APART, COLUMNS, DIFFERENCES, DOUBTFUL, MEMBERS, Order
from yiwang.registers.matching.process import MatchingFailed, match_files
from yiwang.registers.matching.rules.differences import Role
from yiwang.registers.synthesis.firm_lists import KINDS, FirmLists
from yiwang.registers.synthesis.streets import Neighbourhood

PLACES = tuple(
    Neighbourhood(f"4401{district:02}001{number:03}", f"广州市{name}区{name}街道第{number}社区")
    for district, name in ((4, "越秀"), (5, "海珠"), (6, "天河"))
    for number in range(1, 30)
)
LISTS = KINDS[:3]
ROLES = dict(zip((kind.name for kind in LISTS), (Role.LICENCE, Role.CODES, Role.TAX), strict=True))


def write_lists(folder, firms=600):
    rows, truth = defaultdict(list), {}
    made = FirmLists(seed=2, neighbourhoods=PLACES, on=date(2026, 1, 1), dirt=1.0)
    for name, cells in made.rows(firms, LISTS):
        if name == "firms_truth":
            truth[cells[0], cells[1]] = cells[2]
        else:
            rows[name].append((*cells[:8], cells[9]))
    for name, cells in rows.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows(cells)
    return truth


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def clusters_of(folder):
    found = defaultdict(set)
    for member in read(folder / MEMBERS):
        found[member["cluster"]].add((member["list"], member["key"]))
    return list(found.values())


@pytest.fixture(scope="module")
def matched(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lists")
    truth = write_lists(folder)
    told = []
    order = Order(lists=tuple(ROLES), roles=ROLES)
    report = match_files(order, folder, told=lambda stage, rows: told.append(stage))
    return folder, truth, report, list(dict.fromkeys(told))


def test_lists_of_the_generator_are_matched_as_well_as_the_measure_asks(matched):
    folder, truth, report, stages = matched
    pairs = {pair for group in clusters_of(folder) for pair in combinations(sorted(group), 2)}
    firms = defaultdict(list)
    for row, firm in truth.items():
        firms[firm].append(row)
    right = {pair for rows in firms.values() for pair in combinations(sorted(rows), 2)}

    assert sum(map(len, clusters_of(folder))) == len(truth) == report["rows"]
    assert len(pairs & right) / len(pairs) >= 0.99
    assert len(pairs & right) / len(right) >= 0.95
    assert stages == ["tidying", "codes", "model", "joining", "writing", "differences", "done"]


def test_the_same_lists_give_the_same_clusters_and_differences(matched, tmp_path):
    folder, *_ = matched
    write_lists(tmp_path)
    match_files(Order(lists=tuple(ROLES), roles=ROLES), tmp_path)

    assert sorted(map(sorted, clusters_of(tmp_path))) == sorted(map(sorted, clusters_of(folder)))
    assert sorted(map(str, read(tmp_path / DIFFERENCES))) == sorted(map(str, read(folder / DIFFERENCES)))


def test_what_people_told_apart_stays_apart_and_is_not_asked_again(matched, tmp_path):
    folder, *_ = matched
    one, other = next(
        pair
        for group in clusters_of(folder)
        for pair in combinations(sorted(group), 2)
        if len(group) == 2
        and {row["how"] for row in read(folder / MEMBERS) if (row["list"], row["key"]) in group} == {"model"}
    )
    write_lists(tmp_path)
    (tmp_path / APART).write_text(",".join((*one, *other)) + "\n")
    match_files(Order(lists=tuple(ROLES)), tmp_path)

    assert not any({one, other} <= group for group in clusters_of(tmp_path))
    asked = [{(p["list_l"], p["key_l"]), (p["list_r"], p["key_r"])} for p in read(tmp_path / DOUBTFUL)]
    assert {one, other} not in asked


def test_a_list_with_another_head_is_refused(tmp_path):
    (tmp_path / "a.csv").write_text("name\nx\n")

    with pytest.raises(MatchingFailed):
        match_files(Order(lists=("a",)), tmp_path)


def test_heavy_libraries_stay_out_of_web_processes(web_modules: frozenset[str]):
    assert {"duckdb", "splink", "pyarrow"} & web_modules == set()
