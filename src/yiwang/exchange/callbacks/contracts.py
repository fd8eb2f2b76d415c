"""Words of callbacks that cross their border."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from yiwang.kernel.errors import NotFound, RuleViolation
from yiwang.kernel.text import Text

#: Tries until a delivery is dead: over three hours with the waits of ``rules.wait_after``.
MOST_TRIES = 12


class DeliveryState(StrEnum):
    """How far a delivery is."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    #: Tried often enough; whoever has mended the receiver replays it.
    DEAD = "dead"
    #: The right to it ended before it was heard.
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> Text:
        """The state in words."""
        return _STATES[self]


_STATES = {
    DeliveryState.WAITING: Text("待送达", "Waiting"),
    DeliveryState.DELIVERED: Text("已送达", "Delivered"),
    DeliveryState.DEAD: Text("送达失败", "Dead"),
    DeliveryState.WITHDRAWN: Text("已停止", "Withdrawn"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryInfo:
    """One delivery as owner and receiver see it: never its content."""

    id: int
    topic: str
    events: int
    state: DeliveryState
    attempts: int
    made_at: datetime
    try_at: datetime | None
    delivered_at: datetime | None
    #: Of the last try: HTTP status, or the name of what went wrong.
    last_status: int | None
    last_problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredCallbacks:
    """Where a client may be called, and the key of the signatures (HMAC-SHA256), shown this once."""

    client_id: str
    origins: tuple[str, ...]
    key: str


@dataclass(eq=False)
class CallbackRefused(RuleViolation):
    """The address is not one that was declared for the client, or cannot be called at all."""

    reason: Text
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text("不能回调该地址：{reason}", "This address is not called: {reason}")


@dataclass(eq=False)
class DeliveryNotFound(NotFound):
    """There is no such delivery, or it is not dead."""

    text: ClassVar[Text] = Text("没有可重新送达的记录。", "There is no such delivery to replay.")
