"""Providers that answer for many keys in one statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

from yiwang.exchange.contracts import Found, ResourceInfo


@runtime_checkable
class ManyProvider(Protocol):
    """A provider of the exchange that can be asked for many entries at once."""

    def look_up_many(
        self,
        resource: ResourceInfo,
        *,
        keys: Sequence[str],
        fields: Sequence[str],
        rows: Mapping[str, Sequence[str]],
    ) -> list[Found]:
        """Give the entries of keys in their order."""

    def search(
        self,
        resource: ResourceInfo,
        *,
        equal: Mapping[str, str],
        fields: Sequence[str],
        rows: Mapping[str, Sequence[str]],
        limit: int,
    ) -> list[Found] | None:
        """Give at most so many entries whose fields have these values; None if one is not searchable."""
