"""What engines plug in: made-up entries for a kind of resource."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from yiwang.exchange.contracts import ResourceInfo
from yiwang.kernel.registry import Registry
from yiwang.platform.contracts import Json


class TwinProvider(Protocol):
    """Makes entries up; the same key gives the same entry, in every process and for ever."""

    def keys(self, resource: ResourceInfo, *, first: int, number: int) -> list[str]:
        """Keys of made-up entries by their place: none that anybody or anything real could have."""

    def is_made_up(self, resource: ResourceInfo, key: str) -> bool:
        """Whether a key is of the range in which nobody real is."""

    def values(self, resource: ResourceInfo, *, key: str, fields: Sequence[str]) -> Mapping[str, Json] | None:
        """The fields of the entry of a made-up key; None for the keys that the twin leaves without one."""

    def verified(
        self, resource: ResourceInfo, *, key: str, claims: Mapping[str, Json], at: datetime
    ) -> Mapping[str, bool] | None:
        """Whether each claim is true, a field's value or the answer to a question; None without an entry."""


#: Twins by the kind of resource.
TWINS: Registry[TwinProvider] = Registry("twins")
