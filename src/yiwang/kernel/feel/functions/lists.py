"""Functions on lists. Positions count from 1; a negative one counts from the end."""

from __future__ import annotations

from decimal import Decimal
from functools import cmp_to_key

from yiwang.kernel.feel import logic
from yiwang.kernel.feel.functions.definition import define
from yiwang.kernel.feel.values import FeelList, Function, Run, Value


def _made(run: Run, members: list[Value]) -> FeelList:
    run.spend(1 + len(members) // 8)
    return FeelList(members)


def _place(members: FeelList, position: Decimal) -> int | None:
    """The index that a position means, or None where the list has no such place."""
    if position != position.to_integral_value() or not 1 <= abs(position) <= len(members):
        return None
    return int(position) - 1 if position > 0 else len(members) + int(position)


def _holds(run: Run, members: list[Value], wanted: Value) -> bool:
    run.spend(1 + len(members) // 8)
    return any(logic.equal(member, wanted, run) is True for member in members)


@define("list contains", "list: list", "element: any")
def list_contains(run: Run, members: FeelList, element: Value) -> Value:
    return _holds(run, members, element)


@define("append", "list: list", "item: any+")
def append(run: Run, members: FeelList, *items: Value) -> Value:
    return _made(run, [*members, *items])


@define("concatenate", "list: list", variadic=True, gathers=True)
def concatenate(run: Run, lists: FeelList) -> Value:
    return _joined(run, lists)


def _joined(run: Run, lists: FeelList) -> FeelList:
    made: list[Value] = []
    for part in lists:
        members = logic.as_list(part)
        run.spend(1 + len(members) // 8)
        made += members
    return FeelList(made)


@define("union", "list: list", variadic=True, gathers=True)
def union(run: Run, lists: FeelList) -> Value:
    return distinct_values(run, _joined(run, lists))


@define("distinct values", "list: list")
def distinct_values(run: Run, members: FeelList) -> Value:
    made: list[Value] = []
    for member in members:
        if not _holds(run, made, member):
            made.append(member)
    return FeelList(made)


@define("flatten", "list: list")
def flatten(run: Run, members: FeelList) -> Value:
    made: list[Value] = []
    pending: list[Value] = list(reversed(members))
    while pending:
        member = pending.pop()
        run.spend(1)
        if isinstance(member, list):
            run.spend(len(member) // 8)
            pending.extend(reversed(member))
        else:
            made.append(member)
    return FeelList(made)


@define("index of", "list: list", "match: any")
def index_of(run: Run, members: FeelList, match: Value) -> Value:
    run.spend(1 + len(members) // 8)
    return FeelList(
        Decimal(place) for place, member in enumerate(members, 1) if logic.equal(member, match, run) is True
    )


@define("reverse", "list: list")
def reverse(run: Run, members: FeelList) -> Value:
    return _made(run, members[::-1])


@define("sublist", "list: list", "start position: number", "length: number?")
def sublist(run: Run, members: FeelList, position: Decimal, length: Decimal | None = None) -> Value:
    start = _place(members, position)
    if start is None or (length is not None and length < 0):
        return None
    end = len(members) if length is None else start + int(min(length, Decimal(len(members) + 1)))
    return _made(run, members[start:end]) if end <= len(members) else None


@define("insert before", "list: list", "position: number", "newItem: any")
def insert_before(run: Run, members: FeelList, position: Decimal, item: Value) -> Value:
    start = _place(members, position)
    return None if start is None else _made(run, [*members[:start], item, *members[start:]])


@define("remove", "list: list", "position: number")
def remove(run: Run, members: FeelList, position: Decimal) -> Value:
    start = _place(members, position)
    return None if start is None else _made(run, [*members[:start], *members[start + 1 :]])


@define("list replace", "list: list", "position: number", "newItem: any")
def list_replace(run: Run, members: FeelList, position: Decimal, item: Value) -> Value:
    start = _place(members, position)
    return None if start is None else _made(run, [*members[:start], item, *members[start + 1 :]])


@define("sort", "list: list", "precedes: function?")
def sort(run: Run, members: FeelList, precedes: Function | None = None) -> Value:
    """Sorted so that precedes(x, y) holds for neighbours; stable. Without it the natural order."""
    if precedes is not None and len(precedes.parameters) != 2:
        return None

    def order(one: Value, other: Value) -> int:
        run.spend(1)
        if precedes is not None:
            if precedes.call([one, other]) is True:
                return -1
            return 1 if precedes.call([other, one]) is True else 0
        before = logic.compare(_before, one, other)
        return 0 if before is None else (-1 if before else int(one != other))

    return FeelList(sorted(members, key=cmp_to_key(order)))


def _before(one: object, other: object) -> bool:
    return bool(one < other)  # type: ignore[operator]  # compare calls it for ordered kinds only
