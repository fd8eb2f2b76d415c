"""Markdown tables, and figures with their spread."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table, figures right-aligned."""
    print("| " + " | ".join(heads) + " |")
    print("|---" + "|---:" * (len(heads) - 1) + "|")
    for row in rows:
        print("| " + " | ".join(row) + " |")


def spread(values: Sequence[float], digits: int = 0) -> str:
    """The median, and the lowest and highest of all rounds."""
    middle, low, high = statistics.median(values), min(values), max(values)
    if len(values) == 1:
        return f"{middle:,.{digits}f}"
    return f"**{middle:,.{digits}f}** ({low:,.{digits}f}–{high:,.{digits}f})"
