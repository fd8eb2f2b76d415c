"""What other engines plug in: answers for a kind of resource, checks of purposes, keepers of evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from yiwang.exchange.contracts import Found, Purpose, ResourceInfo, SubjectKind
from yiwang.exchange.definitions import ResourceDefinition
from yiwang.kernel.registry import Registry
from yiwang.kernel.text import Text
from yiwang.packs.contracts import Known
from yiwang.platform.contracts import Actor, Json


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceWords:
    """What a source and its fields are called."""

    title: Text
    fields: Mapping[str, Text]


class ResourceProvider(Protocol):
    """Answers for one kind of resource."""

    def check(self, resource: ResourceDefinition, known: Known) -> list[tuple[tuple[str | int, ...], Text]]:
        """Path and reason of everything in a definition that the source doesn't have."""

    def describe(self, source: str) -> SourceWords | None:
        """The words of a source and its fields, for traces of looks through the source's own door."""

    def own_key_kind(self, source: str) -> SubjectKind | None:
        """Whether the source is asked by a person's or an entity's own number, or by something else."""

    def look_up(
        self,
        resource: ResourceInfo,
        *,
        key: str,
        fields: Sequence[str],
        rows: Mapping[str, Sequence[str]],
        at: datetime,
    ) -> Found:
        """Give these fields of the entry of a key, if it fits the row filter."""

    def verify(
        self,
        resource: ResourceInfo,
        *,
        key: str,
        claims: Mapping[str, Json],
        rows: Mapping[str, Sequence[str]],
        at: datetime,
    ) -> Found:
        """Give True or False for each claim about the entry of a key."""


class PurposeCheck(Protocol):
    """Whether an actor really has this purpose: is the case open, and at this organisation?"""

    def __call__(self, actor: Actor, purpose: Purpose, *, organisation: str, at: datetime) -> bool:
        """Decide; False refuses the request."""


class TraceSink(Protocol):
    """Keeps evidence of a trace line, such as a leaf of the ledger, in the same transaction."""

    def __call__(self, trace_id: int, line: Mapping[str, Json], *, at: datetime) -> None:
        """Take the line; raising stops the answer, for no data go out without evidence."""


#: Providers by the kind of resource.
PROVIDERS: Registry[ResourceProvider] = Registry("resource providers")
#: Checks by purpose; a purpose without a check is believed.
PURPOSE_CHECKS: Registry[PurposeCheck] = Registry("purpose checks")
TRACE_SINKS: Registry[TraceSink] = Registry("trace sinks")
