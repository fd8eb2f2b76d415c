"""A register as an apply leaves it: its row, a revision that is kept, and notices to whom it hits."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from yiwang.platform.contracts import Json
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.models import ChangeNotice, Register, Revision
from yiwang.registers.queries.impact import Hit, hits_of
from yiwang.registers.rules.breaking import Break, breaks


def publish(wanted: RegisterDefinition, content: Json, *, at: datetime) -> None:
    """Keep the definition that the tables follow now. An apply of the same content is no new revision."""
    row = Register.objects.filter(code=wanted.code).first()
    before = _model(row.definition) if row is not None else None
    broken = breaks(before, wanted) if before is not None else ()
    hits = hits_of(before, broken, at=at) if before is not None else ()
    revision = row.revision + 1 if row is not None else 1
    Register.objects.update_or_create(
        code=wanted.code,
        defaults={
            "revision": revision,
            "owner": wanted.owner,
            "definition": content,
            "applied_at": at,
            "closed_at": None,
        },
    )
    kept = Revision(register=wanted.code, revision=revision, definition=content, published_at=at)
    _keep(kept, wanted.owner, broken, hits, at)


def close(code: str, *, at: datetime) -> None:
    """Retire a register: its tables and revisions stay."""
    row = Register.objects.get(code=code)
    before = _model(row.definition)
    broken = breaks(before, None)
    hits = hits_of(before, broken, at=at)
    row.revision, row.closed_at = row.revision + 1, at
    row.save(update_fields=["revision", "closed_at"])
    kept = Revision(
        register=code, revision=row.revision, definition=row.definition, published_at=at, is_closing=True
    )
    _keep(kept, row.owner, broken, hits, at)


def _keep(kept: Revision, owner: str, broken: Sequence[Break], hits: Sequence[Hit], at: datetime) -> None:
    kept.breaks = [
        {"kind": one.kind.value, "field": one.field, "text": {"zh": one.text.zh, "en": one.text.en}}
        for one in broken
    ]
    kept.hits = [hit.as_json() for hit in hits]
    kept.save(force_insert=True)
    told = {hit.organisation for hit in hits} - {owner, ""}
    ChangeNotice.objects.bulk_create(
        ChangeNotice(
            revision=kept,
            organisation=organisation,
            hits=[hit.as_json() for hit in hits if hit.organisation == organisation],
            told_at=at,
        )
        for organisation in sorted(told)
    )


def _model(content: Json) -> RegisterDefinition:
    return RegisterDefinition.model_validate_json(json.dumps(content))
