"""The revisions of a register, what each changed, and notices of those that break something."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from yiwang.kernel.text import Text, text_from
from yiwang.platform.contracts import Actor, Json
from yiwang.registers.contracts import RegisterNotFound
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.models import ChangeNotice, Register, Revision
from yiwang.registers.queries.impact import HitRow
from yiwang.registers.rules.changes import changes

MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionView:
    """One revision. ``hits`` are all of them for the owner, the own ones for others."""

    register: str
    title: Text
    revision: int
    state: str
    published_at: datetime
    definition: RegisterDefinition
    content: Json
    changes: tuple[Text, ...]
    breaks: tuple[Text, ...]
    breaks_json: tuple[Json, ...]
    hits: tuple[HitRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """A change that an organisation is told of, because it relies on the register."""

    id: int
    register: str
    title: Text
    revision: int
    owner: str
    breaks: tuple[Text, ...]
    hits: tuple[HitRow, ...]
    told_at: datetime
    seen_at: datetime | None


def state_of(code: str) -> str:
    """``published`` or ``retired``.

    Raises:
        RegisterNotFound: there never was such a register.
    """
    row = Register.objects.filter(code=code).first()
    if row is None:
        raise RegisterNotFound(register=code[:41])
    return "retired" if row.closed_at is not None else "published"


def list_revisions(code: str, *, actor: Actor | None = None) -> list[RevisionView]:
    """Every revision, the newest first; of a retired register too.

    Raises:
        RegisterNotFound: there never was such a register.
    """
    present = state_of(code)
    rows = list(Revision.objects.filter(register=code).order_by("revision")[:MOST])
    found: list[RevisionView] = []
    before: RegisterDefinition | None = None
    for row in rows:
        definition = _model(row.definition)
        steps = () if row.is_closing else changes(before, definition)
        last = row is rows[-1]
        found.append(
            RevisionView(
                register=code,
                title=definition.title,
                revision=row.revision,
                state=present if last else "superseded",
                published_at=row.published_at,
                definition=definition,
                content=row.definition,
                changes=tuple(step.describe() for step in steps),
                breaks=tuple(text_from(one["text"]) for one in row.breaks),
                breaks_json=tuple(row.breaks),
                hits=_seen_by(actor, definition.owner, row.hits),
            )
        )
        before = definition
    return found[::-1]


def get_revision_of(code: str, revision: int, *, actor: Actor | None = None) -> RevisionView:
    """One revision.

    Raises:
        RegisterNotFound: there is none of the number.
    """
    for found in list_revisions(code, actor=actor):
        if found.revision == revision:
            return found
    raise RegisterNotFound(register=f"{code[:41]} r{revision}")


def list_change_notices(*, organisation: str) -> list[NoticeView]:
    """Notices to an organisation, those that nobody took note of first."""
    rows = ChangeNotice.objects.filter(organisation=organisation).select_related("revision").order_by("-id")
    found = sorted(rows[:100], key=lambda row: (row.seen_at is not None, -row.pk))
    return [
        NoticeView(
            id=row.pk,
            register=row.revision.register,
            title=text_from(row.revision.definition["title"]),
            revision=row.revision.revision,
            owner=row.revision.definition["owner"],
            breaks=tuple(text_from(one["text"]) for one in row.revision.breaks),
            hits=tuple(row.hits),
            told_at=row.told_at,
            seen_at=row.seen_at,
        )
        for row in found
    ]


def count_change_notices(*, organisation: str) -> int:
    """How many nobody took note of."""
    return ChangeNotice.objects.filter(organisation=organisation, seen_at=None).count()


def _seen_by(actor: Actor | None, owner: str, hits: list[HitRow]) -> tuple[HitRow, ...]:
    if actor is None:
        return ()
    every = actor.organisation == owner or bool(actor.roles & {"city_admin", "auditor"})
    return tuple(hit for hit in hits if every or hit["organisation"] == actor.organisation)


def _model(content: Json) -> RegisterDefinition:
    return RegisterDefinition.model_validate_json(json.dumps(content))
