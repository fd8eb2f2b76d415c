"""What other engines plug in: answers for a kind of resource, checks of purposes, keepers of evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import LiteralString, Protocol, runtime_checkable

from yiwang.exchange.contracts import Consumer, CutField, Found, Purpose, ResourceInfo, SubjectKind
from yiwang.exchange.definitions import ResourceDefinition
from yiwang.kernel.registry import Registry
from yiwang.kernel.text import Text
from yiwang.packs.contracts import Known
from yiwang.platform import sql
from yiwang.platform.contracts import Actor, Json


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemShape:
    """Data type and length of an item (信息项), as the source's own definition has them."""

    type: Text
    #: Most characters; None where the type settles it or nothing limits it.
    length: int | None = None
    #: XML Schema datatype, e.g. ``date``.
    xsd: str = "string"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceWords:
    """What a source and its fields are called."""

    title: Text
    fields: Mapping[str, Text]
    #: Data type and length of fields, where the source knows them.
    items: Mapping[str, ItemShape] = field(default_factory=dict)


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
        valid_on: date | None = None,
    ) -> Found:
        """Give these fields of the entry of a key, if it fits the row filter; of a day if one is named."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class StraightLookUp:
    """A look-up as a part of somebody's statement: ``(body text, version integer)``, at most one row.

    One of a day takes the parameters ``valid`` (the day) and ``known`` (the instant of the look).
    """

    text: LiteralString
    params: Mapping[str, object]
    #: The key as the source keeps it: the parameter ``source_key``.
    key_as_kept: Callable[[str], str]
    #: The blind reference of whom an entry of that key concerns, whether there is one or not.
    subject_of: Callable[[str], str]


@runtime_checkable
class StraightProvider(Protocol):
    """A provider whose look-ups can share the statement that checks the right and writes the trace."""

    def straight(
        self,
        resource: ResourceInfo,
        *,
        fields: Sequence[str],
        rows: Mapping[str, Sequence[str]],
        of_a_day: bool,
    ) -> StraightLookUp | None:
        """The look-up of these fields, now or of a day; None where the row alone tells whom it concerns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceLink:
    """A way to a resource that the catalogue shows: a path of this installation."""

    title: Text
    path: str
    #: As people know it: JSON, CSV, GeoJSON.
    format: str
    media_type: str
    #: Path of the OpenAPI document, if the way is a service.
    description: str = ""


class LinkOf(Protocol):
    """Gives a way to a resource, or None where it has none; also for resources yet to be applied."""

    def __call__(self, info: ResourceInfo, /) -> ResourceLink | None:
        """The way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceAct:
    """Something to do with a resource that an engine above offers on its page.

    ``url_name`` takes the code of the resource's source and that of the resource; ``fits`` decides for each
    reader at an instant.
    """

    title: Text
    url_name: str
    icon: str
    fits: Callable[[Actor, ResourceInfo, datetime], bool]


class CutProvider(Protocol):
    """Counts the entries of one kind of resource by fields, for releases of open data."""

    def refuses(self, resource: ResourceInfo, fields: Sequence[CutField]) -> Text | None:
        """Why these fields cannot be counted by; None if they can."""

    def count_by(
        self, resource: ResourceInfo, fields: Sequence[CutField]
    ) -> list[tuple[tuple[str, ...], int]] | None:
        """Numbers of entries by values; None when there are too many groups."""


class ConsumersOf(Protocol):
    """Tells what uses a field of a resource besides grants and releases: forms, layers, indicators."""

    def __call__(self, info: ResourceInfo, field: str, /) -> list[Consumer]:
        """The consumers."""


class PurposeCheck(Protocol):
    """Whether an actor really has this purpose: is the case open, and at this organisation?"""

    def __call__(self, actor: Actor, purpose: Purpose, *, organisation: str, at: datetime) -> bool:
        """Decide; False refuses the request."""


@dataclass(frozen=True, slots=True)
class SqlPurposeCheck:
    """A check that is one condition of SQL, so that it can stand in somebody's statement too.

    Its parameters are ``purpose_reference`` and ``purpose_organisation``.
    """

    condition: LiteralString

    def __call__(self, actor: Actor, purpose: Purpose, *, organisation: str, at: datetime) -> bool:
        """Decide."""
        found = sql.fetch(f"SELECT {self.condition}", purpose_params(purpose, organisation))
        return found == [(True,)]


def purpose_params(purpose: Purpose, organisation: str) -> dict[str, object]:
    """What the condition of a purpose takes."""
    return {"purpose_reference": purpose.reference, "purpose_organisation": organisation}


class EntrySubject(Protocol):
    """Whose data an entry of a source tells."""

    def __call__(self, source: str, entry: int, /) -> str:
        """Give the blind reference; empty when nobody's."""


#: Whose data an entry tells, by the kind of source (``register``), to find who has read it.
ENTRY_SUBJECTS: Registry[EntrySubject] = Registry("subjects of entries")
#: Providers by the kind of resource.
PROVIDERS: Registry[ResourceProvider] = Registry("resource providers")
#: Checks by purpose; a purpose without a check is believed.
PURPOSE_CHECKS: Registry[PurposeCheck] = Registry("purpose checks")
#: What engines above know to use shared fields, for lineage.
CONSUMERS: Registry[ConsumersOf] = Registry("consumers of shared fields")
#: By the kind of resource; a kind without one is not released.
CUTS: Registry[CutProvider] = Registry("cuts for releases")
#: Ways to a resource by their key, e.g. ``look_up``, ``twin``.
LINKS: Registry[LinkOf] = Registry("links of resources")
#: What else may be done with a resource, by key, e.g. ``export``.
RESOURCE_ACTS: Registry[ResourceAct] = Registry("acts on resources")
