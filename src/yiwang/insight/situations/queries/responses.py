"""The response that is in force, and who may decide on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from psycopg import sql

from yiwang.insight.situations.definitions import Responses
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor, Scope
from yiwang.platform.sql import fetch_within
from yiwang.registers.api import get_register, open_rows

DECIDE = "situations.response.decide"
OPEN, CLOSED = "open", "closed"
_MOST_MILLISECONDS = 2_000
_STANDING = sql.SQL(
    "SELECT r.{key}, r.{level}, r.{opened}, r.{reason} FROM {rows} r WHERE r.{state} = 'open' "
    "ORDER BY r.{opened} DESC, r._entry DESC LIMIT 1"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An entry of the register of responses that is open."""

    number: str
    level: str
    opened_at: datetime
    reason: str


def find_in_force(responses: Responses) -> Standing | None:
    """Give the response that was opened last and not ended.

    Raises:
        RegisterNotFound: the register was closed, or is not open any more.
    """
    register = get_register(responses.register_code)
    statement = _STANDING.format(
        key=sql.Identifier(register.key),
        rows=open_rows(register.code),
        **{
            name: sql.Identifier(str(getattr(responses, name)))
            for name in ("level", "opened", "reason", "state")
        },
    )
    (found,) = fetch_within(_MOST_MILLISECONDS, [(statement.as_string(), {})])
    if not found:
        return None
    number, level, opened_at, reason = found[0]
    assert isinstance(opened_at, datetime)  # noqa: S101 - a required field of moments
    return Standing(number=str(number), level=str(level), opened_at=opened_at, reason=str(reason))


def scope_of(responses: Responses) -> Scope:
    """Where a response is decided: in the body that keeps the register."""
    return Scope(organisations=(get_register(responses.register_code).owner,))


def may_decide(actor: Actor | None, responses: Responses) -> bool:
    """Whether a reader may open and end responses."""
    return actor is not None and guard().covers(actor, DECIDE, scope_of(responses))
