"""The jobs of registers: they run at least once, so each looks first whether its work is done."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from yiwang.kernel.errors import YiwangError
from yiwang.platform.contracts import StorageFull
from yiwang.platform.retrying import UntilDone
from yiwang.registers import api


@app.task(name="yiwang.registers.load_intake", retry=UntilDone())
def load_intake(*, intake: int) -> None:
    """Load a file that has arrived, from where a killed worker left it."""
    try:
        api.load_intake(actor=api.sender_of(intake), at=timezone.now(), intake=intake)
    except StorageFull:
        raise
    except YiwangError as refusal:
        api.refuse_intake(intake=intake, reason=refusal.sentence)


@app.task(name="yiwang.registers.make_export", retry=UntilDone())
def make_export(*, export_id: int) -> None:
    """Make a file of entries that was asked for; a full disk is waited for, a refusal is final."""
    try:
        api.make_export(actor=api.asker_of(export_id), at=timezone.now(), export_id=export_id)
    except StorageFull:
        raise
    except YiwangError as refusal:
        api.refuse_export(export_id=export_id, reason=refusal.sentence)
