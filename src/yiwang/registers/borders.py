"""Where the divisions of the city lie: an engine above says which register holds their borders."""

from __future__ import annotations

from dataclasses import dataclass

from yiwang.kernel.registry import Registry

#: The borders of the districts.
DISTRICTS = "districts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Borders:
    """A register with an area for each division of one level; ``digits`` is the length of their codes."""

    register: str
    division: str
    border: str
    digits: int = 6


BORDERS: Registry[Borders] = Registry("borders of divisions")
