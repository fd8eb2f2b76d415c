"""A new site of the city fits what sites are, and takes the next identification code."""

from __future__ import annotations

from datetime import date

import yaml

from yiwang.kernel.text import Text
from yiwang.portal.sites.definitions import SiteDefinition
from yiwang.portal.sites.rules.themes import Theme
from yiwang.portal.sites.starter import first_site


def test_b25_a_new_site_begins_with_structure_theme_and_menu():
    written = first_site(
        code="harbour-office",
        title=Text("港务局网站", "Port Authority's site"),
        organisation="transport",
        theme=Theme.HARBOUR,
        phone="020-00000031",
        others=["identifier: '4401000024'\n", "identifier: '4401000106'\n"],
        day=date(2026, 11, 22),
    )

    site = SiteDefinition.model_validate(yaml.safe_load(written))

    assert (site.kind, site.theme, site.identifier) == ("department", Theme.HARBOUR, "4401000107")
    assert site.title == Text("港务局网站", "Port Authority's site")
    assert [page.address for page in site.pages if page.menu] == [
        "news", "information", "guide", "questions", "about"
    ]  # fmt: skip
    assert site.pages[0].pages[0].day == date(2026, 11, 22)
