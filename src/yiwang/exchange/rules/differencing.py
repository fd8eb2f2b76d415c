"""What a reader learns who subtracts one release of a register from another. Pure.

Each release tells counts of sets of entries: a node of its tree (see ``disclosure``), or what is left of a
node without the parts that are told. Sets of one release that lie wholly within a set of the other can be
taken away from it; where fewer than ``least`` entries are left, the two together tell what neither tells.

This is one step of subtraction between two releases, by the counts of today. It finds other orders and other
grains of the same fields, and fields added or left out; it is no proof against whoever combines many.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

Key = tuple[str, ...]
#: Field and how many characters of it are kept; None for all.
Grain = tuple[str, int | None]
_Set = tuple[str, Key]


@dataclass(frozen=True, slots=True)
class Told:
    """A release as its readers have it: fields in their order, and the keys whose counts are told.

    Keys shorter than the fields are sums; of a release of rows there are none.
    """

    fields: tuple[Grain, ...]
    keys: Collection[Key]


def finest(one: Sequence[Grain], other: Sequence[Grain]) -> tuple[Grain, ...]:
    """The fields of both, each in its finer grain."""
    found: dict[str, int | None] = dict(one)
    for name, first in other:
        had = found.get(name, first)
        found[name] = None if first is None or had is None else max(first, had)
    return tuple(found.items())


def small_rests(one: Told, other: Told, base: Mapping[Key, int], *, least: int) -> int:
    """How many groups of 1 to ``least - 1`` a reader gets by taking parts of either from the other.

    ``base`` counts entries by :func:`finest` fields of both.
    """
    grains = finest(one.fields, other.fields)
    present = {cell: count for cell, count in base.items() if count}
    return len(_rests(one, other, present, grains, least) | _rests(other, one, present, grains, least))


def _rests(
    whole: Told, parts: Told, base: Mapping[Key, int], grains: Sequence[Grain], least: int
) -> set[frozenset[Key]]:
    of_whole, of_parts = _projection(grains, whole.fields), _projection(grains, parts.fields)
    atoms = {cell: _finest_told(of_parts(cell), parts.keys) for cell in base}
    atom_cells = Counter(atom for atom in atoms.values() if atom is not None)
    atom_counts: Counter[Key] = Counter()
    inside: dict[_Set, Counter[Key]] = defaultdict(Counter)
    counts: Counter[_Set] = Counter()
    for cell, count in base.items():
        atom = atoms[cell]
        if atom is not None:
            atom_counts[atom] += count
        for place in _sets(of_whole(cell), whole.keys):
            counts[place] += count
            if atom is not None:
                inside[place][atom] += 1
    small = {
        place: {atom for atom, number in found.items() if number == atom_cells[atom]}
        for place, found in inside.items()
        if _is_small_rest(counts[place], found, atom_cells, atom_counts, least)
    }
    left: dict[_Set, set[Key]] = defaultdict(set)
    for cell in base if small else ():
        for place in _sets(of_whole(cell), whole.keys):
            if place in small and atoms[cell] not in small[place]:
                left[place].add(cell)
    return {frozenset(cells) for cells in left.values()}


def _is_small_rest(
    count: int, atoms: Counter[Key], cells: Counter[Key], counts: Counter[Key], least: int
) -> bool:
    taken = sum(counts[atom] for atom, number in atoms.items() if number == cells[atom])
    return taken > 0 and 0 < count - taken < least


def _projection(grains: Sequence[Grain], fields: Sequence[Grain]) -> Callable[[Key], Key]:
    """The key of a base cell in a release."""
    places = {name: number for number, (name, _) in enumerate(grains)}
    wanted = [(places[name], first) for name, first in fields]
    return lambda cell: tuple(cell[place][:first] for place, first in wanted)


def _prefixes(key: Key) -> Iterator[Key]:
    return (key[:length] for length in range(len(key), -1, -1))


def _finest_told(key: Key, told: Collection[Key]) -> Key | None:
    return next((prefix for prefix in _prefixes(key) if prefix in told), None)


def _sets(key: Key, told: Collection[Key]) -> Iterator[_Set]:
    """The sets that a cell lies in: nodes that are told, and what is left of one beside its told parts."""
    rest = _finest_told(key, told)
    if rest is not None:
        yield "rest", rest
    yield from (("node", prefix) for prefix in _prefixes(key) if prefix in told)


def told_in_lines(lines: Sequence[Sequence[str]], *, fields: int, is_table: bool) -> frozenset[Key]:
    """The keys that the lines of a release's file tell, without its head.

    Sums stand before their parts, their keys filled up with empty cells; how long a key is follows from the
    line before.
    """
    if not is_table:
        return frozenset(tuple(line) for line in lines)
    told: set[Key] = set()
    before: Key = ()
    depth = -1
    for line in lines:
        padded, level, count = tuple(line[:fields]), line[fields], line[fields + 1]
        if level == "cell":
            depth = fields
        elif depth < fields:
            depth += 1
        else:
            depth = 1 + next(place for place in range(fields) if padded[place] != before[place])
        before = padded
        if count:
            told.add(padded[:depth])
    return frozenset(told)
