"""Exports: every format, by right and grant, as of any day; everybody in one finds it in the own trace."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from yiwang.exchange.api import entity_reference, issue_grant, person_reference, trace_of
from yiwang.exchange.batch_looks import count_concerned
from yiwang.exchange.contracts import LookKind, NoGrant, Purpose, PurposeRefused, QuotaExhausted
from yiwang.exchange.models import BatchSubjects, TraceLine
from yiwang.kernel.text import Text
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.platform.models import JournalEntry
from yiwang.registers import api
from yiwang.registers.contracts import AsOf, ExportFormat, ExportNotFound, ExportRefused
from yiwang.registers.models import Export
from yiwang.registers.queries.exports import folder
from yiwang.registers.testing import a_firm, a_person, an_officer

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
WHY = Purpose(kind="own_duty", reference="年度核对")
_READ = """
import json, sys, pyarrow.parquet as pq
table = pq.read_table(sys.argv[1])
types = {f.name: str(f.type) for f in table.schema}
print(json.dumps({"types": types, "rows": table.to_pylist()}, default=str))
"""
_READ_SHAPES = """
import json, sys, pyogrio
about, table = pyogrio.read_arrow(sys.argv[1])
rows = table.to_pylist()
print(json.dumps({"crs": about["crs"], "type": about["geometry_type"], "rows": rows}, default=str))
"""


def read_by(program: str, path) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, check=True, text=True
    )
    return json.loads(done.stdout)


def exported(actor, form=ExportFormat.CSV, register="persons", **facts):
    number = api.ask_export(actor=actor, at=AT, register=register, form=form, **({"purpose": WHY} | facts))
    api.make_export(actor=api.asker_of(number), at=AT, export_id=number)
    return api.get_export(actor=actor, export=number)


def table_of(export) -> list[list[str]]:
    text = export.path.read_text(encoding="utf-8-sig")
    return list(csv.reader(text.splitlines()))


@pytest.fixture
def people(city, police):
    for place, name in enumerate(["陈大文", "李小明", "王建国"], start=1):
        values = a_person(place) | {"name": name, "residence_division": f"44010{2 + place}001101"}
        api.enter_entry(actor=police, at=AT, register="persons", values=values)


def test_d41_an_owner_exports_what_a_list_shows_and_everybody_in_it_can_see_so(people, police):
    export = exported(police)

    head, *lines = table_of(export)
    found = [dict(zip(head, line, strict=True)) for line in lines]
    assert (export.rows, len(found)) == (3, 3)
    assert [row["name"] for row in found] == ["陈**", "李**", "王**"]
    assert all(row["id_number"].count("*") == 8 for row in found)
    assert found[0]["residence_division"] == "440103001101"
    [line] = TraceLine.objects.all()
    assert (line.kind, line.organisation, line.resource, line.size, line.subject, line.reference) == (
        "export", "public_security", "register:persons", 3, "", "年度核对",
    )  # fmt: skip
    assert count_concerned(line.pk) == 3
    for place in (1, 2, 3):
        [seen] = trace_of(person_reference(a_person(place)["id_number"]))
        assert (seen.id, seen.kind, seen.size) == (line.pk, LookKind.EXPORT, 3)
    assert trace_of(person_reference(a_person(4)["id_number"])) == []
    done = JournalEntry.objects.filter(operation="registers.file.export").order_by("-id")[0]
    assert (done.subject, done.detail["rows"], done.detail["trace"]) == ("register:persons", 3, line.pk)


def test_d41_a_grant_gives_its_fields_and_rows_in_clear_and_counts_every_entry(people, police):
    construction = an_officer("construction", "handler", account=21)
    issue_grant(
        actor=an_officer("public_security", "approver"), at=AT, resource="person_basic",
        grantee="construction",
        fields=["name", "residence_division"], purpose="supervision", legal_basis=Text("法", "Law"),
        row_filter={"residence_division": ["440103", "440104"]}, valid_from=AT.date(),
        valid_until=AT.date() + timedelta(days=9), quota_per_day=3,
    )  # fmt: skip
    asked = {
        "resource": "person_basic", "fields": ["name", "residence_division"],
        "purpose": Purpose(kind="supervision", reference="专项检查 1"),
    }  # fmt: skip

    export = exported(construction, **asked)

    assert table_of(export) == [
        ["name", "residence_division"], ["陈大文", "440103001101"], ["李小明", "440104001101"],
    ]  # fmt: skip
    [line] = TraceLine.objects.all()
    assert (line.organisation, line.size, line.fields) == ("construction", 2, ["name", "residence_division"])
    assert trace_of(person_reference(a_person(3)["id_number"])) == []

    before = {path.name for path in folder().iterdir()}
    with pytest.raises(QuotaExhausted):
        exported(construction, **asked)
    with pytest.raises(NoGrant):
        exported(construction, **(asked | {"purpose": Purpose(kind="enforcement", reference="1")}))
    assert TraceLine.objects.count() == 1
    assert {path.name for path in folder().iterdir()} == before


def test_d41_parquet_keeps_types_and_groups(city, registrar):
    api.enter_entry(actor=registrar, at=AT, register="legal_entities", values=a_firm(1))

    export = exported(registrar, ExportFormat.PARQUET, "legal_entities")

    found = read_by(_READ, export.path)
    [row] = found["rows"]
    assert (found["types"]["capital"], found["types"]["established"]) == ("decimal128(18, 2)", "date32[day]")
    assert (row["name"], row["capital"], row["established"]) == (
        a_firm(1)["name"], "1000000.00", "2020-03-01",
    )  # fmt: skip
    [seen] = trace_of(entity_reference(a_firm(1)["credit_code"]))
    assert seen.kind is LookKind.EXPORT


def test_d41_geojson_text_sequences_follow_rfc_8142(people, police):
    export = exported(police, ExportFormat.GEOJSONSEQ)

    content = export.path.read_bytes()
    texts = content.split(b"\x1e")
    assert (texts[0], len(texts)) == (b"", 4)
    assert all(text.endswith(b"\n") and text.count(b"\n") == 1 for text in texts[1:])
    features = [json.loads(text) for text in texts[1:]]
    assert [(f["type"], f["geometry"], f["properties"]["name"]) for f in features] == [
        ("Feature", None, "陈**"), ("Feature", None, "李**"), ("Feature", None, "王**"),
    ]  # fmt: skip


def test_d41_a_geopackage_comes_out_and_goes_in_again(plots, tmp_path):
    planner = an_officer("planning", "handler", account=31)
    area = "POLYGON((113.25 23.125, 113.26 23.125, 113.26 23.135, 113.25 23.125))"
    api.enter_entry(
        actor=planner,
        at=AT,
        register="plots",
        values={"number": "A-1", "shape": area, "entrance": "113.25 23.1"},
    )

    export = exported(planner, ExportFormat.GPKG, "plots")

    found = read_by(_READ_SHAPES, export.path)
    assert (found["crs"], found["type"], len(found["rows"])) == ("EPSG:4490", "MultiPolygon", 1)
    assert found["rows"][0]["number"] == "A-1"
    report = api.load_file(actor=planner, at=AT, register="plots", file=export.path, on_bad_rows="take_good")
    assert [(p.field, p.reason.en) for p in report.problems] == [
        ("number", "The register has an entry with this “Plot number” already")
    ]


def test_d41_cells_that_a_spreadsheet_would_run_are_made_text(plots):
    planner = an_officer("planning", "handler", account=31)
    for number in ("-1.1", "A-2"):
        api.enter_entry(actor=planner, at=AT, register="plots", values={"number": number})

    export = exported(planner, register="plots")

    assert [line[0] for line in table_of(export)] == ["number", "'-1.1", "A-2"]


def test_d5_an_export_as_of_an_earlier_day_shows_what_was_known_then(people, police):
    before = api.list_entries(actor=police, register="persons", asked=api.Asked(), at=AT)
    first = json.loads(before.body)[0]
    later = AT + timedelta(days=5)
    api.amend_entry(
        actor=police, at=later, register="persons", entry=first["entry"], version=1, kind="change",
        values={"residence_division": "440199"}, valid_from=later.date(),
    )  # fmt: skip
    then, now = AsOf(valid=AT.date(), known=AT), AsOf(valid=later.date(), known=later)

    def places(as_of):
        head, *lines = table_of(exported(police, as_of=as_of))
        return sorted(line[head.index("residence_division")][:6] for line in lines)

    old, new = ["440103", "440104", "440105"], ["440104", "440105", "440199"]
    assert (places(then), places(now), places(None)) == (old, new, new)


def test_d41_strangers_get_nothing_and_leave_nothing(people, police):
    number = api.ask_export(actor=police, at=AT, register="persons", form=ExportFormat.CSV, purpose=WHY)
    colleague = an_officer("public_security", "handler", account=99)

    with pytest.raises(OperationNotAllowed):
        exported(an_officer("planning"))
    with pytest.raises(OperationNotAllowed):
        exported(an_officer("public_security", "window"))
    with pytest.raises(PurposeRefused):
        exported(police, purpose=Purpose(kind="own_duty"))
    with pytest.raises(ExportRefused):
        exported(police, fields=["colour"])
    with pytest.raises(ExportNotFound):
        api.get_export(actor=colleague, export=number)

    assert (TraceLine.objects.count(), BatchSubjects.objects.count(), Export.objects.count()) == (0, 0, 1)


def test_d41_a_file_is_made_once_and_deleted_when_its_time_is_over(people, police):
    export = exported(police)

    assert api.make_export(actor=police, at=AT, export_id=export.id) is False
    assert api.drop_old_exports(AT + timedelta(days=6)) == 0
    assert export.path.exists()
    assert api.drop_old_exports(AT + timedelta(days=8)) == 1
    assert not export.path.exists()
    gone = api.get_export(actor=police, export=export.id)
    assert (gone.state, gone.path, TraceLine.objects.count()) == ("deleted", None, 1)


def test_d41_what_a_killed_process_was_writing_goes_after_an_hour(db):
    left = folder() / f"{api.WHILE_WAITING}a1b2"
    left.mkdir()
    (left / "plots.gpkg").write_bytes(b"half")
    os.utime(left, (AT.timestamp(), AT.timestamp()))

    api.drop_old_exports(AT + timedelta(minutes=59))
    assert left.exists()
    api.drop_old_exports(AT + timedelta(minutes=61))
    assert not left.exists()
