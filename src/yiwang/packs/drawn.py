"""Definitions that the city draws up itself, beside its packs: kept as text, read as strictly as a file.

They are read together with the packs, so that each is checked against the other, and planning from files
alone never retires them. In what is applied they stand under the name ``drawn_up``, which no pack may take.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from yiwang.kernel.errors import DefinitionProblem
from yiwang.packs.contracts import Definition, Drawn
from yiwang.packs.kinds import KINDS
from yiwang.packs.loader import drawn_source
from yiwang.packs.models import DrawnDefinition


def drawn_definitions() -> list[Drawn]:
    """Those that are published now, by kind and code."""
    rows = DrawnDefinition.objects.filter(retired_at=None).order_by("kind", "code")
    return [_drawn(row) for row in rows]


def find_drawn(kind: str, code: str, *, retired: bool = False) -> Drawn | None:
    """One of them or None; ``retired`` finds one that was retired too."""
    rows = DrawnDefinition.objects.filter(kind=kind, code=code)
    row = rows.first() if retired else rows.filter(retired_at=None).first()
    return _drawn(row) if row is not None else None


def read_drawn(kind: str, code: str, text: str) -> tuple[Definition | None, list[DefinitionProblem]]:
    """Read a text as a file of a pack would be read, by itself; problems carry its lines."""
    problems: list[DefinitionProblem] = []
    source = drawn_source(kind, code, text, problems)
    if source is None:
        return None, problems
    return KINDS.get(kind).read(source)


def keep_drawn(definition: Definition, *, owner: str, at: datetime, account_id: int | None) -> int:
    """Keep the text of what is applied now; gives its revision."""
    row = DrawnDefinition.objects.filter(kind=definition.kind, code=definition.code).first()
    revision = row.revision + 1 if row is not None else 1
    DrawnDefinition.objects.update_or_create(
        kind=definition.kind,
        code=definition.code,
        defaults={
            "owner": owner,
            "text": definition.source.content.decode(),
            "revision": revision,
            "published_at": at,
            "account_id": account_id,
            "retired_at": None,
        },
    )
    return revision


def retire_drawn(kind: str, code: str, *, at: datetime, account_id: int | None) -> None:
    """It is read no more; its text stays."""
    DrawnDefinition.objects.filter(kind=kind, code=code).update(retired_at=at, account_id=account_id)


def drawn_by(owners: Sequence[str], *, kind: str) -> list[Drawn]:
    """What organisations drew up of a kind, by code."""
    rows = DrawnDefinition.objects.filter(kind=kind, owner__in=owners, retired_at=None).order_by("code")
    return [_drawn(row) for row in rows]


def _drawn(row: DrawnDefinition) -> Drawn:
    return Drawn(
        kind=row.kind,
        code=row.code,
        owner=row.owner,
        text=row.text,
        revision=row.revision,
        published_at=row.published_at,
    )
