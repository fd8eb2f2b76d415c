"""Where files of addresses lie, and how they are shown to who sent them."""

from __future__ import annotations

from pathlib import Path

from yiwang.kernel.text import Text
from yiwang.maps.addresses.batches.contracts import BatchNotFound, BatchState, BatchView, ToLook, Verdict
from yiwang.maps.addresses.models import AddressBatch
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import environment


def folder() -> Path:
    """The folder; only the installation's user reads it."""
    found = environment().var / "addresses"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def file_of(row: AddressBatch) -> Path:
    """The file as it was sent."""
    return folder() / row.file


def result_of(row: AddressBatch) -> Path:
    """The file with what was found."""
    return folder() / f"{row.file}.result.csv"


def put_away(row: AddressBatch, *, also_result: bool) -> None:
    """Delete the file, and perhaps its result."""
    file_of(row).unlink(missing_ok=True)
    if also_result:
        result_of(row).unlink(missing_ok=True)


def get_batch(*, actor: Actor, batch: int) -> BatchView:
    """A file that the officer sent.

    Raises:
        BatchNotFound: there is none, or it is somebody else's.
    """
    row = AddressBatch.objects.filter(pk=batch, account_id=actor.account_id or 0).first()
    if row is None:
        raise BatchNotFound
    return _view(row)


def my_batches(*, actor: Actor, most: int = 20) -> list[BatchView]:
    """The last files that the officer sent, newest first."""
    rows = AddressBatch.objects.filter(account_id=actor.account_id or 0).order_by("-id")[:most]
    return [_view(row) for row in rows]


def _view(row: AddressBatch) -> BatchView:
    state = BatchState(row.state)
    return BatchView(
        id=row.pk,
        name=row.name,
        size=row.size,
        state=state,
        head=tuple(row.head),
        column=row.column,
        as_of=row.as_of,
        rows=row.done,
        percent=100 if state is BatchState.DONE else min(round(row.share * 100), 99),
        counts={each: int(row.counts.get(each, 0)) for each in Verdict},
        to_look=tuple(
            ToLook(line=line, text=text, found=found, confidence=confidence, reasons=Text(zh, en))
            for line, text, found, confidence, zh, en in row.to_look
        ),
        refusal=Text(row.refusal["zh"], row.refusal["en"]) if row.refusal else None,
        asked_at=row.asked_at,
        ended_at=row.ended_at,
        kept_until=row.kept_until,
        result=result_of(row) if state is BatchState.DONE else None,
    )
