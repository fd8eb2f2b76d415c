"""Words of subscriptions that cross their border."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Literal, Self

from yiwang.exchange.callbacks.contracts import DeliveryInfo
from yiwang.kernel.errors import NotFound, RuleViolation
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json

#: Events of one pull or one delivery, and keys that a subscription names.
MOST_EVENTS = 500
MOST_KEYS = 1_000
_PLACE = re.compile(r"(0|[1-9][0-9]{0,17})\.(0|[1-9][0-9]{0,17})")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place of a feed: the write, and the entry within it. Written ``mark.entry``; an event's id too."""

    mark: int
    entry: int

    def __str__(self) -> str:
        return f"{self.mark}.{self.entry}"

    @classmethod
    def read(cls, text: str) -> Self:
        """The place that a text says.

        Raises:
            CursorRefused: it is none.
        """
        found = _PLACE.fullmatch(text)
        if found is None:
            raise CursorRefused
        return cls(int(found[1]), int(found[2]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One version of an entry beside the one before, each None where it is not among the rows watched."""

    place: Place
    version: int
    at: datetime
    key: str
    old: Mapping[str, Json] | None
    new: Mapping[str, Json] | None
    #: Blind references of those concerned.
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A change as it is told."""

    id: str
    kind: Literal["entered", "changed", "left"]
    entry: int
    #: Empty unless the key is a granted field or the subscriber named it.
    key: str
    version: int
    at: datetime
    #: Field to old and new value, of granted fields that differ; sensitive ones say only that they do.
    fields: Mapping[str, Json]

    def as_json(self) -> dict[str, Json]:
        """The event as it goes out."""
        told: dict[str, Json] = {
            "id": self.id,
            "kind": self.kind,
            "entry": self.entry,
            "version": self.version,
            "at": self.at.isoformat(),
            "fields": dict(self.fields),
        }
        return told | ({"key": self.key} if self.key else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage:
    """Events after a place; ``after`` is where the next page begins, also where nothing is there yet."""

    subscription: str
    events: tuple[Event, ...]
    after: str
    more: bool
    trace_id: int | None


class SubscriptionState(StrEnum):
    """Whether a subscription counts."""

    ACTIVE = "active"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionInfo:
    """A subscription as owner and subscriber see it."""

    code: str
    resource: str
    organisation: str
    client_id: str
    fields: tuple[str, ...]
    purpose: str
    reference: str
    keys: int
    district: str
    callback_url: str
    state: SubscriptionState
    ended_because: Text | None
    made_at: datetime
    #: Up to where it was told by callback, and to where the feed goes.
    told_to: str
    feed_to: str
    deliveries: tuple[DeliveryInfo, ...] = ()


@dataclass(eq=False)
class SubscriptionNotFound(NotFound):
    """There is no such subscription, or it is another's."""

    text: ClassVar[Text] = Text("没有这个订阅。", "There is no such subscription.")


@dataclass(eq=False)
class SubscriptionEnded(RuleViolation):
    """It was ended, or the right that it stood on was."""

    reason: Text
    text: ClassVar[Text] = Text("订阅已终止：{reason}", "The subscription has ended: {reason}")


@dataclass(eq=False)
class SubscriptionRefused(RuleViolation):
    """It cannot be had like this; says why."""

    reason: Text
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text("不能这样订阅：{reason}", "This is no possible subscription: {reason}")


@dataclass(eq=False)
class FeedTrimmed(RuleViolation):
    """Changes after this place are no longer kept; ``place`` is the first to go on from."""

    place: str
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text(
        "该位置之后的变更已超过保存期。请重新查询所需数据，再从 {place} 续读。",
        "Changes after this place are kept no longer. Look the data up again, then go on from {place}.",
    )


@dataclass(eq=False)
class CursorRefused(RuleViolation):
    """The place to go on from is none that was given out."""

    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text("续读位置无效。", "This is no place to go on from.")
