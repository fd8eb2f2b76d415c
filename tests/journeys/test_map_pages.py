"""The map's pages at both widths, in both languages: accessible; with pictures for people to look at."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from tests.live.maps import expect_drawn
from tests.live.visit import Visit

pytestmark = pytest.mark.journey
PAGES = [
    ("map", "", "/map/"),
    ("map-search", "", "/map/?q=大道"),
    ("map-officer", "water.handler", "/map/?layers=districts,waters,roads"),
    ("map-day", "water.handler", "/map/?tool=day&valid=2026-01-01"),
    ("map-measure", "water.handler", "/map/?tool=measure"),
    ("map-draw", "water.handler", "/map/?tool=draw"),
    ("map-compare", "water.handler", "/map/?tool=compare"),
]


def test_the_pages_of_the_map_are_accessible_at_both_widths(drawing, city, language) -> None:
    visitors = {"": Visit(drawing, city.address, language=language)}
    visitors["water.handler"] = Visit(drawing, city.address, language=language).sign_in("water.handler")
    for name, username, path in PAGES:
        visitors[username].go(path)
        if "valid=" in path:
            # the city began today, so its map of a day before is rightly blank
            expect(visitors[username].page.locator("#map")).to_have_attribute(
                "data-drawn", "yes", timeout=60_000
            )
        else:
            expect_drawn(visitors[username].page)
        visitors[username].look(name)


@pytest.mark.parametrize("language", ["en"])
def test_what_a_zoom_leaves_out_is_said_under_its_layer(drawing, city, language) -> None:
    visitor = Visit(drawing, city.address, language=language).sign_in("planning.handler")
    visitor.go("/map/?layers=parcels,districts&at=11/23.118/113.2448")
    expect_drawn(visitor.page)
    left = visitor.page.locator("[data-left=parcels]")
    words = visitor.text(r"只画较大的约\d+%", r"about \d+% of it here is drawn")
    expect(left).to_have_text(re.compile(words), timeout=60_000)
    expect(visitor.page.locator("[data-left=districts]")).to_be_hidden()
    visitor.look("map-left-out")
    visitor.go("/map/?layers=parcels&at=17/23.118/113.2448")
    expect_drawn(visitor.page)
    expect(left).to_be_hidden()
