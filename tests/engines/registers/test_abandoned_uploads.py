"""Uploads that nobody goes on with leave the disk after a day; those that are under way stay."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest

from yiwang.identity.testing import an_officer
from yiwang.registers import api
from yiwang.registers.commands.drop_abandoned import drop_abandoned_uploads
from yiwang.registers.contracts import IntakeState
from yiwang.registers.loading.arrival import folder
from yiwang.registers.models import Intake

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def keeper(city):
    before = set(folder().iterdir())
    yield an_officer("public_security")
    for path in set(folder().iterdir()) - before:
        path.unlink()


def _announced(keeper, days: float, *, state: str = "receiving") -> Intake:
    number = api.receive_file(actor=keeper, at=AT, register="persons", name="people.csv", size=100)
    api.append_part(actor=keeper, intake=number, offset=0, content=b"id_number,name\n")
    row = Intake.objects.get(pk=number)
    then = AT - timedelta(days=days)
    Intake.objects.filter(pk=number).update(asked_at=then, state=state)
    os.utime(folder() / row.file, (then.timestamp(), then.timestamp()))
    return row


def test_d9_abandoned_uploads_leave_the_disk_after_a_day(keeper):
    old = _announced(keeper, 2)
    fresh = _announced(keeper, 0.5)
    waiting = _announced(keeper, 3, state="waiting")
    stranger = folder() / "nobodys.csv"
    stranger.write_text("x")
    os.utime(stranger, (0, 0))

    assert drop_abandoned_uploads(AT) == 2

    ended = api.get_intake(actor=keeper, intake=old.pk)
    assert ended.state is IntakeState.REFUSED
    assert ended.refusal is not None
    assert ended.refusal.en.startswith("Nothing more came for a day")
    assert not (folder() / old.file).exists()
    assert not stranger.exists()
    assert (folder() / fresh.file).read_bytes() == b"id_number,name\n"
    assert (folder() / waiting.file).exists()
    assert drop_abandoned_uploads(AT) == 0


def test_d9_an_upload_that_still_grows_is_kept(keeper):
    slow = _announced(keeper, 2)
    os.utime(folder() / slow.file, (AT.timestamp(), AT.timestamp()))

    assert drop_abandoned_uploads(AT) == 0
    assert api.get_intake(actor=keeper, intake=slow.pk).state is IntakeState.RECEIVING
