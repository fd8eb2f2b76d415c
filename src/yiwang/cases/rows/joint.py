"""The joint step of a case: its host token, and whom it asks."""

from __future__ import annotations

from yiwang.cases.contracts.errors import NoJointStep
from yiwang.cases.rows.records import Live
from yiwang.cases.rules.process.tokens import Token


def joint_host(live: Live) -> Token:
    """The token of the activity that many answer now; the first by number where there are several.

    Raises:
        NoJointStep: there is none.
    """
    for token in live.tokens.values():
        if token.index is None and live.process.node(token.node).many is not None:
            return token
    raise NoJointStep(number=live.row.number)


def asked_items(live: Live, host: Token, *, unanswered: bool = False) -> set[str]:
    """The organisations that take part, or those of them that have not answered."""
    return {
        token.item
        for token in live.tokens.values()
        if token.parent == host.id
        and token.index is not None
        and isinstance(token.item, str)
        and not (unanswered and token.outcome is not None)
    }
