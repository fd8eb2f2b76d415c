"""Make a file that was asked for: rows, trace line and marks of everybody concerned, or nothing."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import IO

from yiwang.exchange.api import (
    MARK,
    Look,
    close_batch_look,
    open_look,
    write_batch_trace,
)
from yiwang.exchange.contracts import Purpose
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.registers.contracts import AsOf, ExportFormat, ExportNotFound, ExportRefused, ExportState, Seen
from yiwang.registers.exporting.cut import Cut
from yiwang.registers.exporting.writing import write_rows
from yiwang.registers.geographic import GEOGRAPHIC, NoShapeToExport
from yiwang.registers.layer_files import layer_cut
from yiwang.registers.models import Export
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.queries.exports import EXPORT, FORMS, folder
from yiwang.registers.queries.rights import list_right

#: A file of many people's data lies about no longer than its use needs (PIPL article 19).
KEPT = timedelta(days=7)
_TOGETHER = 4_096


@command(operation=EXPORT)
def make_export(*, actor: Actor, at: datetime, export_id: int) -> bool:
    """Make the file in the name of who asked; False when it was made before.

    Rights, grant, purpose and quota are asked again, for they may have ended in between.

    Raises:
        ExportNotFound: there is none.
        OperationNotAllowed, NoGrant and others of a look: not any more.
        NoShapeToExport: a geographic file, and no shape is seen.
        StorageFull: the disk has no room; nothing is left.
    """
    row = Export.objects.select_for_update().filter(pk=export_id).first()
    if row is None:
        raise ExportNotFound(export=export_id)
    permit(Scope(organisations=(row.organisation,)), subject=f"register:{row.register}")
    if row.state == ExportState.DONE:
        return False
    purpose = Purpose(kind=row.purpose, reference=row.reference)
    look = None
    if row.resource:
        look = open_look(
            actor=actor,
            resource=row.resource,
            fields=_asked_fields(row),
            purpose=purpose,
            at=at,
            of_many=True,
        )
        if look.grant is not None and look.grant.needs_consent:
            # each person consents for one's own data; nobody can for a list
            raise ExportRefused(what=row.resource)
        _refuse_other_district(row, look)
    form = ExportFormat(row.form)
    cut = replace(_cut_of(row, actor, look, at), system=row.system)
    if form in GEOGRAPHIC and cut.shape is None:
        raise NoShapeToExport
    name = f"{secrets.token_hex(16)}.{FORMS[form].suffix}"
    path = folder() / name
    with TemporaryFile(dir=folder()) as marks:
        try:
            row.rows = write_rows(cut, form, path, marks)
            if look is not None:
                row.trace = close_batch_look(look, size=row.rows, marks=_kept(marks))
            else:
                row.trace = _trace_of_keeper(
                    actor=actor, cut=cut, row=row, purpose=purpose, marks=marks, at=at
                )
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    row.file, row.bytes = name, path.stat().st_size
    row.state, row.made_at, row.kept_until = ExportState.DONE, at, at + KEPT
    row.save()
    note(export=row.pk, rows=row.rows, bytes=row.bytes)
    return True


def _asked_fields(row: Export) -> list[str]:
    """The fields, and the one by which the district is chosen: each row given tells that it lies there."""
    place = get_register(row.register).district if row.district else None
    return list(dict.fromkeys([*row.fields, *([place] if place else [])]))


def _refuse_other_district(row: Export, look: Look) -> None:
    """A district beyond the rows granted is refused: an empty file would say that nothing lies there."""
    place = get_register(row.register).district
    if not row.district:
        return
    if place is None:
        raise ExportRefused(what=row.district)
    granted = look.rows.get(place)
    if granted is not None and not any(
        code.startswith(row.district) or row.district.startswith(code) for code in granted
    ):
        raise ExportRefused(what=row.district)


def _cut_of(row: Export, actor: Actor, look: Look | None, at: datetime) -> Cut:
    definition = get_register(row.register)
    as_of = AsOf(valid=row.valid, known=row.known) if row.valid and row.known else None
    if look is not None:
        view = {f.name: Seen.CLEAR for f in definition.fields if f.name in look.fields}
        return Cut(definition=definition, view=view, rows=look.rows, district=row.district, as_of=as_of)
    if row.layer:
        return layer_cut(actor, row.layer, register=row.register, system=row.system, as_of=as_of)
    right = list_right(definition, actor, at=at)
    wanted = row.fields or definition.names
    view = {name: seen for name, seen in right.view.items() if name in wanted}
    return Cut(
        definition=definition, view=view, only_source=right.only_source, district=row.district, as_of=as_of
    )


def _kept(marks: IO[bytes]) -> Iterator[bytes]:
    marks.seek(0)
    while together := marks.read(MARK * _TOGETHER):
        yield from (together[at : at + MARK] for at in range(0, len(together), MARK))


def _trace_of_keeper(
    *, actor: Actor, cut: Cut, row: Export, purpose: Purpose, marks: IO[bytes], at: datetime
) -> int:
    return write_batch_trace(
        actor=actor,
        organisation=actor.organisation,
        resource=f"register:{row.register}",
        fields=[field.name for field in cut.fields],
        purpose=purpose,
        grant=None,
        size=row.rows or 0,
        marks=_kept(marks),
        at=at,
    )
