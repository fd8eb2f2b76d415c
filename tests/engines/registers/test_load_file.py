"""A file is judged whole: each bad cell by line, field and reason, and nothing is half-loaded."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from tests.engines.registers.people_files import line, number

from yiwang.platform.contracts import OperationNotAllowed
from yiwang.platform.files import read
from yiwang.platform.models import JournalEntry
from yiwang.registers.api import enter_entry, load_file
from yiwang.registers.contracts import SourceNotAllowed
from yiwang.registers.models import FileLoad
from yiwang.registers.testing import a_person, an_officer

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
HEAD = "id_number,name,sex,birth_date,residence_division,phone"


def load(content: str | bytes, actor=None, **facts):
    data = content.encode() if isinstance(content, str) else content
    return load_file(
        actor=actor or an_officer("public_security", "handler", account=11),
        at=AT,
        register="persons",
        file=io.BytesIO(data),
        **facts,
    )


def entries() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM reg.persons")
        return cursor.fetchone()[0]


def found(report) -> list[tuple[int, str, str]]:
    return [(p.line, p.field, p.reason.en) for p in report.problems]


def test_good_rows_are_entered_with_source_day_and_district(city):
    report = load("\n".join([HEAD, line(1), line(2, phone=""), ""]), valid_from=date(2026, 1, 1))

    assert (report.rows, report.loaded, report.bad_rows, report.problems) == (2, 2, 0, ())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, phone, _version, _source, _district, _valid_from, _known_from, _recorded_by "
            "FROM reg.persons ORDER BY _entry"
        )
        common = (1, "public_security", "440103", date(2026, 1, 1), AT, 11)
        assert cursor.fetchall() == [("陈大1", "13800138000", *common), ("陈大2", None, *common)]
    done = JournalEntry.objects.order_by("-id")[0]
    assert (done.operation, done.outcome, done.detail) == (
        "registers.file.load", "done", {"load": report.load, "rows": 2, "loaded": 2, "bad_rows": 0},
    )  # fmt: skip


def test_titles_in_either_language_and_own_names_are_understood(city):
    head = "公民身份号码,Name,性别,出生年月日,Division of residence,phone"

    report = load("\n".join([head, line(1)]), columns={"出生年月日": "birth_date"})

    assert (report.loaded, report.problems) == (1, ())


def test_a_file_in_gb_18030_is_read(city):
    report = load("\n".join([HEAD, line(1, name="陈㐂文")]).encode("gb18030"))

    assert report.loaded == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM reg.persons")
        assert cursor.fetchone() == ("陈㐂文",)


BAD = "\n".join(
    [
        HEAD,
        line(1),
        line(2, id_number=number(2)[:-1] + ("1" if number(2)[-1] != "1" else "2")),
        line(3, name="=cmd|' /C calc'!A0", sex="3"),
        line(4, birth_date="1981-02-29"),
        line(5, name=""),
        line(6)[: -len(",13800138000")],
        line(1, name="又一个"),
        line(8, residence_division="44010"),
        line(9, name="名" * 61),
        line(10),
    ]
)
REASONS = [
    (3, "id_number", "Not a valid identity number: 18 characters with a real birth date and the right check "
     "character"),
    (4, "name", "The cell is a spreadsheet formula, which is not taken"),
    (4, "sex", "A sex code is 0, 1, 2 or 9"),
    (5, "birth_date", "Not a real date such as 2026-09-30"),
    (6, "name", "Must be given"),
    (7, "", "Has 5 cells instead of 6"),
    (8, "id_number", "The file has this “Identity number” twice"),
    (9, "residence_division", "A division code has 6, 9 or 12 digits"),
    (10, "name", "Longer than 60 characters"),
]  # fmt: skip


def test_bad_rows_are_named_by_line_field_and_reason_and_nothing_is_loaded(city):
    report = load(BAD)

    assert found(report) == REASONS
    assert (report.rows, report.loaded, report.bad_rows) == (10, 0, 8)
    assert entries() == 0


def test_good_rows_only_when_so_chosen(city):
    report = load(BAD, on_bad_rows="take_good")

    assert found(report) == REASONS
    assert (report.rows, report.loaded, report.bad_rows, entries()) == (10, 2, 8, 2)


def test_the_report_is_a_file_that_shows_no_value(city):
    report = load(BAD)

    row = FileLoad.objects.get(pk=report.load)
    text = read(row.report).decode("utf-8-sig")
    assert text.splitlines()[:3] == [
        "行 line,字段 field,名称 title,原因,reason",
        "3,id_number,公民身份号码 / Identity number,身份号码有误：应为 18 位，出生日期和校验码须正确,"
        "Not a valid identity number: 18 characters with a real birth date and the right check character",
        "4,name,姓名 / Name,单元格是电子表格公式，不予接收,"
        "\"The cell is a spreadsheet formula, which is not taken\"",
    ]  # fmt: skip
    assert len(text.splitlines()) == 10
    assert "calc" not in text
    assert number(2)[:6] not in text


def test_a_key_that_is_in_the_register_is_named(city, police):
    enter_entry(actor=police, at=AT, register="persons", values=a_person(1))

    report = load("\n".join([HEAD, line(1), line(2)]), on_bad_rows="take_good")

    assert found(report) == [
        (2, "id_number", "The register has an entry with this “Identity number” already")
    ]
    assert (report.loaded, entries()) == (1, 2)


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        ("", [(1, "", "The file is empty")]),
        (HEAD + ",colour\n" + line(1) + ",red", [(1, "colour", "The register has no such column")]),
        (HEAD + ",name\n" + line(1) + ",x", [(1, "name", "This column stands there twice")]),
        (
            "id_number,name\n" + number(1) + ",陈",
            [
                (1, "sex", "This required column is missing"),
                (1, "birth_date", "This required column is missing"),
                (1, "residence_division", "This required column is missing"),
            ],
        ),
        (
            "\n".join([HEAD, line(1), line(2, name="@")]).encode().replace(b"@", b"\xe9"),
            [(3, "", "Byte 20 is not valid UTF-8")],
        ),
        (HEAD + "\n" + line(1) + "\n" + line(2, name='"陈'), [(3, "", "A quotation mark is not closed")]),
        (HEAD + "\n" + line(1) + "\n" + line(2, name="陈\x00"), [(3, "", "Holds a null character")]),
        (HEAD + "\n" + line(1, name="x" * 8_000_001), [(2, "", "A line of more than 8,000,000 bytes")]),
        (
            HEAD + "\n" + line(1, name='"x"y'),
            [(2, "", "Not well-formed CSV (quotation marks or separators)")],
        ),
    ],
    ids=[
        "empty", "unknown column", "column twice", "missing columns", "broken utf-8", "open quotation",
        "null", "endless line", "quotation inside",
    ],
)  # fmt: skip
@pytest.mark.parametrize("choice", ["refuse_all", "take_good"])
def test_a_file_that_cannot_be_read_whole_is_refused_whole(city, content, problems, choice):
    report = load(content, on_bad_rows=choice)

    assert found(report) == problems
    assert (report.loaded, entries()) == (0, 0)


def test_a_line_is_counted_as_an_editor_counts_it(city):
    report = load("\n".join([HEAD, line(1, name='"陈\n大文"'), line(2, sex="8")]))

    assert found(report) == [(2, "name", "Holds control characters or a spreadsheet formula"),
                             (4, "sex", "A sex code is 0, 1, 2 or 9")]  # fmt: skip


def test_the_progress_is_told(city):
    told = []

    load("\n".join([HEAD, line(1), line(2)]), progress=lambda stage, rows: told.append((stage, rows)))

    assert told == [("checking", 2), ("writing", 2)]


def test_another_organisation_loads_nothing(city):
    with pytest.raises(SourceNotAllowed):
        load(HEAD, actor=an_officer("planning"))
    with pytest.raises(OperationNotAllowed):
        load(HEAD, actor=an_officer("planning"), source="public_security")
    with pytest.raises(OperationNotAllowed):
        load(HEAD, actor=an_officer("public_security", "window"))

    assert (entries(), FileLoad.objects.count()) == (0, 0)
