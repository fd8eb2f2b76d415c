"""Synthetic insurance: rows that the registers of social insurance take, the same for the same seed."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

from yiwang.registers.synthesis.city import city_rows
from yiwang.registers.synthesis.insurance import HEADS, RATES, Insurance
from yiwang.registers.synthesis.streets import Neighbourhood

ON = date(2026, 1, 1)
PLACES = (Neighbourhood("440106001001", "广州市天河区五山街道岳洲社区"),)


def made(months=2):
    files = defaultdict(list)
    insurance = Insurance(seed=1, on=ON, months=months)
    for name, cells in city_rows(
        people=1_000, seed=1, neighbourhoods=PLACES, on=ON, dirt=0.0, insurance=insurance
    ):
        if name in HEADS:
            files[name].append(dict(zip(HEADS[name], cells, strict=True)))
        elif name == "jobs":
            files[name].append(cells)
    return files


def test_everybody_is_insured_once_and_every_employee_against_five_risks():
    files = made()
    persons = {row["id_number"]: row for row in files["insured_persons"]}
    by_person = defaultdict(list)
    for row in files["insurance_periods"]:
        by_person[row["insured"]].append(row["insurance"])

    assert len(persons) == len(files["insured_persons"]) == 1_000
    employees = {job[0] for job in files["jobs"]}
    assert {number for number, row in persons.items() if row["category"] == "employee"} == employees
    assert {tuple(by_person[number]) for number in employees} == {tuple(RATES)}
    assert {row["insured"] for row in files["insurance_periods"]} == set(persons)


def test_contributions_are_of_the_last_whole_months_and_by_the_rates():
    files = made()
    rows = files["insurance_contributions"]

    assert {row["month"] for row in rows} == {"2025-11-01", "2025-12-01"}
    pension = next(row for row in rows if row["insurance"] == "pension")
    base = Decimal(pension["base"])
    assert (Decimal(pension["employer_share"]), Decimal(pension["own_share"])) == (
        base * Decimal("0.15"), base * Decimal("0.08"),
    )  # fmt: skip
    assert {row["state"] for row in rows} == {"paid", "late", "due"}
    assert all((row["paid_on"] == "") == (row["state"] == "due") for row in rows)
    assert [dict(row) for row in made()["insurance_contributions"]] == rows
