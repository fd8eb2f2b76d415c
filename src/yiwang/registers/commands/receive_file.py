"""A file begins to arrive; when it is all there, its head is matched to the register."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from procrastinate.contrib.django import app as jobs

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, OperationNotAllowed, Scope
from yiwang.registers.commands.enter_entry import writing_source
from yiwang.registers.contracts import FileNotTaken, IntakeNotFound, IntakeState, OnBadRows, WrongOffset
from yiwang.registers.definitions import SHAPES
from yiwang.registers.geographic import FILE_SYSTEMS
from yiwang.registers.loading.addressed import proposed_column
from yiwang.registers.loading.arrival import folder, received
from yiwang.registers.loading.sheet import LEFT_OUT, Sheet, field_names, point_of_pair
from yiwang.registers.models import ColumnMapping, Intake
from yiwang.registers.queries.definitions import get_register

OPERATION = "registers.file.load"
#: Name of the job that loads; ``tasks.py`` defines it. It is deferred in the act's transaction.
LOAD_INTAKE = "yiwang.registers.load_intake"
#: Ten million people are 1.1 GB as CSV.
MOST_BYTES = 20_000_000_000
#: What GDAL and others call the shape of a file that has no name for it.
_SHAPE_NAMES = frozenset({"wkb_geometry", "geometry", "geom", "the_geom", "shape"})
_NOT_BEGUN = (IntakeState.RECEIVING, IntakeState.MAPPING)
_KINDS = frozenset(
    {
        "csv",
        "tsv",
        "txt",
        "xlsx",
        "parquet",
        "gpkg",
        "zip",
        "geojson",
        "geojsons",
        "json",
        "jsonl",
        "kml",
        "kmz",
        "dxf",
    }
)


@command(operation=OPERATION)
def receive_file(
    *,
    actor: Actor,
    at: datetime,
    register: str,
    name: str,
    size: int,
    on_bad_rows: OnBadRows = "refuse_all",
    encoding: str = "",
    source: str | None = None,
    system: str = "",
    repairing: bool = False,
) -> int:
    """Announce a file of ``size`` bytes; its parts are added afterwards. Gives the number of the intake.

    ``system`` is the reference system of shapes in a file that does not say it: an EPSG number, or ``gcj02``
    or ``bd09``, whose shapes are moved to where they are. With ``repairing`` areas whose borders cross are
    made whole and noted, else refused.

    Raises:
        FileNotTaken: empty, too large, or of no kind that registers take.
    """
    writer = writing_source(get_register(register), actor, source)
    permit(Scope(organisations=(writer,)), subject=f"register:{register}")
    suffix = name.rpartition(".")[2].lower()
    if not 0 < size <= MOST_BYTES or suffix not in _KINDS or system not in FILE_SYSTEMS:
        raise FileNotTaken
    if actor.account_id is None:
        raise OperationNotAllowed(operation=OPERATION)
    made = Intake.objects.create(
        register=register,
        repairing=repairing,
        source=writer,
        account_id=actor.account_id,
        organisation=actor.organisation,
        post=actor.post,
        roles=sorted(actor.roles),
        name="".join(c for c in name if c.isprintable() and c not in '/\\:*?"<>|')[-200:],
        file=f"{secrets.token_hex(16)}.{suffix}",
        size=size,
        on_bad_rows=on_bad_rows,
        encoding=encoding,
        system=system,
        asked_at=at,
    )
    (folder() / made.file).touch(mode=0o600)
    note(intake=made.pk, bytes=size, system=system)
    return made.pk


@command(operation=OPERATION)
def begin_load(
    *,
    actor: Actor,
    at: datetime,
    intake: int,
    columns: Mapping[str, str] | None = None,
    placed_by: str = "",
) -> IntakeState:
    """Match the head of a file that has arrived, and have it loaded by a job.

    A head that does not fit by itself is fitted as the same head of the same source was before; else it waits
    for ``columns`` (column of the file to field, or ``-``), which are kept for the next file. So does a head
    without coordinates but with addresses: ``placed_by`` is the column from which places are to be taken.

    Raises:
        WrongOffset: it has not arrived whole.
        IntakeNotFound: it is somebody else's, or it was begun before.
    """
    row = Intake.objects.select_for_update().filter(pk=intake).first()
    permit(Scope(organisations=(actor.organisation,)), subject=f"intake:{intake}")
    if (
        row is None
        or row.account_id != actor.account_id
        or row.state not in (IntakeState.RECEIVING, IntakeState.MAPPING)
    ):
        raise IntakeNotFound(intake=intake)
    if received(row.file) != row.size:
        raise WrongOffset(offset=received(row.file))
    row.head = row.head or _head_of(row)
    if columns is not None:
        row.columns = {name: columns[name] for name in row.head if columns.get(name)}
        row.placed_by = placed_by if placed_by in row.head else ""
    elif not _fits_by_itself(row):
        saved = ColumnMapping.objects.filter(
            register=row.register, source=row.source, head=_digest(row.head)
        ).first()
        row.columns = saved.columns if saved else {}
        row.placed_by = saved.placed_by if saved else ""
        if saved is None and row.head:
            row.state = IntakeState.MAPPING
            row.save()
            return IntakeState.MAPPING
    if columns is not None:
        ColumnMapping.objects.update_or_create(
            register=row.register, source=row.source, head=_digest(row.head),
            defaults={
                "columns": row.columns, "placed_by": row.placed_by, "saved_at": at,
                "saved_by": actor.account_id,
            },
        )  # fmt: skip
    row.state = IntakeState.WAITING
    row.save()
    jobs.configure_task(LOAD_INTAKE, queueing_lock=f"intake:{row.pk}").defer(intake=row.pk)
    return IntakeState.WAITING


def _head_of(row: Intake) -> list[str]:
    """The head; nothing where the file can't even be read that far, which the load will tell."""
    sheet = Sheet(
        folder() / row.file, get_register(row.register), encoding=row.encoding or None, system=row.system
    )
    try:
        sheet.read_head()
    finally:
        sheet.close()
    return list(sheet.columns)


