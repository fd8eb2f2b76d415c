"""When a page may go out, goes out and comes off again: what does not fit together, and what is due.

Pure. Instants are aware; a term that has come is due until it is carried out, however late that is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text

_PAST = Text("这个时间已经过去", "That time has passed")
_BEFORE_EMBARGO = Text("早于解禁时间", "That is before the embargo ends")
_BEFORE_PUBLICATION = Text("要晚于发布时间", "That must be after the publication")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The instants of a page; none where nothing is set."""

    embargo_until: datetime | None = None
    publish_at: datetime | None = None
    withdraw_at: datetime | None = None


class Due(StrEnum):
    """What is to be done now."""

    NOTHING = "nothing"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


def faults(terms: Terms, at: datetime) -> Iterator[FieldProblem]:
    """What cannot be set at an instant."""
    for name, when in (("publish_at", terms.publish_at), ("withdraw_at", terms.withdraw_at)):
        if when is not None and when <= at:
            yield FieldProblem(name, _PAST)
    publish = terms.publish_at
    if publish is not None and terms.embargo_until is not None and publish < terms.embargo_until:
        yield FieldProblem("publish_at", _BEFORE_EMBARGO)
    if publish is not None and terms.withdraw_at is not None and terms.withdraw_at <= publish:
        yield FieldProblem("withdraw_at", _BEFORE_PUBLICATION)


def due(terms: Terms, at: datetime) -> Due:
    """What is due; what should have come off already does not go out first."""
    if terms.withdraw_at is not None and terms.withdraw_at <= at:
        return Due.WITHDRAW
    if terms.publish_at is not None and terms.publish_at <= at:
        return Due.PUBLISH
    return Due.NOTHING
