"""A layer written into a file while its reader waits: all that he asks for or a refusal, never a part."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore

from django.db import DatabaseError, DataError, InternalError, transaction
from psycopg.errors import QueryCanceled

from yiwang.maps.ogc.contracts import DownloadsBusy, DownloadTooLarge, ReasonNeeded
from yiwang.maps.ogc.queries.asked import Asked
from yiwang.maps.ogc.queries.bounds import Params
from yiwang.maps.ogc.queries.items import Reader, not_computed, times_of
from yiwang.maps.ogc.queries.selecting import condition_of
from yiwang.maps.queries.layer_files import cut_of
from yiwang.maps.queries.layers import ReadLayer, read_layers
from yiwang.platform.contracts import TimeLimitReached
from yiwang.platform.sql import limit_time
from yiwang.registers.api import refuse_unfit_system, write_rows
from yiwang.registers.contracts import ExportFormat

#: Features of a file that is made at once; a million take a minute.
MOST_AT_ONCE = 50_000
_MOST_MILLISECONDS = 30_000
#: Files that one web process makes at the same time: each has a process of its own that writes it.
_MOST_TOGETHER = 2
_turns = BoundedSemaphore(_MOST_TOGETHER)


def read_for_file(reader: Reader, code: str, asked: Asked) -> ReadLayer:
    """The layer as a file would show it.

    Raises:
        LayerNotFound
        ReasonNeeded: fields about persons, also masked ones: such a file is made for a reason.
    """
    then, during = times_of(asked)
    (read,) = read_layers(reader.actor, (code,), then=then, during=during)
    if needs_reason(read):
        raise ReasonNeeded(layer=code)
    return read


def needs_reason(read: ReadLayer) -> bool:
    """Whether a file of the layer tells this reader of persons."""
    return cut_of(read, system=0).tells_of_people


def write_layer(
    reader: Reader, code: str, asked: Asked, form: ExportFormat, path: Path, *, system: int
) -> int:
    """Write what the reader asks for of a layer; gives how many features.

    Raises:
        LayerNotFound, ReasonNeeded, FilterWrong, ParameterUnknown
        SystemRefused: the format is not written in this reference system (an EPSG number).
        DownloadTooLarge, TimeLimitReached, DownloadsBusy, StorageFull: nothing is to be read from the path.
    """
    refuse_unfit_system(form, system)
    read = read_for_file(reader, code, asked)
    params: Params = {"known": reader.at}
    condition = condition_of(read, asked, params)
    cut = cut_of(read, system=system, condition=condition, parameters=params, most=MOST_AT_ONCE + 1)
    with _turn(), _told(), transaction.atomic():
        limit_time(_MOST_MILLISECONDS)
        found = write_rows(cut, form, path)
    if found > MOST_AT_ONCE:
        raise DownloadTooLarge(layer=code, most=MOST_AT_ONCE)
    return found


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(blocking=False):
        raise DownloadsBusy
    try:
        yield
    finally:
        _turns.release()


@contextmanager
def _told() -> Iterator[None]:
    """Say in words why the database gave up."""
    try:
        yield
    except (DataError, InternalError):
        raise not_computed() from None
    except DatabaseError as problem:
        if isinstance(problem.__cause__, QueryCanceled):
            raise TimeLimitReached(seconds=_MOST_MILLISECONDS / 1000) from None
        raise
