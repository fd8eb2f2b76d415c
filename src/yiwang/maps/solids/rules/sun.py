"""Where the sun stands: the equations of NOAA's solar calculator, after Meeus.

Astronomical Algorithms, chapters 25 and 28. Good to some hundredths of a degree for a century around 2000.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from yiwang.maps.solids.contracts import Place

#: From here days are counted; UTC and dynamical time differ by a minute, which is 0.001 degrees.
_J2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)
_DAY, _CENTURY = 86_400.0, 36_525.0
#: Altitude of the sun's middle at sunrise and sunset: refraction at the horizon and half its width.
_RISES_AT = -0.833


@dataclass(frozen=True, slots=True)
class Sun:
    """Altitude above the horizon, refraction included, and azimuth from the north eastwards, in degrees."""

    altitude: float
    azimuth: float


@dataclass(frozen=True, slots=True)
class _Orbit:
    """Declination in degrees, and the equation of time in minutes."""

    declination: float
    ahead: float


def sun_at(place: Place, at: datetime) -> Sun:
    """Where the sun stands for a place; ``at`` has a zone."""
    longitude, latitude = place
    orbit = orbit_at(at)
    moment = at.astimezone(UTC)
    minutes = moment.hour * 60 + moment.minute + (moment.second + moment.microsecond / 1e6) / 60
    hour_angle = math.radians((minutes + orbit.ahead + 4 * longitude) / 4 - 180)
    declined, north = math.radians(orbit.declination), math.radians(latitude)
    sine = math.sin(north) * math.sin(declined) + math.cos(north) * math.cos(declined) * math.cos(hour_angle)
    altitude = math.degrees(math.asin(min(max(sine, -1.0), 1.0)))
    azimuth = math.degrees(
        math.atan2(
            math.sin(hour_angle),
            math.cos(hour_angle) * math.sin(north) - math.tan(declined) * math.cos(north),
        )
    )
    return Sun(altitude + refraction(altitude), (azimuth + 180) % 360)


def orbit_at(at: datetime) -> _Orbit:
    """Declination and equation of time of a moment."""
    centuries = (at - _J2000).total_seconds() / _DAY / _CENTURY
    mean = (280.46646 + centuries * (36_000.76983 + centuries * 0.0003032)) % 360
    anomaly = math.radians(357.52911 + centuries * (35_999.05029 - 0.0001537 * centuries))
    eccentric = 0.016708634 - centuries * (0.000042037 + 0.0000001267 * centuries)
    centre = (
        math.sin(anomaly) * (1.914602 - centuries * (0.004817 + 0.000014 * centuries))
        + math.sin(2 * anomaly) * (0.019993 - 0.000101 * centuries)
        + math.sin(3 * anomaly) * 0.000289
    )
    node = math.radians(125.04 - 1934.136 * centuries)
    apparent = math.radians(mean + centre - 0.00569 - 0.00478 * math.sin(node))
    seconds = 21.448 - centuries * (46.815 + centuries * (0.00059 - centuries * 0.001813))
    tilt = math.radians(23 + (26 + seconds / 60) / 60 + 0.00256 * math.cos(node))
    half = math.tan(tilt / 2) ** 2
    twice = math.radians(2 * mean)
    ahead = (
        half * math.sin(twice)
        - 2 * eccentric * math.sin(anomaly)
        + 4 * eccentric * half * math.sin(anomaly) * math.cos(twice)
        - 0.5 * half * half * math.sin(2 * twice)
        - 1.25 * eccentric * eccentric * math.sin(2 * anomaly)
    )
    return _Orbit(math.degrees(math.asin(math.sin(tilt) * math.sin(apparent))), 4 * math.degrees(ahead))


def refraction(altitude: float) -> float:
    """Degrees by which the air lifts what stands at an altitude (NOAA's fit, 1013 hPa)."""
    if altitude > 85:
        return 0.0
    tangent = math.tan(math.radians(altitude))
    if altitude > 5:
        seconds = 58.1 / tangent - 0.07 / tangent**3 + 0.000086 / tangent**5
    elif altitude > -0.575:
        seconds = 1735 + altitude * (-518.2 + altitude * (103.4 + altitude * (-12.79 + altitude * 0.711)))
    else:
        seconds = -20.774 / tangent
    return seconds / 3600


def daylight(place: Place, noon: datetime) -> tuple[datetime, datetime] | None:
    """Sunrise and sunset of the day around a local noon; None where the sun stays up or down.

    Within a minute away from the poles.
    """
    longitude, latitude = place
    orbit = orbit_at(noon)
    declined, north = math.radians(orbit.declination), math.radians(latitude)
    cosine = (math.sin(math.radians(_RISES_AT)) - math.sin(north) * math.sin(declined)) / (
        math.cos(north) * math.cos(declined)
    )
    if not -1 < cosine < 1:
        return None
    half = timedelta(minutes=4 * math.degrees(math.acos(cosine)))
    midnight = noon.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    transit = midnight + timedelta(minutes=720 - 4 * longitude - orbit.ahead)
    while transit - noon > timedelta(hours=12):
        transit -= timedelta(days=1)
    while noon - transit > timedelta(hours=12):
        transit += timedelta(days=1)
    return transit - half, transit + half
