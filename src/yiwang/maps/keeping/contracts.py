"""Words of the kept tiles."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from yiwang.maps.rules.touching import Bounds

#: A register and the number of the field that is drawn.
Source = tuple[str, int]
#: Under what right which layers were drawn (``TileAnswer.mark``), zoom, column, row.
Key = tuple[str, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnTile:
    """A tile, ready to be given again, and all that it shows something of."""

    body: bytes
    tag: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something drawn changed; ``number`` is that of its note, ``box`` None for all of the source."""

    number: int
    source: Source
    box: Bounds | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a look at the database found: whatever it does not see has a position not below its own."""

    position: int
    law: uuid.UUID | None
    changes: tuple[Change, ...]
    #: Positions of its changes, by their numbers.
    noted: dict[int, int]
