"""Fetch a file that was made, under the right of this moment."""

from __future__ import annotations

from datetime import datetime

from yiwang.exchange.api import refuse_ended
from yiwang.exchange.contracts import Purpose
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.registers.contracts import ExportInfo, ExportNotFound
from yiwang.registers.layer_files import layer_title
from yiwang.registers.models import Export
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.queries.exports import EXPORT, get_export
from yiwang.registers.queries.rights import list_right


@command(operation=EXPORT)
def fetch_export(*, actor: Actor, at: datetime, register: str, export: int) -> ExportInfo:
    """Give an export to the officer who asked for it; the journal keeps who fetched it and when.

    A grant that ended closes the file at once, and so does a right to the register that was taken away,
    or a layer that ended.

    Raises:
        NotFound: the layer of which it is a file is not there for this reader any more.
        ExportNotFound: there is none of this register, or it is somebody else's, or its file is not there.
        OperationNotAllowed, GrantNotInForce and others of a look: not any more.
    """
    permit(Scope(organisations=(actor.organisation,)), subject=f"register:{register}")
    found = get_export(actor=actor, export=export)
    if found.register != register or found.path is None:
        raise ExportNotFound(export=export)
    row = Export.objects.get(pk=export)
    if row.resource:
        refuse_ended(
            actor=actor,
            resource=row.resource,
            fields=row.fields,
            purpose=Purpose(kind=row.purpose, reference=row.reference),
            traces=[row.trace] if row.trace else [],
            at=at,
        )
    else:
        list_right(get_register(register), actor, at=at)
        if row.layer:
            layer_title(actor, row.layer, register=register)
    note(export=export)
    return found
