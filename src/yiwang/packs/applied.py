"""What is applied, for engines that ask who relies on what they keep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db.models import TextField
from django.db.models.functions import Cast

from yiwang.packs.contracts import Definition, Known, SourceFile
from yiwang.packs.models import AppliedDefinition, AppliedPack
from yiwang.platform.contracts import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """A definition that is applied now; ``owner`` is the organisation that answers for its pack."""

    kind: str
    code: str
    pack: str
    owner: str
    content: Json


def applied_definitions(*, but: frozenset[str] = frozenset()) -> Iterator[Applied]:
    """Every one of the kinds that are not left out, by kind and code."""
    owners = {pack.name: str(pack.manifest.get("owner") or "") for pack in AppliedPack.objects.all()}
    rows = AppliedDefinition.objects.filter(retired_at=None).exclude(kind__in=but)
    for row in rows.order_by("kind", "code"):
        yield Applied(
            kind=row.kind, code=row.code, pack=row.pack, owner=owners.get(row.pack, ""), content=row.content
        )


def as_known(kind: str = "") -> Known:
    """What is applied, of one kind or of all, for checks across definitions; places tell no line."""
    rows = AppliedDefinition.objects.filter(retired_at=None, **({"kind": kind} if kind else {}))
    return Known({(row.kind, row.code): _definition(row) for row in rows}, frozenset())


def mentioning(code: str) -> list[Definition]:
    """Applied definitions in whose content a code stands as a whole text, whatever it means there."""
    live = AppliedDefinition.objects.filter(retired_at=None)
    rows = live.annotate(words=Cast("content", TextField())).filter(words__contains=f'"{code}"')
    return [_definition(row) for row in rows.order_by("kind", "code")]


def _definition(row: AppliedDefinition) -> Definition:
    shown = f"{row.pack}/{row.kind}/{row.code}"
    xml = row.content.get("xml") if isinstance(row.content, dict) else None
    content = xml.encode() if isinstance(xml, str) else b""
    source = SourceFile(pack=row.pack, path=Path(shown), shown=shown, content=content)
    return Definition(kind=row.kind, code=row.code, source=source, content=row.content, digest=row.digest)
