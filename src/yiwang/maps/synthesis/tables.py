"""What is grown, as packs keep it: tables of registers, and places in well-known text."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path


def write_table(path: Path, rows: Iterable[Mapping[str, str]]) -> None:
    """Write rows, of which there is one at least, under the names of the first one's fields."""
    found = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(found[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)


def places_of(course: Sequence[tuple[float, float]]) -> str:
    """The places of a line or ring as well-known text has them."""
    return ", ".join(f"{east} {north}" for east, north in course)
