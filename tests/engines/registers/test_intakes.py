"""A file comes in parts, is loaded stage by stage, and after a death goes on from the last stage kept."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.engines.registers.people_files import GOOD, HEAD, line

from yiwang.platform.contracts import OperationNotAllowed, StorageFull
from yiwang.registers import api
from yiwang.registers.commands import load_intake as load_module
from yiwang.registers.contracts import FileNotTaken, IntakeNotFound, IntakeState, WrongOffset
from yiwang.registers.loading import arrival
from yiwang.registers.models import ColumnMapping, FileLoad, Intake
from yiwang.registers.testing import an_officer

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def sent(actor, content: bytes = GOOD, name="people.csv", **facts) -> int:
    intake = api.receive_file(actor=actor, at=AT, register="persons", name=name, size=len(content), **facts)
    api.append_part(actor=actor, intake=intake, offset=0, content=content)
    return intake


def run(intake: int) -> bool:
    return api.load_intake(actor=api.sender_of(intake), at=AT, intake=intake)


def entries() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM reg.persons")
        return cursor.fetchone()[0]


def staged_tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(r"SELECT relname FROM pg_class WHERE relname ~ '^_(stage|faults)_[0-9]+$' ORDER BY 1")
        return [name for (name,) in cursor.fetchall()]


def test_d10_a_file_comes_in_parts_and_a_sender_goes_on_where_it_was_cut_off(city, police):
    intake = api.receive_file(actor=police, at=AT, register="persons", name="people.csv", size=len(GOOD))

    assert api.append_part(actor=police, intake=intake, offset=0, content=GOOD[:50]) == 50
    with pytest.raises(WrongOffset) as wrong:
        api.append_part(actor=police, intake=intake, offset=70, content=GOOD[70:])
    assert wrong.value.offset == 50
    with pytest.raises(WrongOffset):
        api.append_part(actor=police, intake=intake, offset=50, content=GOOD[50:] + b"more")
    with pytest.raises(WrongOffset):
        api.begin_load(actor=police, at=AT, intake=intake)
    assert api.append_part(actor=police, intake=intake, offset=50, content=GOOD[50:]) == len(GOOD)
    assert api.begin_load(actor=police, at=AT, intake=intake) is IntakeState.WAITING
    assert [
        job.args for job in ProcrastinateJob.objects.filter(task_name="yiwang.registers.load_intake")
    ] == [{"intake": intake}]

    assert run(intake) is True
    assert run(intake) is False

    found = api.get_intake(actor=police, intake=intake)
    assert (found.state, found.report.rows, found.report.loaded, entries()) == (IntakeState.DONE, 3, 3, 3)
    assert (staged_tables(), list(arrival.folder().glob(Intake.objects.get().file + "*"))) == ([], [])


@pytest.mark.parametrize("dies_in", ["_judge", "write_intake"])
def test_d10_a_load_that_dies_goes_on_from_its_last_stage(city, police, monkeypatch, dies_in):
    intake = sent(police, "\n".join([HEAD, line(1), line(2, sex="7"), line(3)]).encode(),
                  on_bad_rows="take_good")  # fmt: skip
    api.begin_load(actor=police, at=AT, intake=intake)
    reads = []
    read = load_module._read
    monkeypatch.setattr(load_module, "_read", lambda *facts: (reads.append(1), read(*facts)))
    with monkeypatch.context() as death:
        death.setattr(load_module, dies_in, killed)
        with pytest.raises(SystemExit):
            run(intake)
    assert (entries(), FileLoad.objects.count(), len(staged_tables())) == (0, 0, 2)

    run(intake)

    report = api.get_intake(actor=police, intake=intake).report
    assert (report.rows, report.loaded, report.bad_rows, entries(), len(reads)) == (3, 2, 1, 2, 1)
    assert [(p.line, p.field, p.reason.en) for p in report.problems] == [
        (3, "sex", "A sex code is 0, 1, 2 or 9")
    ]
    assert staged_tables() == []


def killed(*_: object, **__: object) -> None:
    raise SystemExit(9)


def test_d10_a_stage_that_the_database_lost_is_read_again(city, police, monkeypatch):
    intake = sent(police)
    api.begin_load(actor=police, at=AT, intake=intake)
    with monkeypatch.context() as death:
        death.setattr(load_module, "write_intake", killed)
        with pytest.raises(SystemExit):
            run(intake)
    with connection.cursor() as cursor:
        # what a crash of the database does to tables that are not logged
        cursor.execute(f"TRUNCATE reg._stage_{intake}, reg._faults_{intake}")

    run(intake)

    assert (entries(), api.get_intake(actor=police, intake=intake).report.loaded) == (3, 3)


def test_d10_columns_of_other_names_are_matched_once_and_known_the_next_time(city, police):
    head = "身份证,名字,性别代码,出生,户籍,备注"
    content = "\n".join([head, line(1), line(2)]).encode()
    intake = sent(police, content)

    assert api.begin_load(actor=police, at=AT, intake=intake) is IntakeState.MAPPING
    guessed = api.guessed_columns("persons", head.split(","))
    assert set(guessed.values()) == {"-"}
    columns = dict(zip(head.split(","), [*HEAD.split(",")[:5], "-"], strict=True))
    assert api.begin_load(actor=police, at=AT, intake=intake, columns=columns) is IntakeState.WAITING
    run(intake)
    assert api.get_intake(actor=police, intake=intake).report.loaded == 2

    again = sent(police, "\n".join([head, line(3)]).encode("gb18030"), name="next.csv")
    assert api.begin_load(actor=police, at=AT, intake=again) is IntakeState.WAITING
    run(again)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone FROM reg.persons ORDER BY _entry")
        assert cursor.fetchall() == [("陈大1", None), ("陈大2", None), ("陈大3", None)]
    assert ColumnMapping.objects.count() == 1


def test_d10_a_full_disk_keeps_what_fitted_and_says_so(city, police, monkeypatch):
    intake = api.receive_file(actor=police, at=AT, register="persons", name="people.csv", size=len(GOOD))

    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(arrival.os, "fsync", full)
        with pytest.raises(StorageFull):
            api.append_part(actor=police, intake=intake, offset=0, content=GOOD[:60])

    found = api.get_intake(actor=police, intake=intake)
    assert (found.state, found.received) == (IntakeState.RECEIVING, 60)
    api.append_part(actor=police, intake=intake, offset=60, content=GOOD[60:])
    api.begin_load(actor=police, at=AT, intake=intake)
    run(intake)
    assert entries() == 3


@pytest.mark.parametrize(
    ("name", "size"), [("people.exe", 9), ("people.csv", 0), ("people.csv", 10**11), ("", 5)]
)
def test_d10_what_is_no_file_of_a_register_is_not_taken(city, police, name, size):
    with pytest.raises(FileNotTaken):
        api.receive_file(actor=police, at=AT, register="persons", name=name, size=size)

    assert Intake.objects.count() == 0


def test_d10_strangers_reach_no_file_of_others(city, police):
    intake = sent(police)
    colleague = an_officer("public_security", "handler", account=99)

    with pytest.raises(IntakeNotFound):
        api.get_intake(actor=colleague, intake=intake)
    with pytest.raises(IntakeNotFound):
        api.append_part(actor=colleague, intake=intake, offset=len(GOOD), content=b"x")
    with pytest.raises(IntakeNotFound):
        api.begin_load(actor=colleague, at=AT, intake=intake)
    with pytest.raises(OperationNotAllowed):
        api.receive_file(
            actor=an_officer("public_security", "window"), at=AT, register="persons", name="a.csv", size=1
        )

    assert (Intake.objects.get().state, entries()) == ("receiving", 0)


def test_d10_a_post_that_was_lost_in_between_ends_the_load(city, police):
    intake = sent(police)
    api.begin_load(actor=police, at=AT, intake=intake)
    row = Intake.objects.get()
    row.roles = ["window"]
    row.save()

    with pytest.raises(OperationNotAllowed) as refusal:
        run(intake)
    api.refuse_intake(intake=intake, reason=refusal.value.sentence)

    found = api.get_intake(actor=police, intake=intake)
    assert (found.state, found.refusal, entries(), staged_tables()) == (
        IntakeState.REFUSED, refusal.value.sentence, 0, [],
    )  # fmt: skip
