"""The life of policy files: what holds on a day, and which acts on them can be.

A graph: files, and acts by which one file amends, repeals, replaces or prolongs another. Days are civil
days. A file holds from ``from_day`` until ``until``, both counted; from the day of a repeal on it doesn't.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yiwang.kernel.text import Text


class ActKind(StrEnum):
    """What one file does to another."""

    AMEND = "amend"
    REPEAL = "repeal"
    REPLACE = "replace"
    PROLONG = "prolong"


ENDING = frozenset({ActKind.REPEAL, ActKind.REPLACE})
ACT_TEXTS = {
    ActKind.AMEND: Text("修改", "Amends"),
    ActKind.REPEAL: Text("废止", "Repeals"),
    ActKind.REPLACE: Text("替代", "Replaces"),
    ActKind.PROLONG: Text("延长有效期", "Prolongs"),
}


class State(StrEnum):
    """Where a file stands on a day."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    AMENDED = "amended"
    REPEALED = "repealed"
    REPLACED = "replaced"
    EXPIRED = "expired"


HOLDS = frozenset({State.IN_FORCE, State.AMENDED})
STATE_TEXTS = {
    State.NOT_YET: Text("尚未施行", "Not yet in force"),
    State.IN_FORCE: Text("现行有效", "In force"),
    State.AMENDED: Text("现行有效（已修改）", "In force, amended"),
    State.REPEALED: Text("已废止", "Repealed"),
    State.REPLACED: Text("已被替代", "Replaced"),
    State.EXPIRED: Text("已失效（期满）", "Expired"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A policy file; without ``until`` it holds until something ends it."""

    id: int
    from_day: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeAct:
    """An act on the file ``target``; ``by`` is the acting file, None where it is none of ours.

    ``until`` is the new last day of a prolongation, None for one without end.
    """

    id: int
    kind: ActKind
    target: int
    by: int | None
    on: date
    until: date | None = None


class Fault(StrEnum):
    """Why acts cannot be so."""

    UNKNOWN = "unknown"
    ITSELF = "itself"
    CYCLE = "cycle"
    ENDED_BEFORE = "ended_before"
    ACTOR_NOT_IN_FORCE = "actor_not_in_force"
    NOT_LONGER = "not_longer"


FAULT_TEXTS = {
    Fault.UNKNOWN: Text("没有这个文件", "There is no such file"),
    Fault.ITSELF: Text("文件不能修改、废止或者替代自身", "A file cannot act on itself"),
    Fault.CYCLE: Text("文件之间不能互相修改、废止或者替代", "Files cannot act on each other in a circle"),
    Fault.ENDED_BEFORE: Text(
        "到这一天文件已经废止、被替代或者失效，不能再修改、废止或者延长",
        "By that day the file is repealed, replaced or expired; nothing can be done to it any more",
    ),
    Fault.ACTOR_NOT_IN_FORCE: Text(
        "到这一天所依据的文件没有生效", "The file that does this is not in force on that day"
    ),
    Fault.NOT_LONGER: Text("新的有效期必须更长", "The new term must be longer"),
}


def state_on(file: File, acts: Iterable[LifeAct], day: date) -> State:
    """Where a file stands on a day, by the acts on it; those on others do not count."""
    last, amended = file.until, False
    for act in _ordered(acts, file.id):
        if act.on > day or (last is not None and act.on > last):
            break
        if act.kind in ENDING:
            return State.REPEALED if act.kind is ActKind.REPEAL else State.REPLACED
        if act.kind is ActKind.PROLONG:
            last = act.until
        else:
            amended = True
    if last is not None and day > last:
        return State.EXPIRED
    if day < file.from_day:
        return State.NOT_YET
    return State.AMENDED if amended else State.IN_FORCE


def last_day(file: File, acts: Iterable[LifeAct]) -> date | None:
    """The last day of a file by its own words and by prolongations."""
    last = file.until
    for act in _ordered(acts, file.id):
        if last is not None and act.on > last:
            break
        if act.kind is ActKind.PROLONG:
            last = act.until
    return last


def fault_of(files: Mapping[int, File], acts: Sequence[LifeAct]) -> Fault | None:
    """The first thing that cannot be among acts; None where all of them can.

    A new act is judged with those that are there: one that comes too late may also be found because an
    earlier day was given to another.
    """
    for act in acts:
        if act.target not in files or (act.by is not None and act.by not in files):
            return Fault.UNKNOWN
        if act.by == act.target:
            return Fault.ITSELF
    if _has_cycle(acts):
        return Fault.CYCLE
    for act in acts:
        fault = _fault_at(files, acts, act)
        if fault is not None:
            return fault
    return None


def _fault_at(files: Mapping[int, File], acts: Sequence[LifeAct], act: LifeAct) -> Fault | None:
    target = files[act.target]
    before = [other for other in acts if (other.on, other.id) < (act.on, act.id)]
    if state_on(target, before, act.on) not in {State.NOT_YET, *HOLDS}:
        return Fault.ENDED_BEFORE
    if act.kind is ActKind.PROLONG:
        last = last_day(target, before)
        if last is None or (act.until is not None and act.until <= last):
            return Fault.NOT_LONGER
    if act.by is not None and state_on(files[act.by], acts, act.on) not in HOLDS:
        return Fault.ACTOR_NOT_IN_FORCE
    return None


def _has_cycle(acts: Iterable[LifeAct]) -> bool:
    """Whether some file acts on itself by way of others."""
    outgoing: dict[int, set[int]] = {}
    incoming: dict[int, int] = {}
    for act in acts:
        if act.by is not None and act.target not in outgoing.setdefault(act.by, set()):
            outgoing[act.by].add(act.target)
            incoming[act.target] = incoming.get(act.target, 0) + 1
    free = [node for node in outgoing if not incoming.get(node)]
    while free:
        for target in outgoing.pop(free.pop(), ()):
            incoming[target] -= 1
            if not incoming[target]:
                free.append(target)
    return any(incoming.values())


def _ordered(acts: Iterable[LifeAct], target: int) -> list[LifeAct]:
    return sorted((act for act in acts if act.target == target), key=lambda act: (act.on, act.id))
