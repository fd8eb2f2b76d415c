"""A map in the browser: whether something is drawn on it, and what its script says is drawn."""

from __future__ import annotations

from io import BytesIO
from typing import TypeAlias

from PIL import Image
from playwright.sync_api import Locator, Page, expect

Pixels: TypeAlias = tuple[float, float]
#: Without a graphics card a map takes its time.
_PATIENCE = 60_000
#: The page's own module, by whatever address the page loaded it.
_ATLAS = "performance.getEntriesByType('resource').find(({ name }) => name.includes('/maps/js/atlas')).name"
_THERE = "{ layers: given.filter((id) => map.getLayer(id)) }"
_SAID = """({ id, properties, geometry: { type, coordinates } }) => ({
    id, type, properties, at: type === "Point" ? Object.values(map.project(coordinates)) : null,
})"""


def expect_drawn(page: Page, place: str = "#map") -> None:
    """The map has come to rest and shows more than one colour: a blank one comes to rest too."""
    shown = page.locator(place)
    expect(shown).to_have_attribute("data-drawn", "yes", timeout=_PATIENCE)
    assert count_colours(shown) > 1, f"nothing is drawn on {page.url}"


def count_colours(shown: Locator, left: float = 0.2, right: float = 0.8) -> int:
    """How many colours lie between two parts of a map's width, away from the buttons at its corners."""
    picture = Image.open(BytesIO(shown.screenshot())).convert("RGB")
    width, height = picture.size
    middle = picture.crop((int(width * left), int(height * 0.2), int(width * right), int(height * 0.8)))
    return len(middle.getcolors(maxcolors=width * height) or ())


def of_map(page: Page, expression: str, given: object = None) -> object:
    """What the page's own script says: an expression over ``atlas``, its ``map`` and what is ``given``."""
    found = f"const {{ atlas }} = await import({_ATLAS}); const map = atlas.map;"
    return page.evaluate(f"async (given) => {{ {found} return {expression}; }}", given)


def rest(page: Page) -> None:
    """Wait until the map of the page has drawn all that it was told to."""
    of_map(
        page,
        "await new Promise((done) => {"
        " const look = () => (map.loaded() && !map.isMoving() ? done() : setTimeout(look, 50)); look(); })",
    )


def rendered(page: Page, *layers: str) -> list[dict[str, object]]:
    """Features drawn of these layers of the style: id, type, properties; of points, ``at`` in pixels."""
    rest(page)
    found = of_map(page, f"map.queryRenderedFeatures({_THERE}).map({_SAID})", list(layers))
    assert isinstance(found, list)
    return found


def middle(page: Page) -> tuple[float, float]:
    """Longitude and latitude of the map's middle."""
    found = of_map(page, "map.getCenter().toArray()")
    assert isinstance(found, list)
    return found[0], found[1]


def corner(page: Page, east: float, south: float) -> Pixels:
    """A place so many pixels from the map's middle, as the window counts."""
    shown = page.locator("#map canvas").first
    shown.scroll_into_view_if_needed()
    box = shown.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2 + east, box["y"] + box["height"] / 2 + south
