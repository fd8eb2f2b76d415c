"""The guard that every command asks: declared operations, held roles, and the tree of organisations."""

from __future__ import annotations

from yiwang.identity.queries.directory import directory
from yiwang.identity.rules import permission
from yiwang.platform.contracts import Actor, Scope
from yiwang.platform.operations import OPERATIONS


class DirectoryGuard:
    """Answers from the declared operations and the directory; an undeclared operation is refused."""

    def may(self, actor: Actor, operation: str) -> bool:
        """Whether any right of the actor has this operation at all."""
        return operation in OPERATIONS and permission.may(actor, OPERATIONS.get(operation), directory())

    def covers(self, actor: Actor, operation: str, scope: Scope) -> bool:
        """Whether the actor's right to the operation reaches this scope."""
        return operation in OPERATIONS and permission.covers(
            actor, OPERATIONS.get(operation), scope, directory()
        )
