"""Heights as colours: the code that MapLibre reads as terrain, and a shaded picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Colours = NDArray[np.uint8]
_SUN, _ALTITUDE = 315.0, 45.0
#: Heights in the terrarium code reach from here up by 65,536 metres, in steps of 1/256 metre.
_LOWEST = -32768.0


def terrarium(heights: NDArray[np.float32], seen: NDArray[np.bool_]) -> Colours:
    """Bands of red, green and blue; where no height is known stands sea level.

    ``height = red * 256 + green + blue / 256 - 32768``
    """
    metres = np.where(seen, heights, 0.0).astype("float64")
    steps = np.clip(np.rint((metres - _LOWEST) * 256), 0, (1 << 24) - 1).astype("uint32")
    bands: Colours = np.stack([steps >> 16, (steps >> 8) & 255, steps & 255]).astype("uint8")
    return bands


def shaded(heights: NDArray[np.float32], pixel: float, high: float | None = None) -> Colours:
    """Light from the north-west on the ground (Horn), of all but the outermost pixels; 0 dark to 255.

    ``pixel``: metres on the ground that a pixel is wide, and high unless ``high`` says otherwise.
    """
    h = heights.astype("float64")
    east = (h[:-2, 2:] + 2 * h[1:-1, 2:] + h[2:, 2:]) - (h[:-2, :-2] + 2 * h[1:-1, :-2] + h[2:, :-2])
    south = (h[2:, :-2] + 2 * h[2:, 1:-1] + h[2:, 2:]) - (h[:-2, :-2] + 2 * h[:-2, 1:-1] + h[:-2, 2:])
    dx, dy = east / (8 * pixel), south / (8 * (high or pixel))
    azimuth, altitude = np.radians(_SUN), np.radians(_ALTITUDE)
    # the surface's upright is (-dx, dy, 1) in east, north, up; the sun stands at azimuth from north
    light = -dx * np.sin(azimuth) * np.cos(altitude) + dy * np.cos(azimuth) * np.cos(altitude)
    light = (light + np.sin(altitude)) / np.sqrt(1 + dx * dx + dy * dy)
    shade: Colours = np.rint(np.clip(light, 0, 1) * 255).astype("uint8")
    return shade
