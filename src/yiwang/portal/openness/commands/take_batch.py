"""Take over a catalogue of earlier years: a package is kept, and a job reads it line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from procrastinate.contrib.django import app as jobs

from yiwang.kernel.text import Text
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import (
    Actor,
    OperationNotAllowed,
    Scope,
    StorageFull,
    UploadRefused,
)
from yiwang.platform.file_content import EMPTY, fault_in
from yiwang.platform.files import MEDIA_TYPES, keep
from yiwang.platform.http.uploads import is_full
from yiwang.portal.openness.contracts import BatchNotFound, FourEyes, ItemContent, Outcome
from yiwang.portal.openness.models import Batch, BatchRow, Item
from yiwang.portal.openness.operations import IMPORT
from yiwang.portal.openness.rules.blocks import Block
from yiwang.portal.openness.rules.rows import Entry
from yiwang.portal.openness.writing import check, number_for, put

#: Name of the job that reads; ``tasks.py`` defines it. It is deferred in the act's transaction.
READ_BATCH = "yiwang.portal.openness.read_batch"
MOST_BYTES = 200_000_000
_MARK = b"PK\x03\x04"
_NO_PACKAGE = Text("不是压缩包", "no package")


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The document of a row, as it came."""

    name: str
    kind: str
    content: bytes


@command(operation=IMPORT)
def take_batch(*, actor: Actor, at: datetime, upload: UploadedFile[bytes]) -> int:
    """Keep a package of one's own agency and have it read; gives its number.

    Raises:
        UploadRefused: no package, too large, or unpacking to far too much.
        StorageFull: the disk has no room.
    """
    permit(Scope(organisations=(actor.organisation,)), subject="openness:batch")
    if actor.account_id is None:
        raise OperationNotAllowed(operation=IMPORT)
    owner = f"openness_batch:{actor.organisation}"
    _check(upload)
    content, name = b"".join(upload.chunks()), upload.name or "package.zip"
    stored = keep(content, name=name, media_type=MEDIA_TYPES["zip"], owner=owner, at=at)
    made = Batch.objects.create(
        organisation=actor.organisation,
        file=stored,
        state="waiting",
        account_id=actor.account_id,
        post=actor.post,
        roles=sorted(actor.roles),
        asked_at=at,
    )
    jobs.configure_task(READ_BATCH, queueing_lock=f"openness_batch:{made.pk}").defer(batch=made.pk)
    note(batch=made.pk, bytes=stored.size)
    return made.pk


@command(operation=IMPORT)
def take_row(
    *,
    actor: Actor,
    at: datetime,
    batch: int,
    line: int,
    title: str,
    entry: Entry | None,
    body: Sequence[Block] = (),
    original: Original | None = None,
    reasons: Sequence[Text] = (),
) -> Outcome:
    """Do one line whole: its item with text and original, or the reasons why there is none.

    A line that was done stays done: a job that begins again goes on where the last one stopped.

    Raises:
        BatchNotFound, InvalidInput.
    """
    row = Batch.objects.select_for_update().filter(pk=batch).first()
    if row is None:
        raise BatchNotFound
    permit(Scope(organisations=(row.organisation,)), subject=f"openness_batch:{batch}")
    done = BatchRow.objects.filter(batch=row, line=line).first()
    if done is not None:
        return Outcome(done.outcome)
    made: Item | None = None
    outcome = Outcome.REFUSED
    if entry is not None and not reasons:
        made = _same(row.organisation, entry)
        outcome = Outcome.DUPLICATE if made is not None else Outcome.IMPORTED
        made = made or _item(row, entry, body, original, by=actor.account_id or 0, at=at)
    BatchRow.objects.create(
        batch=row,
        line=line,
        outcome=outcome,
        title=title[:200],
        item=made,
        reasons=[reason.as_dict() for reason in reasons],
    )
    note(batch=batch, line=line, outcome=outcome)
    return outcome


@command(operation=IMPORT)
def end_batch(*, actor: Actor, at: datetime, batch: int, reason: Text | None = None) -> None:
    """Say that a package is read to its end, or why nothing of it was taken over. Raises BatchNotFound."""
    row = Batch.objects.select_for_update().filter(pk=batch).first()
    if row is None:
        raise BatchNotFound
    permit(Scope(organisations=(row.organisation,)), subject=f"openness_batch:{batch}")
    row.state, row.ended_at = ("refused" if reason else "done"), at
    row.reason = reason.as_dict() if reason else {}
    row.save(update_fields=["state", "ended_at", "reason"])
    note(batch=batch, state=row.state)


def _check(upload: UploadedFile[bytes]) -> None:
    """Whether it is a package within bounds; its first entry may make it look like a document."""
    wanted, size = f"ZIP ≤ {MOST_BYTES // 1_000_000} MB", upload.size or 0
    if is_full(upload):
        raise StorageFull
    if size > MOST_BYTES:
        raise UploadRefused(found=f"{size / 1_000_000:.1f} MB", wanted=wanted)
    if not size:
        raise UploadRefused(found=EMPTY, wanted=wanted)
    upload.seek(0)
    mark = upload.read(len(_MARK))
    upload.seek(0)
    fault = _NO_PACKAGE if mark != _MARK else fault_in(upload, "zip", size)
    if fault is not None:
        raise UploadRefused(found=fault, wanted=wanted)


def refuse_own(row: Batch, actor: Actor) -> None:
    """Whoever sent a package does not publish it; raises FourEyes."""
    if row.account_id == actor.account_id:
        raise FourEyes


def _same(organisation: str, entry: Entry) -> Item | None:
    """The item that this entry is already: by index number, else by the agency's document number."""
    if entry.index_number:
        found = Item.objects.filter(index_number=entry.index_number).first()
        if found is not None:
            return found
    if not entry.document_number:
        return None
    return Item.objects.filter(organisation=organisation, document_number=entry.document_number).first()


def _item(
    batch: Batch, entry: Entry, body: Sequence[Block], original: Original | None, *, by: int, at: datetime
) -> Item:
    content = check(
        ItemContent(
            kind=entry.kind,
            category=entry.category,
            title=entry.title,
            made_on=entry.made_on,
            theme=entry.theme,
            document_number=entry.document_number,
            summary=Text(entry.summary, ""),
            body=tuple(body),
            from_day=entry.from_day,
            until=entry.until,
        )
    )
    row = Item(organisation=batch.organisation, written_by=by, written_at=at)
    put(row, content)
    row.index_number = entry.index_number or number_for(batch.organisation, entry.made_on.year)
    if original is not None:
        media_type = MEDIA_TYPES[original.kind]
        owner = f"openness_batch:{batch.organisation}"
        row.file = keep(original.content, name=original.name, media_type=media_type, owner=owner, at=at)
    row.save()
    return row
