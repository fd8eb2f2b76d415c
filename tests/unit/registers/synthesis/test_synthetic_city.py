"""A made-up city: valid numbers that are nobody's, the same for the same seed, every fault in the truth."""

from __future__ import annotations

import csv
import tracemalloc
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from yiwang.cli.simulation.grounds import places_of
from yiwang.kernel.codes import birth_of, check_credit_code, check_resident_id
from yiwang.kernel.industries import industries
from yiwang.registers.synthesis.city import HEADS, city_rows
from yiwang.registers.synthesis.files import FilesStandThere, write_city
from yiwang.registers.synthesis.firms import INDUSTRIES
from yiwang.registers.synthesis.names import GIVEN, TAKEN_FOR, surname_of
from yiwang.registers.synthesis.numbers import REGIONS, Exhausted, ResidentNumbers, credit_code
from yiwang.registers.synthesis.streets import Neighbourhood

GUANGZHOU = Path(__file__).parents[4] / "cities" / "guangzhou"
ON = date(2026, 1, 1)
PLACES = [Neighbourhood(f"440103001{n}", f"广州市荔湾区沙面街道第{n}社区") for n in range(101, 110)]


def files(people: int = 3000, seed: int = 1, dirt: float = 0.0, places=PLACES):
    found = defaultdict(list)
    for name, cells in city_rows(people=people, seed=seed, neighbourhoods=places, on=ON, dirt=dirt):
        found[name].append(dict(zip(HEADS[name], cells, strict=True)))
    return found


@pytest.fixture(scope="module")
def clean():
    return files()


@pytest.fixture(scope="module")
def dirty():
    return files(dirt=0.3)


def test_so_many_people_with_valid_numbers_of_their_own(clean):
    persons = clean["persons"]

    assert len(persons) == 3000
    assert len({person["id_number"] for person in persons}) == 3000
    for person in persons:
        number = person["id_number"]
        assert check_resident_id(number, on=ON) is None
        assert number[:6] in REGIONS
        assert birth_of(number).isoformat() == person["birth_date"] <= "2026-01-01"
        assert {"1": 1, "2": 0}[person["sex"]] == int(number[16]) % 2
        assert person["phone"] == "" or person["phone"].startswith("154")
        assert person["name"].removeprefix(surname_of(person["name"])) in GIVEN[person["sex"]]


def test_no_division_of_the_city_has_a_code_of_the_numbers():
    districts = {place.code[:6] for place in places_of(GUANGZHOU).neighbourhoods()}

    assert districts.isdisjoint(REGIONS)


def test_people_live_in_the_city_s_communities():
    places = places_of(GUANGZHOU).neighbourhoods()
    by_code = {place.code: place.address for place in places}
    persons = files(people=500, places=places)["persons"]

    assert len(places) == 2851
    for person in persons:
        assert person["residence_address"].startswith(by_code[person["residence_division"]])


def test_households_make_sense(clean):
    people = {person["id_number"]: person for person in clean["persons"]}
    households = defaultdict(list)
    for row in clean["household_members"]:
        households[row["household"]].append((row["relation"], people[row["id_number"]]))

    assert sum(map(len, households.values())) == 3000
    assert 2.0 < 3000 / len(households) < 2.6  # the census of 2020 has 2.22
    heads = {
        row["number"]: (row["head_id"], row["address"], row["address_code"]) for row in clean["households"]
    }
    for number, members in households.items():
        relations = Counter(relation for relation, _ in members)
        assert relations["02"] == 1
        assert relations["11"] + relations["12"] <= 1
        assert len({person["residence_address"] for _, person in members}) == 1
        [head] = [person for relation, person in members if relation == "02"]
        assert heads.pop(number) == (head["id_number"], head["residence_address"], head["address_code"])
        for relation, person in members:
            years = int(person["birth_date"][:4]) - int(head["birth_date"][:4])
            if relation in ("20", "30"):
                assert 13 <= years <= 53
                assert person["marital_status"] == "10"
            if relation in ("51", "52"):
                assert -34 <= years <= -21
            if relation in ("11", "12"):
                assert {head["marital_status"], person["marital_status"]} == {"20"}
                assert head["sex"] != person["sex"]


def test_firms_and_jobs_refer_to_people_and_firms(clean):
    people = {person["id_number"]: person for person in clean["persons"]}
    firms = {firm["credit_code"]: firm for firm in clean["legal_entities"]}

    assert 100 < len(firms) == len(clean["legal_entities"])
    for code, firm in firms.items():
        assert check_credit_code(code) is None
        assert firm["industry"] in industries()
        assert firm["legal_representative"] == people[firm["representative_id"]]["name"]
        assert firm["established"] <= "2026-01-01"
    assert len(clean["jobs"]) > 1000
    for job in clean["jobs"]:
        assert job["id_number"] in people
        assert firms[job["credit_code"]]["established"] <= job["since"] <= "2026-01-01"


