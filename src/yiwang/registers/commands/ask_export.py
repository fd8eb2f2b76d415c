"""Ask for a file of entries; a job makes it, a small one is made at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from procrastinate.contrib.django import app as jobs

from yiwang.exchange.api import get_resource, is_sound_purpose
from yiwang.exchange.contracts import Purpose, PurposeRefused
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, OperationNotAllowed, Scope
from yiwang.registers.contracts import AsOf, ExportFormat, ExportRefused
from yiwang.registers.definitions import SHAPES, RegisterDefinition
from yiwang.registers.geographic import (
    CGCS2000,
    GEOGRAPHIC,
    NoShapeToExport,
    refuse_unfit_system,
)
from yiwang.registers.layer_files import layer_title
from yiwang.registers.models import Export
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.queries.exports import EXPORT
from yiwang.registers.queries.rights import list_right

#: Name of the job that makes an export; ``tasks.py`` defines it. It is deferred in the act's transaction.
MAKE_EXPORT = "yiwang.registers.make_export"


@command(operation=EXPORT)
def ask_export(
    *,
    actor: Actor,
    at: datetime,
    register: str,
    form: ExportFormat,
    purpose: Purpose,
    resource: str = "",
    layer: str = "",
    fields: Sequence[str] = (),
    district: str = "",
    as_of: AsOf | None = None,
    system: int = CGCS2000,
) -> int:
    """Ask for the entries of a register as the reader sees them; gives the number of the export.

    With ``resource`` the fields are those of a grant to the reader's organisation, in clear, for the purpose
    of the grant; without it the reader is of the owner or a source (purpose ``own_duty``), or the register is
    open. With ``layer`` they are the rows and fields that this layer of the register shows the reader.

    Raises:
        NotFound: the register has no such layer, or it is not for this reader.
        OperationNotAllowed: not this reader's register.
        PurposeRefused: no reason was given, or it holds an identity number.
        ExportRefused: the resource is another register's, or a field is unknown.
        NoShapeToExport: a geographic format of a register without shapes.
        SystemRefused: the format is not written in this reference system.
    """
    definition = get_register(register)
    permit(Scope(organisations=(actor.organisation,)), subject=f"register:{register}")
    if resource:
        _refuse_strange_resource(definition, resource, fields)
    else:
        _refuse_strange_reader(definition, actor, layer, purpose, at)
    if not is_sound_purpose(purpose):
        raise PurposeRefused(purpose=purpose.kind[:40])
    _refuse_unfit_form(definition, form, fields, system)
    if actor.account_id is None:
        raise OperationNotAllowed(operation=EXPORT)
    made = Export.objects.create(
        register=register,
        resource=resource,
        layer=layer,
        form=form,
        fields=list(fields),
        system=system,
        district=district[:12],
        valid=as_of.valid if as_of else None,
        known=as_of.known if as_of else None,
        purpose=purpose.kind,
        reference=purpose.reference,
        account_id=actor.account_id,
        organisation=actor.organisation,
        post=actor.post,
        roles=sorted(actor.roles),
        asked_at=at,
    )
    note(export=made.pk, form=form)
    jobs.configure_task(MAKE_EXPORT, queueing_lock=f"export:{made.pk}").defer(export_id=made.pk)
    return made.pk


def _refuse_strange_reader(
    definition: RegisterDefinition, actor: Actor, layer: str, purpose: Purpose, at: datetime
) -> None:
    list_right(definition, actor, at=at)
    if purpose.kind != "own_duty":
        raise PurposeRefused(purpose=purpose.kind[:40])
    if layer:
        layer_title(actor, layer, register=definition.code)


def _refuse_unfit_form(
    definition: RegisterDefinition, form: ExportFormat, fields: Sequence[str], system: int
) -> None:
    for name in fields:
        if definition.find(name) is None:
            raise ExportRefused(what=name[:40])
    if form in GEOGRAPHIC and not any(field.kind in SHAPES for field in definition.fields):
        raise NoShapeToExport
    refuse_unfit_system(form, system)


def _refuse_strange_resource(definition: RegisterDefinition, resource: str, fields: Sequence[str]) -> None:
    info = get_resource(resource)
    if (info.kind, info.source) != ("register", definition.code) or not fields:
        raise ExportRefused(what=resource)
