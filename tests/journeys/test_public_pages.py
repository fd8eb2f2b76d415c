"""B34: every kind of page of the sites, and what stands beside them, as a reader and an officer see it."""

from __future__ import annotations

import pytest
from tests.live.visit import NARROW, WIDE, Visit

from yiwang.platform.web.navigation import entries
from yiwang.portal.sites.api import PAGE_KINDS
from yiwang.portal.sites.models import SitePage

pytestmark = pytest.mark.journey

BESIDE = {
    "group": "/sites/",
    "views": "/sites/municipal/view/",
    "catalogue": "/openness/",
    "openness-answers": "/openness/answers/",
    "consultations": "/mailbox/consultations/",
    "surveys": "/mailbox/surveys/",
    "proposals": "/mailbox/proposals/",
    "budgets": "/mailbox/budgets/",
    "mailbox": "/mailbox/",
    "search": "/search/?q=环境",
}
#: With these most entries of the desk's menu are seen, each from a page that the officer has.
OFFICERS = {
    "general_office.publisher": "/desk/sites/",
    "environment.approver": "/desk/",
    "environment.publisher": "/desk/sites/",
    "information_centre.keeper": "/desk/kiosk/terminals/",
    "shipai.community": "/desk/kiosk/notices/",
}


def test_b34_every_kind_of_page(visit):
    reader = visit()
    for key, kind in PAGE_KINDS:
        page = kind.model.objects.live().order_by("-title_en", "path").first()
        assert page is not None, f"no page is a {key}"
        reader.go(f"/sites/{page.address}")
        reader.look(f"site-{key}")
    reader.go(f"/proofs/{SitePage.objects.live().order_by('-day')[0].pk}/")
    reader.look("proofs")
    for name, path in BESIDE.items():
        reader.go(path)
        reader.look(f"public-{name}")


#: Bytes of a first page with everything it needs but pictures, as sent.
_MOST = 350_000
_WEIGHED = """() => ["navigation", "resource"].flatMap(kind => performance.getEntriesByType(kind))
  .filter(one => one.initiatorType !== "img").map(one => [one.name, one.encodedBodySize])"""
#: How much of the window moves, times how far (Cumulative Layout Shift; Google calls less than 0.1 good):
#: a busy machine paints a page in parts, with 0.014 at a twelfth of the speed.
_STILL = 0.05
_SHIFTED = """() => new Promise(done => { let sum = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value; })
    .observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => done(sum))); })"""


@pytest.mark.parametrize("path", ["/", "/sites/municipal/"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_first_pages_are_light_and_stand_still(visit, path: str, width: int):
    reader: Visit = visit(width=width)
    reader.go(path)
    reader.page.wait_for_load_state("networkidle")
    sent = dict(reader.page.evaluate(_WEIGHED))
    assert any(name.endswith(".css") for name in sent)
    assert 10_000 < sum(sent.values()) < _MOST, sent
    assert reader.page.evaluate(_SHIFTED) < _STILL


def test_b35_views_for_the_elderly_and_traditional_characters(visit, language):
    reader: Visit = visit()
    for view in ("large", "elder"):
        reader.context.add_cookies([{"name": "yiwang_view", "value": view, "url": reader.root}])
        reader.go("/sites/municipal/")
        reader.look(f"site-home-{view}")
    if language == "zh":
        reader.page.goto(f"{reader.root}/hant/sites/municipal/")
        reader.look("site-home-hant")
        assert reader.page.locator("html").get_attribute("lang") == "zh-Hant"
        reader.says("廣州")


def test_b37_every_entry_of_the_desk(visit):
    seen = set()
    for username, first in OFFICERS.items():
        officer = visit(username)
        officer.go(first)
        links = officer.page.locator(".yw-desk__side a").evaluate_all("all => all.map(one => one.href)")
        for href in sorted(set(links) - seen):
            officer.page.goto(href)
            officer.look("desk-" + href.partition("/desk/")[2].strip("/").replace("/", "-"))
        seen |= set(links)
    assert len(seen) > len([key for key, one in entries if one.area == "desk"]) // 2
