"""Words of batches and jobs that cross their border."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from yiwang.kernel.errors import NotAllowed, NotFound, RuleViolation
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json

#: Keys that are answered while the caller waits, and of each part of a job.
MOST_AT_ONCE = 1_000
#: Keys of a job; its file of keys may be far over 10 MB.
MOST_A_JOB = 1_000_000
#: Entries that a search gives; whoever needs more narrows it, or asks the owner for an export.
MOST_FOUND = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOfMany:
    """The answer to one key; ``values`` is None when there is no entry among the rows granted."""

    values: Mapping[str, Json] | None
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyAnswers:
    """The answers of a batch in the order of its keys, or of a search by entry."""

    resource: str
    answers: tuple[OneOfMany, ...]
    trace_id: int
    at: datetime
    #: Whether a search found more than it gives.
    more: bool = False


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    #: Refused on the way: what was answered before is kept and traced, the rest was not looked at.
    PARTLY = "partly"
    REFUSED = "refused"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class JobInfo:
    """A job as its client sees it."""

    code: str
    resource: str
    state: JobState
    keys: int
    answered: int
    asked_at: datetime
    ended_at: datetime | None
    kept_until: datetime | None
    refusal: Text | None
    #: Size and SHA-256 (hexadecimal) of the file of answers, and of the file of keys.
    size: int | None
    sha256: str
    input_sha256: str
    traces: tuple[int, ...]
    #: How the callback stands; empty when none was asked for.
    callback: str = ""


@dataclass(eq=False)
class NotSearchable(RuleViolation):
    """The resource cannot be searched by this field, or no field was named."""

    field: str
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text(
        "不能按“{field}”检索：只能按已授权且可检索的字段检索。",
        "There is no search by “{field}”: only by granted fields that are searchable.",
    )


@dataclass(eq=False)
class OneByOneOnly(NotAllowed):
    """Not in batches: each person consents for oneself, and citizens ask for the own data only."""

    text: ClassVar[Text] = Text(
        "该项授权须逐人取得同意，不能批量查询。", "This can be asked for one by one only, not in batches."
    )


@dataclass(eq=False)
class JobNotFound(NotFound):
    """There is no such job, or it is another client's."""

    text: ClassVar[Text] = Text("没有这个查询任务。", "There is no such job.")


@dataclass(eq=False)
class ResultNotReady(NotFound):
    """The job has no file: not yet, not any more, or never."""

    text: ClassVar[Text] = Text("查询任务没有可下载的结果。", "The job has no result to fetch.")


@dataclass(eq=False)
class InputRefused(RuleViolation):
    """The file of keys cannot be taken; says the line and why."""

    line: int
    reason: Text
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text("第 {line} 行：{reason}", "Line {line}: {reason}")
