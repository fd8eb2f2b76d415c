"""Search a resource of another department by granted, searchable fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from yiwang.exchange.batches.answering import close_look_at_many, open_look_at_many
from yiwang.exchange.batches.contracts import MOST_FOUND, ManyAnswers, NotSearchable
from yiwang.exchange.batches.providers import ManyProvider
from yiwang.exchange.contracts import LookKind, Purpose
from yiwang.exchange.looking import OPERATION
from yiwang.exchange.providers import PROVIDERS
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor


@command(operation=OPERATION)
def search_data(
    *,
    actor: Actor,
    at: datetime,
    resource: str,
    equal: Mapping[str, str],
    fields: Sequence[str],
    purpose: Purpose,
    limit: int = MOST_FOUND,
) -> ManyAnswers:
    """Give at most so many entries whose fields have these values; never a table without a condition.

    Fields searched by must be granted as well: an answer tells that they have the value.

    Raises:
        as ``request_data``, and NotSearchable.
    """
    asked = tuple(dict.fromkeys([*fields, *equal]))
    look = open_look_at_many(actor=actor, resource=resource, fields=asked, purpose=purpose, at=at)
    provider = PROVIDERS.get(look.resource.kind)
    if not equal or not isinstance(provider, ManyProvider):
        raise NotSearchable(field="")
    most = max(1, min(limit, MOST_FOUND))
    found = provider.search(look.resource, equal=equal, fields=look.fields, rows=look.rows, limit=most + 1)
    if found is None:
        raise NotSearchable(field=", ".join(sorted(equal))[:40])
    given = found[:most]
    return close_look_at_many(
        look, given, asked=max(1, len(given)), kind=LookKind.SEARCH, more=len(found) > most
    )