def _fits_by_itself(row: Intake) -> bool:
    """Whether each column is a field and no required one is missing."""
    definition = get_register(row.register)
    known = field_names(definition)
    found = [known.get(name.casefold()) for name in row.head]
    if (pair := point_of_pair(definition, row.head, {})) is not None:
        field, *places = pair
        for place in places:
            found[place] = field
    required = {field.name for field in definition.fields if field.required}
    if proposed_place(row.register, row.head):
        return False
    return None not in found and required <= {field.name for field in found if field is not None}


def _digest(head: Sequence[str]) -> str:
    return sha256("\x1f".join(head).encode()).hexdigest()


def guessed_columns(register: str, head: Sequence[str]) -> dict[str, str]:
    """What each column is likely to be: a field of that name, or left out."""
    definition = get_register(register)
    known = field_names(definition)
    shape = next((field.name for field in definition.fields if field.kind in SHAPES), LEFT_OUT)
    guessed = {
        name: field.name if (field := known.get(name.casefold())) is not None else LEFT_OUT for name in head
    }
    if (pair := point_of_pair(definition, head, {})) is not None:
        field, *places = pair
        guessed |= {head[place]: field.name for place in places}
    for name in head:
        if name.casefold() in _SHAPE_NAMES and shape not in guessed.values():
            guessed[name] = shape
    return guessed


def proposed_place(register: str, head: Sequence[str]) -> str:
    """The column from whose addresses places may be taken; empty where the file has coordinates."""
    definition = get_register(register)
    guessed = guessed_columns(register, head)
    mapped = {name: definition.get(field) for name, field in guessed.items() if field != LEFT_OUT}
    return proposed_column(definition, head, mapped)
