"""Drafts of an organisation, and what it drew up and published."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from yiwang.identity.api import account_names
from yiwang.kernel.text import Text, text_from
from yiwang.packs.api import drawn_by, parse_yaml
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor, Json, Scope
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.drafting.contracts import Aim, DraftChanged, DraftNotFound, DraftView
from yiwang.registers.models import Register, RegisterDraft

KIND = "registers"
EDIT = "registers.draft.edit"
PUBLISH = "registers.draft.publish"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnRegister:
    """A register that an organisation drew up itself; ``draft`` is the number of the open one, if any."""

    code: str
    title: Text
    revision: int
    published_at: datetime
    draft: int | None


def find_draft(draft: int, *, lock: bool = False) -> RegisterDraft:
    """The row of an open draft.

    Raises:
        DraftNotFound: there is none, or it has ended.
    """
    rows = RegisterDraft.objects.select_for_update() if lock else RegisterDraft.objects
    row = rows.filter(pk=draft, state=RegisterDraft.DRAFT).first()
    if row is None:
        raise DraftNotFound
    return row


def refuse_stale(row: RegisterDraft, version: int) -> None:
    """Whoever acts has seen the draft as it stands.

    Raises:
        DraftChanged: somebody saved it since; says who and when.
    """
    if row.version != version:
        who = account_names([row.saved_by]).get(row.saved_by) or "—"
        when = timezone.localtime(row.saved_at).strftime("%Y-%m-%d %H:%M")
        raise DraftChanged(who=who, when=when)


def get_draft(*, actor: Actor, draft: int) -> DraftView:
    """An open draft of the actor's organisation.

    Raises:
        DraftNotFound: there is none, or it is another's.
    """
    row = find_draft(draft)
    if not any(reaches(actor, operation, row.owner) for operation in (EDIT, PUBLISH)):
        raise DraftNotFound
    return view_of(row)


def list_drafts(*, actor: Actor) -> list[DraftView]:
    """Open drafts of the actor's organisation, by code."""
    if not reaches(actor, EDIT, actor.organisation):
        return []
    rows = RegisterDraft.objects.filter(owner=actor.organisation, state=RegisterDraft.DRAFT)
    return [view_of(row) for row in rows.order_by("code")]


def list_drawn(*, actor: Actor) -> list[DrawnRegister]:
    """Registers that the actor's organisation drew up and that are in force, by code."""
    if not reaches(actor, EDIT, actor.organisation):
        return []
    drafts = {draft.code: draft.id for draft in list_drafts(actor=actor)}
    drawn = {one.code: one for one in drawn_by([actor.organisation], kind=KIND)}
    rows = Register.objects.filter(code__in=drawn, closed_at=None).order_by("code")
    return [
        DrawnRegister(
            code=row.code,
            title=text_from(row.definition["title"]),
            revision=row.revision,
            published_at=drawn[row.code].published_at,
            draft=drafts.get(row.code),
        )
        for row in rows
    ]


def reaches(actor: Actor, operation: str, owner: str) -> bool:
    """Whether a right of the actor reaches the owner."""
    judge = guard()
    return (
        bool(owner)
        and judge.may(actor, operation)
        and judge.covers(actor, operation, Scope(organisations=(owner,)))
    )


def published_of(code: str) -> tuple[int, RegisterDefinition | None]:
    """Revision and definition that the tables of a register have; 0 and None where there are none."""
    row = Register.objects.filter(code=code).first()
    if row is None:
        return 0, None
    return row.revision, RegisterDefinition.model_validate_json(json.dumps(row.definition))


def content_of(text: str) -> dict[str, Json]:
    """The data of a text that was saved, which is well-formed."""
    data = parse_yaml(text.encode(), "").data
    return data if isinstance(data, dict) else {}


def view_of(row: RegisterDraft) -> DraftView:
    """A row as it is shown."""
    revision, published = published_of(row.code)
    aim: Aim = "retire" if row.aim == RegisterDraft.RETIRE else "define"
    return DraftView(
        id=row.pk,
        code=row.code,
        owner=row.owner,
        aim=aim,
        state=row.state,
        version=row.version,
        text=row.text,
        content=content_of(row.text),
        saved_at=row.saved_at,
        saved_by=row.saved_by,
        published_ids=frozenset(_ids(published)),
        revision=revision,
    )


def _ids(definition: RegisterDefinition | None) -> Sequence[int]:
    return [field.id for field in definition.fields] if definition is not None else []
