"""What of a table of counts may be published, so that nobody learns of a group smaller than ``least``.

The table is a tree: the sum of all, below it a sum for each value of the first field, and so on to the cells.
A count of 1 to ``least - 1`` is held back (primary suppression). A reader who subtracts must not get it
back, so more is held back (secondary suppression) until for each published sum, of its parts held back

* there are at least two, and
* ``sum of them - number of cells held back + 1 >= least``: the reader, who knows that each is at least 1 for
  zeros are published, cannot even tell that one of them is small.

The sums form a tree, so these are all the equations that a reader has. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

#: The smallest group that may be told: with two, each knows the other.
SMALLEST = 3
Key = tuple[str, ...]


@dataclass(slots=True)
class _Sum:
    key: Key
    count: int = 0
    is_hidden: bool = False
    parts: list[_Sum] = field(default_factory=list)

    @property
    def hidden_cells(self) -> int:
        """How many cells below (or itself) are held back; zeros never are."""
        if not self.parts:
            return 1 if self.is_hidden else 0
        return sum(part.hidden_cells for part in self.parts)

    def hide(self) -> None:
        self.is_hidden = self.count > 0
        for part in self.parts:
            part.hide()


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader gets: counts by key (shorter keys are sums), None where it is held back."""

    counts: Mapping[Key, int | None]
    #: Cells held back because they are small, and to protect those.
    small: int
    protecting: int


def protect(cells: Mapping[Key, int], *, least: int) -> Shown:
    """Hold back what must be; every key has the same length and every count is at least 0.

    Raises:
        ValueError: ``least`` is smaller than :data:`SMALLEST`.
    """
    if least < SMALLEST:
        raise ValueError(f"least is at least {SMALLEST}")
    whole = _tree(cells)
    _hide_small(whole, least)
    _protect(whole, least)
    counts: dict[Key, int | None] = {}
    _collect(whole, counts)
    small = sum(0 < count < least for count in cells.values())
    return Shown(counts=counts, small=small, protecting=whole.hidden_cells - small)


def _tree(cells: Mapping[Key, int]) -> _Sum:
    whole = _Sum(())
    known: dict[Key, _Sum] = {(): whole}
    for key, count in sorted(cells.items()):
        for length in range(len(key) + 1):
            found = known.get(key[:length])
            if found is None:
                found = known[key[:length]] = _Sum(key[:length])
                known[key[: length - 1]].parts.append(found)
            found.count += count
    return whole


def _hide_small(node: _Sum, least: int) -> None:
    if 0 < node.count < least:
        node.hide()
        return
    for part in node.parts:
        _hide_small(part, least)


def _protect(node: _Sum, least: int) -> None:
    """From the cells upwards: a sum that cannot be kept is held back itself and protected one step higher."""
    for part in node.parts:
        _protect(part, least)
    if node.is_hidden:
        return
    open_parts = sorted(
        (part for part in node.parts if part.count and not part.is_hidden),
        key=lambda part: (-part.count, part.key),
    )
    while not _is_safe(node, least):
        if not open_parts:
            node.hide()
            return
        open_parts.pop().hide()


def _is_safe(node: _Sum, least: int) -> bool:
    hidden = [part for part in node.parts if part.is_hidden]
    if not hidden:
        return True
    cells = sum(part.hidden_cells for part in hidden)
    return len(hidden) > 1 and sum(part.count for part in hidden) - cells + 1 >= least


def _collect(node: _Sum, counts: dict[Key, int | None]) -> None:
    counts[node.key] = None if node.is_hidden else node.count
    for part in node.parts:
        _collect(part, counts)


def anonymous_rows(groups: Sequence[tuple[Key, int]], *, least: int) -> tuple[list[Key], int]:
    """Rows of which at least ``least`` are alike in every released field, and how many were left out.

    Raises:
        ValueError: ``least`` is smaller than :data:`SMALLEST`.
    """
    if least < SMALLEST:
        raise ValueError(f"least is at least {SMALLEST}")
    kept = [key for key, count in sorted(groups) if count >= least for _ in range(count)]
    return kept, sum(count for _, count in groups if count < least)
