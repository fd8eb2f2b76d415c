"""Write a synthetic city as CSV files that the registers' load reads."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from yiwang.kernel.errors import Conflict
from yiwang.kernel.text import Text
from yiwang.registers.synthesis.city import HEADS
from yiwang.registers.synthesis.dirt import Cells

#: Rows that are handed to the writer at once: a call for each row costs half as much as making it.
_BATCH = 5_000


@dataclass(eq=False)
class FilesStandThere(Conflict):
    """The folder holds such files already; they may be somebody's truth."""

    text: ClassVar[Text] = Text(
        "文件夹 {folder} 中已有这些文件，请另选文件夹",
        "The folder {folder} holds these files already; choose another",
    )
    folder: str


def write_city(
    rows: Iterable[tuple[str, Cells]], folder: Path, heads: Mapping[str, Sequence[str]] = HEADS
) -> Mapping[str, int]:
    """Write ``<name>.csv`` for each head; gives the rows of each.

    Raises:
        FilesStandThere: one of them is there.
    """
    paths = {name: folder / f"{name}.csv" for name in heads}
    if any(path.exists() for path in paths.values()):
        raise FilesStandThere(folder=folder.name)
    folder.mkdir(parents=True, exist_ok=True)
    written: Counter[str] = Counter(dict.fromkeys(heads, 0))
    with ExitStack() as open_files:
        writers = {}
        for name, path in paths.items():
            file = open_files.enter_context(path.open("w", encoding="utf-8", newline=""))
            writers[name] = csv.writer(file, lineterminator="\n")
            writers[name].writerow(heads[name])
        waiting: dict[str, list[Cells]] = {name: [] for name in heads}
        for name, cells in rows:
            batch = waiting[name]
            batch.append(cells)
            if len(batch) >= _BATCH:
                writers[name].writerows(batch)
                written[name] += len(batch)
                batch.clear()
        for name, batch in waiting.items():
            writers[name].writerows(batch)
            written[name] += len(batch)
    return dict(written)
