"""Who is one: groups of rows joined by their best pairs, at most one row of each list in a group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Pair(NamedTuple):
    """Two groups that may be one, and how likely."""

    left: int
    right: int
    probability: float


@dataclass(frozen=True, slots=True)
class Joined:
    """The group that each group became part of, and pairs for people to judge."""

    root: Mapping[int, int]
    doubtful: Sequence[Pair]


@dataclass(slots=True)
class _Groups:
    #: A bit for each list of which a group has a row.
    lists: dict[int, int]
    parent: dict[int, int] = field(default_factory=dict)
    apart: dict[int, set[int]] = field(default_factory=dict)

    def find(self, group: int) -> int:
        parent = self.parent
        root = group
        while (up := parent.get(root, root)) != root:
            root = up
        while (up := parent.get(group, group)) != root:
            parent[group] = root
            group = up
        return root

    def clash(self, left: int, right: int) -> bool:
        """Whether both hold a row of the same list, or somebody said that they are two."""
        if self.lists.get(left, 0) & self.lists.get(right, 0):
            return True
        return any(self.find(other) == right for other in self.apart.get(left, ()))

    def join(self, left: int, right: int) -> None:
        root, gone = min(left, right), max(left, right)
        self.parent[gone] = root
        self.lists[root] = self.lists.get(root, 0) | self.lists.get(gone, 0)
        if gone in self.apart:
            self.apart.setdefault(root, set()).update(self.apart.pop(gone))


def join(
    pairs: Iterable[Pair],
    *,
    lists: Mapping[int, int],
    accept: float,
    review: float,
    same: Iterable[tuple[int, int]] = (),
    apart: Iterable[tuple[int, int]] = (),
) -> Joined:
    """Join the likeliest pairs first.

    ``lists`` gives the lists (bits) of each group; ``same`` and ``apart`` are what people decided, and win.
    A pair from ``accept`` on that would give a group two rows of a list, and one from ``review`` on that is
    not certain, is doubtful, unless its groups came together by another way.
    """
    groups = _Groups(dict(lists))
    for left, right in same:
        one, other = groups.find(left), groups.find(right)
        if one != other:
            groups.join(one, other)
    for left, right in apart:
        one, other = groups.find(left), groups.find(right)
        groups.apart.setdefault(one, set()).add(right)
        groups.apart.setdefault(other, set()).add(left)
    asked = []
    for pair in sorted(pairs, key=lambda pair: (-pair.probability, pair.left, pair.right)):
        if pair.probability < review:
            break
        one, other = groups.find(pair.left), groups.find(pair.right)
        if one == other:
            continue
        if pair.probability >= accept and not groups.clash(one, other):
            groups.join(one, other)
        else:
            asked.append(pair)
    return Joined(
        root={group: groups.find(group) for group in lists},
        doubtful=list(_best_of_each(asked, groups)),
    )


def _best_of_each(asked: Sequence[Pair], groups: _Groups) -> Iterable[Pair]:
    """Of pairs between the same two groups the likeliest; none that people or other pairs settled."""
    seen: set[tuple[int, int]] = set()
    for pair in asked:
        one, other = sorted((groups.find(pair.left), groups.find(pair.right)))
        if one == other or (one, other) in seen:
            continue
        if any(groups.find(left) == other for left in groups.apart.get(one, ())):
            continue
        seen.add((one, other))
        yield pair
