"""What crosses the border of files of addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from yiwang.kernel.errors import NotFound, RuleViolation
from yiwang.kernel.text import Text


class BatchState(StrEnum):
    """``choosing`` until the column is named; ``deleted`` when its time is over."""

    CHOOSING = "choosing"
    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"
    DELETED = "deleted"


class Verdict(StrEnum):
    """What became of a row; the confidence of ``likely`` is at least 0.7, of ``sure`` at least 0.9."""

    SURE = "sure"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"
    NOT_FOUND = "not_found"
    #: Nothing stands in the cell, or it can't be read.
    EMPTY = "empty"


VERDICTS: Mapping[Verdict, Text] = {
    Verdict.SURE: Text("可靠", "Sure"),
    Verdict.LIKELY: Text("较可靠", "Likely"),
    Verdict.DOUBTFUL: Text("存疑", "Doubtful"),
    Verdict.NOT_FOUND: Text("未找到", "Not found"),
    Verdict.EMPTY: Text("无地址", "No address"),
}
_SURE, _LIKELY = 0.9, 0.7


def verdict_of(confidence: float) -> Verdict:
    """How far a confidence, 0 to 1, can be relied on.

    >>> verdict_of(0.9), verdict_of(0.7), verdict_of(0.699)
    (<Verdict.SURE: 'sure'>, <Verdict.LIKELY: 'likely'>, <Verdict.DOUBTFUL: 'doubtful'>)
    """
    if confidence >= _SURE:
        return Verdict.SURE
    return Verdict.LIKELY if confidence >= _LIKELY else Verdict.DOUBTFUL


@dataclass(frozen=True, slots=True, kw_only=True)
class ToLook:
    """A row that somebody should look at."""

    line: int
    text: str
    found: str
    confidence: float
    reasons: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchView:
    """A file of addresses as its sender sees it; ``result`` is there when it is done."""

    id: int
    name: str
    size: int
    state: BatchState
    head: tuple[str, ...]
    column: int | None
    #: The day on which the addresses were written, if it was said.
    as_of: date | None
    rows: int
    percent: int
    counts: Mapping[Verdict, int]
    to_look: tuple[ToLook, ...]
    refusal: Text | None
    asked_at: datetime
    ended_at: datetime | None
    kept_until: datetime
    result: Path | None


@dataclass(eq=False)
class BatchNotFound(NotFound):
    """There is no such file of addresses, or it is somebody else's."""

    text: ClassVar[Text] = Text("没有这个地址文件", "There is no such file of addresses")


@dataclass(eq=False)
class TableRefused(RuleViolation):
    """A file that is no table of addresses."""

    reason: Text
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text("{reason}", "{reason}")
