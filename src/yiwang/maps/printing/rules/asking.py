"""What an address asks to have printed: read strictly, since anybody writes addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from yiwang.maps.printing.contracts import Frame, Paper, Place, PrintAskedWrongly, Turn
from yiwang.maps.printing.rules.papers import SCALES, frame_of, map_size
from yiwang.maps.rules.viewing import read_at, read_box

_NUMBER = re.compile(r"[0-9]{1,8}", re.ASCII)
_PLACE = re.compile(
    r"\s*(-?[0-9]{1,3}(?:\.[0-9]{1,12})?)\s*[,，]\s*(-?[0-9]{1,2}(?:\.[0-9]{1,12})?)\s*", re.ASCII
)
_LEAST, _MOST = 100, 2_000_000
LONGEST_TITLE: Final = 60
_PAPERS: Mapping[str, Paper] = {"a4": "a4", "a3": "a3"}
_TURNS: Mapping[str, Turn] = {"landscape": "landscape", "portrait": "portrait"}
#: Still images: millimetres, and points an inch.
_SIZE, _PPI = (20, 400), (50, 300)
_FARTHEST = 80.0
_MOST_PIXELS = 12_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetAsked:
    """A sheet as an address asks for it."""

    frame: Frame
    paper: Paper
    turn: Turn
    title: str


def read_sheet(said: Mapping[str, str], whole: tuple[float, float, float, float]) -> SheetAsked:
    """Read a sheet; without a place it shows ``whole``.

    Raises:
        PrintAskedWrongly: something is said that can't be.
    """
    paper, turn = said.get("paper") or "a4", said.get("turn") or "landscape"
    if paper not in _PAPERS or turn not in _TURNS:
        raise PrintAskedWrongly(
            reason="纸张为a4或a3，方向为landscape或portrait",
            reason_en="paper is a4 or a3, turned landscape or portrait",
        )
    width, height = map_size(_PAPERS[paper], _TURNS[turn])
    title = " ".join(said.get("title", "").split())[:LONGEST_TITLE]
    return SheetAsked(
        frame=_frame(said, width, height, whole), paper=_PAPERS[paper], turn=_TURNS[turn], title=title
    )


def read_still(said: Mapping[str, str]) -> tuple[Frame, int]:
    """Read a still image: its frame and points an inch.

    Raises:
        PrintAskedWrongly: something is said that can't be.
    """
    width, height = _within(said, "width", 160, _SIZE), _within(said, "height", 100, _SIZE)
    ppi = _within(said, "ppi", 150, _PPI)
    if width * height * (ppi / 25.4) ** 2 > _MOST_PIXELS:
        raise PrintAskedWrongly(
            reason=f"图片不超过{_MOST_PIXELS:,}像素",
            reason_en=f"an image has at most {_MOST_PIXELS:,} pixels",
        )
    if not said.get("centre") and not said.get("box"):
        raise PrintAskedWrongly(reason="须有centre或box", reason_en="give centre or box")
    return _frame(said, float(width), float(height), (0.0, 0.0, 0.0, 0.0)), ppi


def read_place(said: str) -> Place | None:
    """East and north in degrees, as ``113.2644,23.1291``."""
    found = _PLACE.fullmatch(said)
    if found is None:
        return None
    east, north = float(found[1]), float(found[2])
    return (east, north) if abs(east) <= 180 and abs(north) <= 80 else None


def _frame(
    said: Mapping[str, str], width: float, height: float, whole: tuple[float, float, float, float]
) -> Frame:
    scale = _within(said, "scale", 0, (_LEAST, _MOST)) or None
    box = read_box(said["box"]) if said.get("box") else read_at(said.get("at", "")) or whole
    if box is None:
        raise PrintAskedWrongly(reason="box应为“西,南,东,北”", reason_en="box is west,south,east,north")
    if said.get("centre"):
        place = read_place(said["centre"])
        if place is None:
            raise PrintAskedWrongly(
                reason="中心应为“经度,纬度”", reason_en="the centre is longitude,latitude"
            )
        half_east, half_north = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
        box = (place[0] - half_east, place[1] - half_north, place[0] + half_east, place[1] + half_north)
    # towards the poles the projection of a zone ends
    south, north = (min(max(each, -_FARTHEST), _FARTHEST) for each in (box[1], box[3]))
    return frame_of((box[0], south, box[2], north), width, height, scale)


def _within(said: Mapping[str, str], name: str, otherwise: int, bounds: tuple[int, int]) -> int:
    text = said.get(name, "")
    if not text:
        return otherwise
    low, high = bounds
    if not _NUMBER.fullmatch(text) or not low <= int(text) <= high:
        raise PrintAskedWrongly(
            reason=f"{name}为{low}至{high}的整数", reason_en=f"{name} is a whole number from {low} to {high}"
        )
    return int(text)


#: What a form offers.
OFFERED: Final = SCALES
