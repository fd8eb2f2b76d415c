"""How many metres a degree is."""

from __future__ import annotations

#: Of the equator of WGS 84 and CGCS2000, by which scales of tiles in degrees are counted (17-083r4, 6.1).
DEGREE = 111_319.490_793_273_57
#: Of latitude, about: for distances within a city, and for what is grown.
ABOUT_A_DEGREE = 111_320.0
