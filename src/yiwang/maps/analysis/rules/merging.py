"""One result out of those of parts of a layer: pure.

A row is what the statement of a study gives: two names, its figures, its shape, and of a cell its place.
"""

from __future__ import annotations

from collections.abc import Sequence

Row = Sequence[object]
_ADDED = frozenset({"count", "length", "square_metres", "recorded", "sum"})
#: Methods whose rows are the same areas or cells in every part, and those that give the nearest first.
_SAME, _NEAREST = frozenset({"counts", "total", "cells", "hot_spots"}), frozenset({"near", "nearest"})


class Merging:
    """Takes the rows of part after part; ``most`` of those that are not areas or cells are kept."""

    def __init__(self, method: str, figures: Sequence[str], *, most: int) -> None:
        self._method = method
        # the score of a hot spot comes of all counts together
        self._figures = [key for key in figures if key != "z_score"]
        self._most = most
        self._rows: list[Row] = []
        self._places: dict[tuple[object, ...], int] = {}

    @property
    def is_enough(self) -> bool:
        """Whether further parts can't change what is shown."""
        return self._method not in _SAME | _NEAREST and len(self._rows) >= self._most

    def take(self, part: Sequence[Row]) -> None:
        """Add the rows of a part."""
        if self._method in _SAME:
            for row in part:
                self._add(row)
            return
        self._rows += part
        if self._method in _NEAREST:
            self._rows.sort(key=lambda row: float(str(row[2])))
        del self._rows[self._most :]

    def rows(self) -> list[Row]:
        """What came of all parts; areas by how many they hold, the most first, cells in their order."""
        if self._method == "counts":
            return sorted(self._rows, key=lambda row: -float(str(row[2])))
        return list(self._rows)

    def _add(self, row: Row) -> None:
        end = 2 + len(self._figures)
        key = (row[0], *row[end:])
        place = self._places.get(key)
        if place is None:
            self._places[key] = len(self._rows)
            self._rows.append(row)
            return
        before = self._rows[place]
        figures = self._added(before[2:end], row[2:end])
        self._rows[place] = (*row[:2], *figures, *row[end:])

    def _added(self, before: Row, now: Row) -> list[float | None]:
        one, other = (
            {
                key: float(str(value))
                for key, value in zip(self._figures, each, strict=True)
                if value is not None
            }
            for each in (before, now)
        )
        found: dict[str, float] = {}
        for key in self._figures:
            values = [each[key] for each in (one, other) if key in each]
            if not values:
                continue
            if key in _ADDED:
                found[key] = sum(values)
            elif key == "least":
                found[key] = min(values)
            elif key == "greatest":
                found[key] = max(values)
        if found.get("recorded") and "sum" in found:
            found["mean"] = found["sum"] / found["recorded"]
        return [found.get(key) for key in self._figures]
