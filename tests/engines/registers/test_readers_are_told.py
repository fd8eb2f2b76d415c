"""Who was given wrong data is told of the correction: once, by field and own reference, without a value."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from yiwang.exchange.api import issue_grant, list_notices, request_data, see_notice, verify_data
from yiwang.exchange.attention import NoticeNotFound
from yiwang.exchange.contracts import Purpose
from yiwang.exchange.models import ReaderNotice
from yiwang.exchange.providers import PURPOSE_CHECKS
from yiwang.kernel.text import Text
from yiwang.platform import command as command_module
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.platform.outbox import deliver
from yiwang.registers.api import amend_entry, enter_entry
from yiwang.registers.testing import DefaultRolesGuard, a_person, an_officer

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
POLICE = an_officer("public_security", "handler", "window", account=11)
HEAD = an_officer("public_security", "approver", account=12)
READERS = {"construction": ("name", "phone"), "health": ("name",), "planning": ("residence_division",)}
LATER = AT + timedelta(days=2)


@pytest.fixture(autouse=True)
def _city(base_registers, db, monkeypatch):
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])
    with PURPOSE_CHECKS.temporarily("case", lambda actor, purpose, *, organisation, at: True):
        yield


def purpose(number: str) -> Purpose:
    return Purpose(kind="case", reference=number)


def looked() -> tuple[int, str]:
    values = a_person()
    entry = enter_entry(actor=POLICE, at=AT, register="persons", values=values).entry
    for reader, fields in READERS.items():
        issue_grant(
            actor=HEAD,
            at=AT,
            resource="person_basic",
            grantee=reader,
            fields=fields,
            purpose="case",
            legal_basis=Text("法", "Law"),
            valid_from=date(2026, 1, 1),
            valid_until=date(2026, 12, 31),
        )
    key = str(values["id_number"])
    for reader, fields in READERS.items():
        request_data(
            actor=an_officer(reader), at=AT + timedelta(days=1), resource="person_basic", key=key,
            fields=fields, purpose=purpose(f"GJ-{reader}"),
        )  # fmt: skip
    return entry, key


def amended(entry: int, kind: str, **values: str) -> None:
    amend_entry(actor=POLICE, at=LATER, register="persons", entry=entry, version=1, values=values, kind=kind)
    deliver(at=LATER + timedelta(seconds=1))


def test_d20_a_correction_is_told_to_everyone_who_read_the_field():
    entry, key = looked()
    verify_data(
        actor=an_officer("health"), at=AT + timedelta(days=1), resource="person_basic", key=key,
        claims={"name": "别名"}, purpose=purpose("GJ-2"),
    )  # fmt: skip

    amended(entry, "correction", name="陈小铭")

    told = {row.organisation: row for row in ReaderNotice.objects.all()}
    assert set(told) == {"construction", "health"}
    assert (told["construction"].fields, told["construction"].references) == (["name"], ["GJ-construction"])
    assert told["health"].references == ["GJ-health", "GJ-2"]
    (seen,) = list_notices(organisation="health")
    assert [str(title) for title in seen.field_titles] == [str(Text("姓名", "Name"))]
    # It says what and where, never what it was or is, nor whose number.
    kept = " ".join(map(str, ReaderNotice.objects.values_list()))
    assert "陈小" not in kept
    assert key not in kept
    assert deliver(at=LATER + timedelta(minutes=1)) == 0
    assert ReaderNotice.objects.count() == 2


def test_a_change_of_the_world_and_an_unread_field_are_not_told():
    entry, _ = looked()
    amended(entry, "change", name="陈小铭")
    assert ReaderNotice.objects.count() == 0

    amend_entry(
        actor=POLICE, at=LATER + timedelta(days=1), register="persons", entry=entry, version=2,
        values={"birth_date": "1985-03-13"}, kind="correction",
    )  # fmt: skip
    deliver(at=LATER + timedelta(days=1, seconds=1))

    assert ReaderNotice.objects.count() == 0


def test_a_notice_is_taken_note_of_by_the_organisation_that_got_it():
    entry, _ = looked()
    amended(entry, "correction", phone="13900000000")
    notice = ReaderNotice.objects.get()
    assert (notice.organisation, notice.fields) == ("construction", ["phone"])

    with pytest.raises(NoticeNotFound):
        see_notice(actor=an_officer("health"), at=LATER, notice=notice.pk)
    with pytest.raises(OperationNotAllowed):
        see_notice(actor=an_officer("construction", "window"), at=LATER, notice=notice.pk)
    assert ReaderNotice.objects.get().seen_at is None
    see_notice(actor=an_officer("construction"), at=LATER, notice=notice.pk)
    see_notice(actor=an_officer("construction"), at=LATER + timedelta(days=1), notice=notice.pk)

    assert ReaderNotice.objects.get().seen_at == LATER
