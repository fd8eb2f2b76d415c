"""Colours as pages declare them, and their contrast (WCAG 2.2, 1.4.3: relative luminance in sRGB)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

Rgb = tuple[int, int, int]
# CSS 2.1, 4.3.6: the colours that have names in old pages.
_NAMES: dict[str, Rgb] = {
    "black": (0, 0, 0), "silver": (192, 192, 192), "gray": (128, 128, 128), "grey": (128, 128, 128),
    "white": (255, 255, 255), "maroon": (128, 0, 0), "red": (255, 0, 0), "purple": (128, 0, 128),
    "fuchsia": (255, 0, 255), "green": (0, 128, 0), "lime": (0, 255, 0), "olive": (128, 128, 0),
    "yellow": (255, 255, 0), "navy": (0, 0, 128), "blue": (0, 0, 255), "teal": (0, 128, 128),
    "aqua": (0, 255, 255), "orange": (255, 165, 0),
}  # fmt: skip
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})")
_RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)")
_PIXELS = re.compile(r"(\d+(?:\.\d+)?)px")
_HEADINGS = frozenset({"h1", "h2"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How the text of an element looks, from itself or from those above: black on white, not large."""

    foreground: Rgb = (0, 0, 0)
    background: Rgb = (255, 255, 255)
    large: bool = False
    #: Whether this very element says a colour.
    declared: bool = False


def colour(written: str) -> Rgb | None:
    """A colour as three bytes; None for what cannot be told (``inherit``, half transparent, a slip)."""
    plain = written.strip().lower()
    if plain in _NAMES:
        return _NAMES[plain]
    if found := _HEX.fullmatch(plain):
        digits = found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if found := _RGB.fullmatch(plain):
        return min(int(found[1]), 255), min(int(found[2]), 255), min(int(found[3]), 255)
    return None


def contrast(one: Rgb, other: Rgb) -> float:
    """1 (the same) to 21 (black on white), whichever lies in front."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def shown_in(style: str | None, tag: str, above: Shown) -> Shown:
    """How an element with this style looks within what stands above it."""
    said = dict(_declarations(style or ""))
    foreground = colour(said.get("color", ""))
    background = colour(said.get("background-color", said.get("background", "")))
    size, large = _PIXELS.fullmatch(said.get("font-size", "")), above.large or tag in _HEADINGS
    if size is not None:
        is_bold = said.get("font-weight", "") in {"bold", "700", "800", "900"}
        large = float(size[1]) >= (18.66 if is_bold else 24)
    return replace(
        above,
        foreground=foreground or above.foreground,
        background=background or above.background,
        large=large,
        declared=foreground is not None or background is not None,
    )


def _declarations(style: str) -> list[tuple[str, str]]:
    pairs = (one.partition(":") for one in style.lower().split(";"))
    return [(name.strip(), value.replace("!important", "").strip()) for name, _, value in pairs]


def _luminance(rgb: Rgb) -> float:
    red, green, blue = (_linear(value / 255) for value in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
