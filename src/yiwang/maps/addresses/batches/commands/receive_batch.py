"""Take a file of addresses in, and begin with it once its column is named."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

from procrastinate.contrib.django import app as jobs

from yiwang.kernel.text import Text
from yiwang.maps.addresses.batches.contracts import BatchNotFound, BatchState, TableRefused
from yiwang.maps.addresses.batches.keeping import folder
from yiwang.maps.addresses.models import AddressBatch
from yiwang.maps.addresses.queries.rights import BATCH
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, OperationNotAllowed, Scope
from yiwang.registers.api import LineFault, OpenedTable

#: Name of the job; ``tasks.py`` defines it. It is deferred in the act's transaction.
FIND_BATCH = "yiwang.maps.addresses.find_batch"
#: A file of where people live lies about no longer than its use needs (PIPL article 19).
KEPT = timedelta(days=7)
MOST_BYTES = 100_000_000
_MOST_COLUMNS = 200
_KINDS = frozenset({"csv", "tsv", "txt", "xlsx"})
_WRONG_KIND = Text("请上传 CSV 或 XLSX 文件", "Send a CSV or XLSX file")
_TOO_LARGE = Text("文件超过 100 MB", "The file has more than 100 MB")
_EMPTY = Text("文件没有表头或没有内容", "The file has no head, or nothing in it")
_NO_COLUMN = Text("请选择地址所在的列", "Choose the column of addresses")


@command(operation=BATCH)
def receive_batch(*, actor: Actor, at: datetime, name: str, size: int, content: Iterable[bytes]) -> int:
    """Keep a CSV or XLSX file; gives its number.

    Raises:
        TableRefused: of another kind, too large, or without a head.
        OperationNotAllowed: not an officer's act.
    """
    permit(Scope(organisations=(actor.organisation,)), subject="addresses")
    if actor.account_id is None:
        raise OperationNotAllowed(operation=BATCH)
    kind = name.rpartition(".")[2].lower()
    if kind not in _KINDS:
        raise TableRefused(reason=_WRONG_KIND)
    if size > MOST_BYTES:
        raise TableRefused(reason=_TOO_LARGE)
    path = folder() / f"{secrets.token_hex(16)}.{kind}"
    try:
        with path.open("xb") as kept:
            for part in content:
                kept.write(part)
        head = _head_of(path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    row = AddressBatch.objects.create(
        account_id=actor.account_id,
        organisation=actor.organisation,
        name=name[-200:],
        file=path.name,
        size=size,
        state=BatchState.CHOOSING,
        head=head,
        asked_at=at,
        kept_until=at + KEPT,
    )
    note(batch=row.pk, bytes=size)
    return row.pk


def _head_of(path: Path) -> list[str]:
    opened = OpenedTable(path, encoding=None, known=())
    try:
        head = opened.records.head()
    except LineFault as fault:
        raise TableRefused(reason=fault.reason) from fault
    finally:
        opened.close()
    if not head or len(head) > _MOST_COLUMNS:
        raise TableRefused(reason=_EMPTY)
    return [cell.strip()[:100] for cell in head]


@command(operation=BATCH)
def begin_batch(*, actor: Actor, at: datetime, batch: int, column: int, as_of: date | None = None) -> None:
    """Have the addresses of a column compared; a batch that was begun stays as it is.

    ``as_of`` is the day on which they were written, for old lists with the names of their time.

    Raises:
        BatchNotFound: there is none of this officer.
        TableRefused: the file has no such column.
    """
    permit(Scope(organisations=(actor.organisation,)), subject=f"addresses:{batch}")
    row = AddressBatch.objects.select_for_update().filter(pk=batch, account_id=actor.account_id or 0).first()
    if row is None:
        raise BatchNotFound
    if row.state != BatchState.CHOOSING:
        return
    if not 0 <= column < len(row.head):
        raise TableRefused(reason=_NO_COLUMN)
    row.column, row.as_of, row.state = column, as_of, BatchState.WAITING
    row.save(update_fields=["column", "as_of", "state"])
    note(batch=batch, at=at.isoformat())
    jobs.configure_task(FIND_BATCH, queueing_lock=f"address_batch:{batch}").defer(batch=batch)
