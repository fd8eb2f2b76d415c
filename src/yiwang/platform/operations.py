"""Every operation that commands and pages ask for, declared by the engine that owns it."""

from __future__ import annotations

from yiwang.kernel.registry import Registry
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Operation

OPERATIONS: Registry[Operation] = Registry("operations")


def declare(
    key: str, title: Text, *, roles: frozenset[str] | set[str] = frozenset(), citizens: bool = False
) -> Operation:
    """Declare an operation with the roles that hold it unless a pack says otherwise."""
    return OPERATIONS.register(
        key, Operation(key=key, title=title, roles=frozenset(roles), citizens=citizens)
    )
