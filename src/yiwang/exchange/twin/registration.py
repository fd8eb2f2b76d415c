"""What the twin registers at start."""

from __future__ import annotations

from yiwang.exchange.providers import LINKS
from yiwang.exchange.twin.links import twin_link


def register_twin() -> None:
    """Show the twin of each resource in the catalogue."""
    LINKS.register("twin", twin_link)
