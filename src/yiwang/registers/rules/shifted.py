"""GCJ-02 and BD-09, the displaced degrees of Chinese web maps, to WGS 84 and back.

The displacement of GCJ-02 is the widely published one (ellipsoid of Krasovsky, series of sines); nobody has
published it officially. BD-09 turns GCJ-02 further. WGS 84 and CGCS2000 differ by centimetres and count as
one here. The ways back are found by iteration, within 1e-9 degrees of the way there (0.1 mm).
"""

from __future__ import annotations

import math
from collections.abc import Callable

Degrees = tuple[float, float]
Move = Callable[[float, float], Degrees]

_AXIS = 6_378_245.0
_ECCENTRICITY = 0.006_693_421_622_965_943
_TURN = math.pi * 3000 / 180
_NEAR_ENOUGH = 1e-10
_MOST_ROUNDS = 30


def is_displaced(longitude: float, latitude: float) -> bool:
    """Whether maps displace a place: a box about the mainland, and nothing beyond it."""
    return 72.004 <= longitude <= 137.8347 and 0.8293 <= latitude <= 55.8271


def to_gcj02(longitude: float, latitude: float) -> Degrees:
    """WGS 84 to GCJ-02, degrees to degrees."""
    if not is_displaced(longitude, latitude):
        return longitude, latitude
    x, y = longitude - 105.0, latitude - 35.0
    root, pi = math.sqrt(abs(x)), math.pi
    waves = (20 * math.sin(6 * x * pi) + 20 * math.sin(2 * x * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + waves
    north += (20 * math.sin(y * pi) + 40 * math.sin(y / 3 * pi)) * 2 / 3
    north += (160 * math.sin(y / 12 * pi) + 320 * math.sin(y * pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + waves
    east += (20 * math.sin(x * pi) + 40 * math.sin(x / 3 * pi)) * 2 / 3
    east += (150 * math.sin(x / 12 * pi) + 300 * math.sin(x / 30 * pi)) * 2 / 3
    at = math.radians(latitude)
    bend = 1 - _ECCENTRICITY * math.sin(at) ** 2
    north_degrees = math.degrees(north) / (_AXIS * (1 - _ECCENTRICITY) / (bend * math.sqrt(bend)))
    east_degrees = math.degrees(east) / (_AXIS / math.sqrt(bend) * math.cos(at))
    return longitude + east_degrees, latitude + north_degrees


def from_gcj02(longitude: float, latitude: float) -> Degrees:
    """GCJ-02 to WGS 84."""
    return _undone(to_gcj02, longitude, latitude)


def to_bd09(longitude: float, latitude: float) -> Degrees:
    """WGS 84 to BD-09."""
    return _gcj02_to_bd09(*to_gcj02(longitude, latitude))


def from_bd09(longitude: float, latitude: float) -> Degrees:
    """BD-09 to WGS 84."""
    return from_gcj02(*_undone(_gcj02_to_bd09, longitude, latitude))


def _gcj02_to_bd09(x: float, y: float) -> Degrees:
    length = math.hypot(x, y) + 0.000_02 * math.sin(y * _TURN)
    angle = math.atan2(y, x) + 0.000_003 * math.cos(x * _TURN)
    return length * math.cos(angle) + 0.0065, length * math.sin(angle) + 0.006


def _undone(there: Move, longitude: float, latitude: float) -> Degrees:
    """Where ``there`` leads here from: corrected by what is missing, less each round."""
    x, y = longitude, latitude
    for _ in range(_MOST_ROUNDS):
        found_x, found_y = there(x, y)
        off_x, off_y = longitude - found_x, latitude - found_y
        x, y = x + off_x, y + off_y
        if abs(off_x) < _NEAR_ENOUGH and abs(off_y) < _NEAR_ENOUGH:
            break
    return x, y


#: By the word that an officer declares a file with.
SHIFTED: dict[str, Move] = {"gcj02": from_gcj02, "bd09": from_bd09}
