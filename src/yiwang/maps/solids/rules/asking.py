"""What addresses say of moments and places: ``day=2026-12-21&time=15:30``, ``centre=113.2644,23.1291``."""

from __future__ import annotations

import re
from datetime import date, datetime, time, tzinfo

from yiwang.maps.printing.rules.asking import read_place
from yiwang.maps.solids.contracts import MomentUnknown, Place, SightAskedWrongly, Stance, StanceAskedWrongly

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME = re.compile(r"\d{2}:\d{2}", re.ASCII)
_UP = re.compile(r"\d{1,4}(?:\.\d{1,3})?", re.ASCII)
_TURN = re.compile(r"-?\d{1,3}(?:\.\d{1,6})?", re.ASCII)
_STEEPEST = 60
_YEARS = range(1900, 2101)
_LOWEST, _HIGHEST = 0.5, 1_000


def read_moment(day: str, clock: str, now: datetime, zone: tzinfo) -> datetime:
    """The moment that is meant; what is not said is as it is now.

    Raises:
        MomentUnknown
    """
    here = now.astimezone(zone)
    try:
        meant = date.fromisoformat(day if _DAY.fullmatch(day) else "no day") if day else here.date()
        at = time.fromisoformat(clock if _TIME.fullmatch(clock) else "no time") if clock else here.time()
    except ValueError:
        raise MomentUnknown from None
    if meant.year not in _YEARS:
        raise MomentUnknown
    return datetime.combine(meant, at.replace(second=0, microsecond=0), tzinfo=zone)


def read_end(said: str, most: int) -> tuple[float, float, float]:
    """One end of a sight line: ``113.2644,23.1291,1.6``.

    Raises:
        SightAskedWrongly
    """
    place, _, up = said.replace(" ", "").replace("，", ",").rpartition(",")
    ground: Place | None = read_place(place)
    if ground is None or not _UP.fullmatch(up) or float(up) > _HIGHEST:
        raise SightAskedWrongly(most=most)
    return (*ground, float(up))


def read_height(said: str, usual: float) -> float:
    """Metres above ground of an eye; ``usual`` where nothing is said.

    Raises:
        StanceAskedWrongly
    """
    if not said:
        return usual
    if not _UP.fullmatch(said) or not _LOWEST <= float(said) <= _HIGHEST:
        raise StanceAskedWrongly
    return float(said)


def read_stance(at: str, bearing: str, up: str) -> Stance:
    """Where somebody stands and looks: ``113.2644,23.1291``, ``45``, ``-10``.

    Raises:
        StanceAskedWrongly
    """
    place = read_place(at)
    if place is None or not _TURN.fullmatch(bearing) or not _TURN.fullmatch(up):
        raise StanceAskedWrongly
    turned, raised = float(bearing), float(up)
    if not 0 <= turned <= 360 or abs(raised) > _STEEPEST:
        raise StanceAskedWrongly
    return Stance(at=place, bearing=turned % 360, up=raised)
