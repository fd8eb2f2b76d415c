"""What engines plug in: the feed of changes of a kind of resource."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from yiwang.exchange.contracts import ResourceInfo
from yiwang.exchange.subscriptions.contracts import Change, Place
from yiwang.kernel.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What of a resource is watched: granted fields and rows, of these the keys or district of interest."""

    fields: tuple[str, ...]
    rows: Mapping[str, Sequence[str]]
    keys: tuple[str, ...] = ()
    district: str = ""


class ChangeFeed(Protocol):
    """The changes of a kind of resource, in the order in which they were committed."""

    def end(self, resource: ResourceInfo) -> Place:
        """Where the feed goes to now."""

    def district_field(self, resource: ResourceInfo) -> str | None:
        """The field that says in which district an entry lies."""

    def key_field(self, resource: ResourceInfo) -> str:
        """The field that is the key."""

    def read(
        self, resource: ResourceInfo, watched: Watched, *, after: Place, limit: int, upto: Place | None = None
    ) -> tuple[list[Change], Place]:
        """At most so many changes after a place, and the place up to which all were looked through."""


__all__ = ["FEEDS", "Change", "ChangeFeed", "Place", "Watched"]

#: Feeds by the kind of resource.
FEEDS: Registry[ChangeFeed] = Registry("change feeds")