def test_every_industry_is_one_of_the_standard():
    assert {code for code, _ in INDUSTRIES} - set(industries()) == set()


def test_the_same_seed_gives_the_same_city_and_another_another():
    assert files(people=400, dirt=0.1) == files(people=400, dirt=0.1)
    assert files(people=400, seed=2)["persons"] != files(people=400)["persons"]


def test_a_smaller_city_is_the_beginning_of_a_larger(clean):
    small = files(people=700)

    assert small["persons"] == clean["persons"][:700]
    assert small["legal_entities"][:20] == clean["legal_entities"][:20]


def test_a_clean_city_has_no_truth_to_tell(clean):
    assert clean["truth"] == []


def test_the_truth_names_every_line_that_is_wrong(clean, dirty):
    right = {
        name: {row[HEADS[name][0]]: row for row in clean[name]} for name in ("persons", "legal_entities")
    }
    told = {(row["file"], int(row["line"])): row for row in dirty["truth"]}
    kinds = Counter(row["kind"] for row in dirty["truth"])

    assert len(told) == len(dirty["truth"])
    assert {"typo", "transposed", "missing", "shortened", "spaced", "duplicate"} <= set(kinds)
    for name, originals in right.items():
        for line, row in enumerate(dirty[name], start=2):
            truth = told.get((name, line))
            if truth is None:
                assert row == originals[row[HEADS[name][0]]]
                continue
            field = truth["field"]
            mended = {**row, field: truth["truth"]} if field else row
            assert mended == originals[truth["key"]]
            assert not field or row[field] != truth["truth"]


def test_who_is_there_twice_is_told_as_a_duplicate(dirty):
    seen: Counter[str] = Counter()
    keys = {int(row["line"]): row["key"] for row in dirty["truth"] if row["file"] == "persons"}
    for line, row in enumerate(dirty["persons"], start=2):
        seen[keys.get(line, row["id_number"])] += 1
    told = [row for row in dirty["truth"] if row["file"] == "persons" and row["kind"].startswith("duplicate")]

    assert max(seen.values()) == 2
    assert sorted(key for key, times in seen.items() if times == 2) == sorted(row["key"] for row in told)
    assert len(dirty["persons"]) == 3000 + len(told)


def test_transposed_numbers_are_what_check_characters_find(dirty):
    wrong = {
        (row["file"], int(row["line"])): row["field"] for row in dirty["truth"] if "transposed" in row["kind"]
    }
    checked = 0
    for (name, line), field in wrong.items():
        value = dirty[name][line - 2][field]
        if field == "id_number":
            checked += 1
            assert check_resident_id(value, on=date(2099, 12, 31)) is not None
        if field == "credit_code":
            checked += 1
            assert check_credit_code(value) is not None
    assert checked > 20


def test_nobody_is_mistaken_for_himself():
    assert [sign for sign, other in TAKEN_FOR.items() if sign == other] == []


def test_numbers_of_a_day_go_on_in_another_region_and_end():
    numbers = ResidentNumbers(ON)
    found = [numbers.next(100, "2") for _ in range(499 * len(REGIONS))]

    assert len(set(found)) == 4990
    assert {number[:6] for number in found} == set(REGIONS)
    assert all(check_resident_id(number, on=ON) is None for number in found)
    with pytest.raises(Exhausted):
        numbers.next(100, "2")


def test_codes_go_on_in_another_region_and_end():
    assert (credit_code(0)[2:8], credit_code(10**7)[2:8]) == ("440190", "440191")
    assert check_credit_code(credit_code(10**8 - 1)) is None
    with pytest.raises(Exhausted):
        credit_code(10**8)


def test_files_are_written_once(tmp_path):
    rows = list(city_rows(people=300, seed=5, neighbourhoods=PLACES, on=ON, dirt=0.1))
    written = write_city(rows, tmp_path / "city")

    assert written == {**dict.fromkeys(HEADS, 0), **Counter(name for name, _ in rows)}
    for name, head in HEADS.items():
        with (tmp_path / "city" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert list(csv.reader(file)) == [list(head), *(list(cells) for n, cells in rows if n == name)]
    before = (tmp_path / "city" / "truth.csv").read_bytes()
    with pytest.raises(FilesStandThere):
        write_city([], tmp_path / "city")
    assert (tmp_path / "city" / "truth.csv").read_bytes() == before


def test_memory_does_not_grow_with_the_people():
    def peak(people: int) -> int:
        tracemalloc.start()
        for _ in city_rows(people=people, seed=1, neighbourhoods=PLACES, on=ON, dirt=0.03):
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    # the list of employers (1,000) is full at 18,000 people, that of second rows (500) holds fewer
    assert peak(40_000) < 1.1 * peak(20_000)
