"""Where there is more, or less, than chance would bring: Getis and Ord's Gi* over square cells."""

from __future__ import annotations

import math
from collections.abc import Mapping

Cell = tuple[int, int]
#: Two-sided, at 95 and 99 in a hundred.
LIKELY, SURE = 1.959964, 2.575829


def gi_star(counts: Mapping[Cell, float]) -> dict[Cell, float]:
    """The z-score of each cell with its neighbours (the eight around it, and itself, weight one each).

    Getis and Ord 1992, in the standardised form of Ord and Getis 1995; cells that are not named don't
    exist: at the border there are fewer neighbours. Where all cells hold the same every score is 0.
    """
    many = len(counts)
    if many < 2:
        return dict.fromkeys(counts, 0.0)
    mean = sum(counts.values()) / many
    spread = math.sqrt(max(sum(value * value for value in counts.values()) / many - mean * mean, 0.0))
    found = {}
    for (column, row), _ in counts.items():
        around = [
            counts[place]
            for place in ((column + east, row + north) for east in (-1, 0, 1) for north in (-1, 0, 1))
            if place in counts
        ]
        weight = len(around)
        # Of unit weights their sum and the sum of their squares are the same.
        below = spread * math.sqrt(max(many * weight - weight * weight, 0) / (many - 1))
        found[column, row] = (sum(around) - mean * weight) / below if below > 1e-12 else 0.0
    return found
