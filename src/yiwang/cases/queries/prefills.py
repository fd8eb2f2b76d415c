"""What registers say of a case, for the officers of the organisation that looked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from yiwang.cases.contracts.prefills import PrefilledRow, PrefillView
from yiwang.cases.definitions.case_type import CasePrefill
from yiwang.cases.models import Case, Task
from yiwang.cases.queries.rights import readable_case
from yiwang.cases.queries.types import type_version
from yiwang.cases.rows.prefills import taken_in
from yiwang.cases.rules.prefills import differs, stated
from yiwang.exchange.api import fields_open_to, get_resource
from yiwang.exchange.contracts import (
    FieldsNotGranted,
    GrantNotInForce,
    NoGrant,
    ResourceField,
    ResourceInfo,
    ResourceNotFound,
)
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor, Json
from yiwang.registers.api import get_register, worded
from yiwang.registers.contracts import RegisterNotFound

_NOTHING = Text("", "")
#: What a grant, or a wider one, would help against.
_ASKABLE = (NoGrant, GrantNotInForce, FieldsNotGranted)


def prefills_of(*, actor: Actor, at: datetime, case_id: int) -> tuple[PrefillView, ...]:
    """Give each declared prefill of a case to an officer whose organisation works, or worked, on it.

    Nothing for anybody else: the values were seen under that organisation's grant.

    Raises:
        CaseNotFound: there is none, or it is not for this officer.
    """
    row = readable_case(actor, case_id)
    declared = type_version(row.type_version_id).definition.prefills
    if not declared or not _is_at_work(row, actor.organisation):
        return ()
    root = Case.objects.get(pk=row.ancestors[0]) if row.ancestors else row
    views = (_view(each, row, root.answers, actor, at) for each in declared)
    return tuple(view for view in views if view is not None)


def _is_at_work(row: Case, organisation: str) -> bool:
    return bool(organisation) and (
        row.organisation == organisation or Task.objects.filter(case=row, organisation=organisation).exists()
    )


def _view(
    declared: CasePrefill, row: Case, answers: Mapping[str, Json], actor: Actor, at: datetime
) -> PrefillView | None:
    """One resource; None where the catalogue no longer has it."""
    try:
        info = get_resource(declared.resource)
    except ResourceNotFound:
        return None
    key = stated(declared.key, answers, at=at)
    kept = taken_in(row.pk, organisation=actor.organisation, resource=info.code, key=key) if key else None
    open_fields, obstacle = _open_fields(declared, info, actor.organisation, at)
    values = kept.values if kept is not None else None
    reach = values.keys() if values is not None else open_fields
    return PrefillView(
        resource=info.code,
        title=info.title,
        owner=info.owner,
        rows=tuple(
            _row(info, field, stated(declared.fields[field.name], answers, at=at), values, reach)
            for field in info.fields
            if field.name in declared.fields
        ),
        looked_at=kept.at if kept is not None else None,
        looked_by=kept.by if kept is not None else "",
        found=values is not None,
        has_key=bool(key),
        obstacle=obstacle,
        is_askable=isinstance(obstacle, _ASKABLE) or not set(declared.fields) <= set(open_fields),
    )


def _open_fields(
    declared: CasePrefill, info: ResourceInfo, organisation: str, at: datetime
) -> tuple[tuple[str, ...], YiwangError | None]:
    """Which fields a look would give now, or why none may be had."""
    try:
        found = fields_open_to(
            organisation, resource=info.code, fields=tuple(declared.fields), purpose="case", at=at
        )
    except YiwangError as refused:
        return (), refused
    return found, None


def _row(
    info: ResourceInfo,
    field: ResourceField,
    said: str,
    values: Mapping[str, Json] | None,
    reach: Collection[str],
) -> PrefilledRow:
    value = None if values is None else values.get(field.name)
    return PrefilledRow(
        title=field.title,
        said=Text(said, said),
        registered=_NOTHING if value is None else _worded(info, field.name, value),
        differs=differs(said, value),
        is_open=field.name in reach,
    )


def _worded(info: ResourceInfo, name: str, value: Json) -> Text:
    """The words of a code where the source is a register; otherwise the value as it is."""
    if info.kind == "register":
        try:
            definition = get_register(info.source)
        except RegisterNotFound:
            return Text(str(value), str(value))
        if definition.find(name) is not None:
            return worded(definition, name, value)
    return Text(str(value), str(value))
