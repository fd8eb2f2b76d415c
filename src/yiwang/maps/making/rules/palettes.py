"""Colours that are proposed: told apart by who sees colours badly, light to dark where they go up.

The qualitative ones are those of Okabe and Ito (2008, "Color Universal Design"), darkened where white ground
would swallow them; the sequential ones run evenly in lightness.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yiwang.kernel.text import Text

APART = (
    "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#b8a500", "#6a3d9a",
    "#7f7f7f", "#8c564b", "#2f4b7c", "#a3be8c",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ramp:
    """A row of colours from low to high: its two ends and its middle."""

    title: Text
    low: str
    middle: str
    high: str


RAMPS: Mapping[str, Ramp] = {
    "blues": Ramp(Text("蓝", "Blues"), "#deebf7", "#6baed6", "#08306b"),
    "greens": Ramp(Text("绿", "Greens"), "#e5f5e0", "#74c476", "#00441b"),
    "oranges": Ramp(Text("橙", "Oranges"), "#fee6ce", "#fd8d3c", "#7f2704"),
    "purples": Ramp(Text("紫", "Purples"), "#efedf5", "#9e9ac8", "#3f007d"),
    "differing": Ramp(Text("蓝—白—红（偏离）", "Blue, white, red (apart)"), "#2166ac", "#f7f7f7", "#b2182b"),
}


def ramp(name: str, many: int) -> tuple[str, ...]:
    """So many colours of a ramp, its ends among them."""
    found = RAMPS.get(name, RAMPS["blues"])
    if many == 1:
        return (found.middle,)
    return tuple(_at(found, place / (many - 1)) for place in range(many))


def apart(many: int) -> tuple[str, ...]:
    """So many colours to be told apart; they come again after the last."""
    return tuple(APART[place % len(APART)] for place in range(many))


def _at(found: Ramp, share: float) -> str:
    low, high = (found.low, found.middle) if share <= 0.5 else (found.middle, found.high)
    part = share * 2 if share <= 0.5 else share * 2 - 1
    mixed = (round(a + (b - a) * part) for a, b in zip(_parts(low), _parts(high), strict=True))
    return "#" + "".join(f"{each:02x}" for each in mixed)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
