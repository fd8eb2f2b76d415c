"""S014: a terminal is registered and started, and a visitor reads, prints and looks for work at it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.live.city import actor

from yiwang.kernel.text import Text
from yiwang.portal.kiosk import api
from yiwang.portal.kiosk.contracts import Hours, Job, WagePer

pytestmark = pytest.mark.journey
COMMUNITY = "c440106006002"
JOB = Job(place="石牌东", hours=Hours.PART, openings=3, wage_from=25, wage_to=None, wage_per=WagePer.HOUR)


def test_s014_a_visitor_at_a_terminal(visit):
    at = timezone.now()
    place = Text("石牌东百货一楼", "Shipai East department store")
    made = api.register_terminal(
        actor=actor("information_centre.keeper"),
        at=at,
        organisation=COMMUNITY,
        place=place,
        address="石牌东路1号",
    )
    notice = api.post_notice(
        actor=actor("shipai.community"), at=at, organisation=COMMUNITY, title="招保洁", body="每天四小时",
        contact="东城社区居委会", phone="020-87654321", job=JOB,
        valid_until=timezone.localdate() + timedelta(days=30),
    )  # fmt: skip
    visitor = visit(width=1080)
    page = visitor.page
    page.set_viewport_size({"width": 1080, "height": 1920})
    visitor.go("/kiosk/terminal/")
    visitor.look("kiosk-terminal")
    page.fill("[name=number]", f"K{made.id:05d}")
    page.fill("[name=secret]", made.secret)
    visitor.press("启用", "Start")
    assert place.zh in page.locator("header").inner_text() or place.en in page.locator("header").inner_text()

    for name, path in {
        "start": "/kiosk/",
        "services": "/kiosk/services/",
        "guide": "/kiosk/services/investment_approval/",
        "places": "/kiosk/places/",
        "jobs": "/kiosk/jobs/",
        "notice": f"/kiosk/notices/{notice}/",
        "track": "/kiosk/track/",
        "idle": "/kiosk/idle/?back=/kiosk/jobs/",
    }.items():
        visitor.go(path)
        visitor.look(f"kiosk-{name}")
        page.set_viewport_size({"width": 1080, "height": 1920})
        # letters follow the window's width a moment later
        page.wait_for_function("document.documentElement.scrollWidth === 1080")
    visitor.go("/kiosk/")
    small = page.evaluate(
        "[...document.querySelectorAll('.yw-kiosk__tile, .yw-kiosk__row, .yw-kiosk__language')]"
        ".filter(one => one.getBoundingClientRect().height < 64).map(one => one.outerHTML)"
    )
    assert small == []
    page.get_by_role("link", name=visitor.text("找工作", "Jobs"), exact=True).click()
    page.get_by_role("link", name="招保洁").first.click()
    visitor.says("每小时25元起", "from 25 yuan an hour")
    # by keyboard out of the page and round again: nothing holds the focus
    seen = set()
    for _ in range(8):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))
    assert len(seen) >= 4
    visitor.go("/kiosk/services/investment_approval/")
    pdf = visitor.fetch(page.locator("[data-print]"))
    assert pdf.startswith(b"%PDF-")
    assert page.evaluate("matchMedia('print').matches") is False

    keeper = visit("information_centre.keeper")
    keeper.go("/desk/kiosk/terminals/")
    keeper.says(f"K{made.id:05d}")
    keeper.look("kiosk-desk-terminals")
