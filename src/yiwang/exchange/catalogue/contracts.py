"""Words of releases, harvests and lineage; inside the exchange, and told by its door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from yiwang.exchange.contracts import Consumer, CutField, ResourceInfo, Secrecy
from yiwang.kernel.errors import NotAllowed, NotFound, RuleViolation
from yiwang.kernel.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseInfo:
    """A release of open data and how far it is."""

    code: str
    resource: str
    owner: str
    title: Text
    form: Literal["table", "rows"]
    fields: tuple[CutField, ...]
    least: int
    state: Literal["prepared", "published", "withdrawn"]
    #: Groups or rows: in all, held back because small, held back to protect those.
    report: Mapping[str, int]
    file_id: int
    prepared_by: int
    signed_by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLineage:
    """The way of one field: from the field of its source to its consumers."""

    name: str
    title: Text
    secrecy: Secrecy
    source_field: str
    source_title: Text | None
    consumers: tuple[Consumer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """The ways of the fields of a resource."""

    resource: ResourceInfo
    source_title: Text | None
    fields: tuple[FieldLineage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HarvestRunInfo:
    """One reading of another catalogue; ``left_out`` are identifiers with the reason."""

    at: datetime
    seen: int
    added: int
    changed: int
    removed: int
    left_out: tuple[tuple[str, Text], ...]
    fault: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HarvestSourceInfo:
    """Another catalogue that is read."""

    key: str
    title: Text
    protocol: Literal["dcat", "ckan"]
    url: str
    every_hours: int
    is_stopped: bool
    due_at: datetime | None
    entries: int
    latest: HarvestRunInfo | None


@dataclass(eq=False)
class ReleaseNotFound(NotFound):
    """There is no such release, or not in this state."""

    release: str
    text: ClassVar[Text] = Text("没有开放数据“{release}”。", "There is no release “{release}”.")


@dataclass(eq=False)
class ReleaseRefused(RuleViolation):
    """The data cannot be released like this; says why."""

    reason: Text
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text("不能这样开放：{reason}", "This cannot be released: {reason}")


@dataclass(eq=False)
class SecondPersonNeeded(NotAllowed):
    """Who prepared a release cannot sign it off."""

    text: ClassVar[Text] = Text(
        "开放数据须由另一人审核签发，编制人不能签发自己编制的数据。",
        "Another person signs a release off; who prepared it cannot.",
    )


@dataclass(eq=False)
class SourceNotFound(NotFound):
    """There is no such catalogue that is read."""

    source: str
    text: ClassVar[Text] = Text("没有收集来源“{source}”。", "There is no harvest source “{source}”.")


@dataclass(eq=False)
class SourceRefused(RuleViolation):
    """A catalogue cannot be read like this; says why."""

    reason: Text
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text("不能收集该目录：{reason}", "This catalogue cannot be harvested: {reason}")
