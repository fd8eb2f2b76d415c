"""Filters, ``for`` and ``some/every``: all that repeats, and therefore counts its steps."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from yiwang.kernel.feel import logic, tree
from yiwang.kernel.feel.scope import Closure, Names
from yiwang.kernel.feel.values import FeelList, Range, Run, Value, adapt

Bindings = tuple[tuple[str, Closure, Closure | None], ...]


def filtered(source: Closure, condition: Closure, at: tree.At, cost: int) -> Closure:
    """source[condition]: a number picks the one at that place, a boolean keeps those for which it is true."""

    def keep(names: Names) -> Value:
        run = names.run
        given = source(names)
        if given is None:
            return None
        members = logic.as_list(given)
        run.at = at
        kept: list[Value] = []
        for index, given_member in enumerate(members or FeelList([None])):
            run.spend(cost)
            member = adapt(given_member, run)
            answer = condition(_item_names(member, names))
            if index == 0 and isinstance(answer, Decimal):
                return _picked(members, answer, run)
            if answer is True and members:
                kept.append(member)
        return FeelList(kept)

    return keep


def _item_names(member: Value, names: Names) -> Names:
    inner = Names({"item": member}, names, names.run)
    return Names(member, inner, names.run) if isinstance(member, dict) else inner


def _picked(members: FeelList, position: Decimal, run: Run) -> Value:
    if position != position.to_integral_value() or not 1 <= abs(position) <= len(members):
        return None
    return adapt(members[int(position) - 1 if position > 0 else int(position)], run)


def _domain(names: Names, domain: Closure, end: Closure | None) -> Iterator[Value]:
    first = domain(names)
    if end is not None:
        return _whole_numbers(first, end(names))
    if isinstance(first, Range):
        last = first.end
        if not first.includes_end or not first.includes_start:
            return iter(())
        return _whole_numbers(first.start, last)
    return iter(()) if first is None else iter(logic.as_list(first))


def _whole_numbers(first: Value, last: Value) -> Iterator[Value]:
    if not (isinstance(first, Decimal) and isinstance(last, Decimal)):
        return
    step = 1 if last >= first else -1
    while first <= last if step > 0 else first >= last:
        yield first
        first += step


def _rounds(
    names: Names, bindings: Bindings, fixed: dict[str, Value], at: tree.At, cost: int
) -> Iterator[Names]:
    """The names of each round: every combination of the bindings' members, the last turning fastest."""
    name, domain, end = bindings[0]
    inner = Names(fixed, names, names.run)
    for member in _domain(inner, domain, end):
        names.run.at = at
        names.run.spend(cost)
        bound = {**fixed, name: adapt(member, names.run)}
        if len(bindings) > 1:
            yield from _rounds(names, bindings[1:], bound, at, cost)
        else:
            yield Names(bound, names, names.run)


def iterated(bindings: Bindings, body: Closure, at: tree.At, cost: int) -> Closure:
    """for bindings return body; the body sees what was made so far as ``partial``."""

    def make(names: Names) -> Value:
        made = FeelList()
        layer = Names({"partial": made}, names, names.run)
        for inner in _rounds(layer, bindings, {}, at, cost):
            made.append(body(inner))
        return made

    return make


def quantified(bindings: Bindings, condition: Closure, at: tree.At, cost: int, *, decisive: bool) -> Closure:
    """some (decided by a true) and every (decided by a false) over the bindings."""

    def test(names: Names) -> Value:
        result: bool | None = not decisive
        for inner in _rounds(names, bindings, {}, at, cost):
            value = condition(inner)
            if value is decisive:
                return decisive
            if not isinstance(value, bool):
                result = None
        return result

    return test
