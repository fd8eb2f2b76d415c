"""The kinds that engines have registered."""

from __future__ import annotations

from yiwang.kernel.registry import Registry
from yiwang.packs.contracts import DefinitionKind

KINDS: Registry[DefinitionKind] = Registry("definition kinds")


def ordered() -> list[DefinitionKind]:
    """Kinds in the order in which they apply."""
    return sorted((kind for _, kind in KINDS), key=lambda kind: (kind.order, kind.key))
