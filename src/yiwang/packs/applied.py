"""What is applied, for engines that ask who relies on what they keep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
