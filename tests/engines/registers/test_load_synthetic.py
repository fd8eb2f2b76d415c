"""A synthetic city is loaded: what is refused is what the truth says, line by line."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from yiwang.platform.files import read
from yiwang.registers.api import load_file
from yiwang.registers.models import FileLoad
from yiwang.registers.synthesis.city import city_rows
from yiwang.registers.synthesis.files import write_city
from yiwang.registers.synthesis.streets import Neighbourhood
from yiwang.registers.testing import an_officer

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
PLACES = [Neighbourhood(f"440103001{n}", f"广州市荔湾区沙面街道第{n}社区") for n in range(101, 110)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    found = tmp_path_factory.mktemp("city") / "files"
    rows = city_rows(people=1300, seed=7, neighbourhoods=PLACES, on=date(2026, 1, 1), dirt=0.3)
    write_city(rows, found)
    return found


def truth_of(folder, name):
    """Kind and field by line of a file."""
    lines = (folder / "truth.csv").read_text(encoding="utf-8").splitlines()[1:]
    cells = [line.split(",") for line in lines]
    return {int(line): (kind, field) for file, line, kind, field, *_ in cells if file == name}


@pytest.mark.parametrize(
    ("register", "organisation", "key"),
    [("persons", "public_security", "id_number"), ("legal_entities", "industry_commerce", "credit_code")],
)
def test_what_is_refused_is_what_the_truth_says(city, folder, register, organisation, key):
    truth = truth_of(folder, register)
    # a number that is wrong, missing or there twice; other faults may or may not have the form of the field
    surely = {line for line, (kind, field) in truth.items() if field == key or kind.startswith("duplicate")}
    perhaps = {line for line, (kind, field) in truth.items() if field in ("birth_date", "phone")}

    with (folder / f"{register}.csv").open("rb") as file:
        report = load_file(
            actor=an_officer(organisation, "handler", account=11),
            at=AT,
            register=register,
            file=file,
            on_bad_rows="take_good",
        )

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*), count(DISTINCT {key}) FROM reg.{register}")
        entered = cursor.fetchone()
    kept = read(FileLoad.objects.get(pk=report.load).report).decode("utf-8-sig")
    refused = {int(line.split(",")[0]) for line in kept.splitlines()[1:]}
    assert len(surely) > 5
    assert (report.rows - report.loaded, report.loaded) == (report.bad_rows, entered[0])
    assert entered[0] == entered[1]
    assert len(refused) == report.bad_rows
    assert surely <= refused <= surely | perhaps


def test_stray_spaces_do_not_come_in(city, folder):
    spaced = [line for line, (kind, _) in truth_of(folder, "persons").items() if kind == "spaced"]

    with (folder / "persons.csv").open("rb") as file:
        load_file(
            actor=an_officer("public_security", "handler", account=11),
            at=AT,
            register="persons",
            file=file,
            on_bad_rows="take_good",
        )

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM reg.persons WHERE name <> btrim(name, E' \\t\\u3000')")
        assert (len(spaced) > 10, cursor.fetchone()) == (True, (0,))
