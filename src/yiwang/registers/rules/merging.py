"""Undoing a merge: which of the merged fields go back, and which somebody has to decide about. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from yiwang.platform.contracts import Json

#: Which value stands where a merged field was written again: the one before the merge, or the present one.
Stand = Literal["before", "present"]


@dataclass(frozen=True, slots=True)
class WayBack:
    """``restored`` fields with the value before the merge; ``undecided`` ones wait for a choice."""

    restored: Mapping[str, Json]
    undecided: tuple[str, ...]


def way_back(
    fields: Iterable[str],
    *,
    before: Mapping[str, Json],
    merged: Mapping[str, Json],
    present: Mapping[str, Json],
    choices: Mapping[str, Stand],
) -> WayBack:
    """Compare three states of the surviving entry.

    >>> way_back(["a", "b"], before={"a": 1, "b": 1}, merged={"a": 2, "b": 2}, present={"a": 2, "b": 3},
    ...          choices={})
    WayBack(restored={'a': 1}, undecided=('b',))
    """
    restored: dict[str, Json] = {}
    undecided: list[str] = []
    for name in fields:
        if present[name] == merged[name] or choices.get(name) == "before":
            if present[name] != before[name]:
                restored[name] = before[name]
        elif name not in choices and present[name] != before[name]:
            undecided.append(name)
    return WayBack(restored, tuple(undecided))
