"""Events of a subscription under the right of this moment, and their trace."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from yiwang.exchange.batch_looks import close_batch_look, mark_of
from yiwang.exchange.batches.answering import GIVEN, open_look_at_many, refuse_look_at_many
from yiwang.exchange.contracts import GrantInfo, LookKind, Purpose, ResourceInfo
from yiwang.exchange.looking import Look, rule
from yiwang.exchange.models import Subscription
from yiwang.exchange.queries.catalogue import get_resource
from yiwang.exchange.queries.clients import ROLES
from yiwang.exchange.subscriptions.contracts import Change, Event, Place
from yiwang.exchange.subscriptions.keeping import unseal_keys
from yiwang.exchange.subscriptions.providers import FEEDS, Watched
from yiwang.exchange.subscriptions.rules.telling import event_of
from yiwang.platform.command import note
from yiwang.platform.contracts import Actor, Json
from yiwang.trust import api as trust

#: Pages of the feed that are looked through at once where nothing in them is for the subscriber.
_PAGES = 20


@dataclass(frozen=True, slots=True)
class Found:
    """Events with the changes that they tell, and up to where the feed was looked through."""

    events: tuple[Event, ...]
    subjects: frozenset[str]
    place: Place
    more: bool


def subscriber(row: Subscription) -> Actor:
    """The client in the name of its organisation; what it may is asked anew each time."""
    return Actor(kind="system", name=f"client:{row.client_id}", organisation=row.organisation, roles=ROLES)


def purpose_of(row: Subscription) -> Purpose:
    """Why it is told."""
    return Purpose(kind=row.purpose, reference=row.reference)


def judge(row: Subscription, *, at: datetime) -> None:
    """Refuse as a look would, using no quota.

    Raises:
        as ``request_data``, and OneByOneOnly.
    """
    refuse_look_at_many(
        actor=subscriber(row), resource=row.resource, fields=row.fields, purpose=purpose_of(row), at=at
    )


def read_events(
    row: Subscription, *, after: Place, limit: int, at: datetime, upto: Place | None = None
) -> Found:
    """Events after a place under the grant of now. Without ``open_traced_look`` nothing of it may leave."""
    info = get_resource(row.resource)
    grant = _grant_of(row, info, at)
    watched = Watched(
        fields=tuple(row.fields),
        rows=grant.row_filter if grant else {},
        keys=unseal_keys(row.keys, subscription=row.code),
        district=row.district,
    )
    feed, place = FEEDS.get(info.kind), after
    key_field, told = feed.key_field(info), list[tuple[Event, Change]]()
    for _ in range(_PAGES):
        changes, end = feed.read(info, watched, after=place, limit=limit, upto=upto)
        found = [(event_of(each, info, row.fields, key_field=key_field, named=watched.keys), each)
                 for each in changes]  # fmt: skip
        told = [(event, each) for event, each in found if event is not None]
        stands, place = end == place, end
        if told or stands:
            break
    subjects = frozenset(subject for _, each in told for subject in each.subjects)
    goes_on = place < (upto or feed.end(info))
    return Found(tuple(event for event, _ in told), subjects, place, goes_on)


def _grant_of(row: Subscription, info: ResourceInfo, at: datetime) -> GrantInfo | None:
    return rule(
        info, actor=subscriber(row), organisation=row.organisation, fields=row.fields,
        purpose=purpose_of(row), at=at,
    )  # fmt: skip


def open_traced_look(row: Subscription, *, actor: Actor, at: datetime) -> Look:
    """The look that the events are: right, purpose, grant and quota."""
    return open_look_at_many(
        actor=actor, resource=row.resource, fields=row.fields, purpose=purpose_of(row), at=at
    )


def close_traced_look(look: Look, row: Subscription, found: Found) -> int:
    """Write trace, marks and leaves of events that are given; each counts against the quota."""
    marks = sorted(mark_of(subject) for subject in found.subjects)
    number = len(found.events)
    trace = close_batch_look(look, size=number, marks=marks, asked=number, kind=LookKind.EVENTS)
    content: dict[str, Json] = {
        "trace": trace,
        "subscription": row.code,
        "events": [event.id for event in found.events],
        "events_sha256": hashlib.sha256(told_text(found.events)).hexdigest(),
    }
    trust.record(GIVEN, f"trace:{trace}", content, at=look.at)
    note(subscription=row.code, events=number)
    return trace


def told_text(events: Sequence[Event]) -> bytes:
    """Events as JSON lines: what their digest is made of."""
    return b"".join(trust.canonical_json(event.as_json()) + b"\n" for event in events)
