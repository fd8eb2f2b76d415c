"""The watch over the sites: what fails on which day, until when it is mended, who is told and who sees it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from yiwang.cases.api import city_calendar
from yiwang.identity.testing import an_officer, sign_in
from yiwang.portal.publishing.link_loop import record
from yiwang.portal.publishing.models import OutsideLink
from yiwang.portal.publishing.rules.trying import Answer
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import Content
from yiwang.portal.sites.models import SitePage
from yiwang.portal.sites.rules.bodies import Part
from yiwang.portal.sites.testing import a_draft
from yiwang.portal.watching.api import see_site_alerts, site_alerts
from yiwang.portal.watching.loops import check_due_pages, probe_due, take_due_days
from yiwang.portal.watching.models import Alert, Finding, ProbeDay, SiteDay

pytestmark = pytest.mark.django_db
#: The small group went out on 2026-11-20; what its columns list bears the first of November.
OPENED = date(2026, 11, 20)
SITE = "environment"


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, 0, tzinfo=UTC)


def watched(day: date) -> SiteDay:
    take_due_days(noon(day))
    return SiteDay.objects.get(site=SITE, day=day)


def as_if(monkeypatch: pytest.MonkeyPatch, today: date) -> None:
    """Let the pages take a day for today's."""
    clock = SimpleNamespace(localdate=lambda: today, now=lambda: noon(today))
    monkeypatch.setattr("yiwang.portal.watching.web.standing.timezone", clock)


def counted(row: SiteDay) -> dict[str, tuple[str, int]]:
    return {one.item: (one.state, one.count) for one in row.items.all()}


def walked(first: date, working_days: int) -> date:
    """The last of so many working days after a day, one day after the other."""
    day, calendar = first, city_calendar()
    while working_days:
        day += timedelta(days=1)
        working_days -= calendar.is_working(day)
    return day


def test_b28_a_first_page_is_warned_then_fails_and_a_past_day_is_shown_as_it_was(
    client: Client, editors, monkeypatch
):
    SitePage.objects.filter(address=f"{SITE}/news/first/").update(day=OPENED)
    last = OPENED + timedelta(weeks=2)
    states = {
        day: watched(day).state for day in (OPENED, last - timedelta(days=2), last, last + timedelta(days=1))
    }
    assert list(states.values()) == ["ok", "warn", "warn", "overdue"]
    finding = Finding.objects.get(site=SITE, item="home_not_updated")
    assert (finding.found_on, finding.until, finding.mended_on) == (last - timedelta(days=2), last, None)

    page, revision = a_draft(
        editors[SITE],
        noon(last + timedelta(days=2)),
        SITE,
        address="new",
        content=Content(
            title="新闻", day=last + timedelta(days=2), body=(Part(kind="paragraph", text="正文。"),)
        ),
    )
    api.publish_page(actor=editors[SITE], at=noon(last), site=SITE, page=page, revision=revision)
    SitePage.objects.filter(pk=page).update(last_published_at=noon(last + timedelta(days=2)))
    assert watched(last + timedelta(days=2)).state == "ok"
    finding.refresh_from_db()
    assert finding.mended_on == last + timedelta(days=2)

    as_if(monkeypatch, last + timedelta(days=9))
    sign_in(client, editors[SITE])
    address = reverse("watching:site", args=[SITE])
    days = (OPENED, last, finding.mended_on)
    shown = [client.get(address, {"day": str(day)}).content.decode() for day in days]
    assert ["没有待整改的问题" in html for html in shown] == [True, False, True]


def test_b28_an_error_on_a_published_page_fails_the_site_after_its_day_of_grace(editors):
    column = SitePage.objects.get(address=f"{SITE}/news/first/").specific
    column.body = '[{"type": "paragraph", "value": "申请人身份证号440100198503120017。"}]'
    column.save()
    friday = date(2026, 11, 20)
    assert check_due_pages(noon(friday)) == 9
    assert check_due_pages(noon(friday)) == 0
    until = walked(friday, 1)
    assert until == date(2026, 11, 23)
    days = {
        day: counted(watched(day))["serious_errors"] for day in (friday, until, until + timedelta(days=1))
    }
    assert list(days.values()) == [("warn", 0), ("warn", 0), ("overdue", 1)]
    finding = Finding.objects.get(site=SITE, item="serious_errors")
    assert (finding.page, finding.place["zh"], finding.until) == (column.pk, "第1段", until)
    assert "440100198503120017" not in str(finding.text)


def test_b28_a_dead_link_is_told_to_the_sites_people_once_found_and_once_overdue(
    client: Client, editors, monkeypatch
):
    url = "https://far.example/gone"
    body = (Part(kind="paragraph", text=f"见[平台]({url})。"),)
    page, revision = a_draft(
        editors[SITE], noon(OPENED), SITE, address="far", content=Content(title="通知", day=OPENED, body=body)
    )
    api.publish_page(actor=editors[SITE], at=noon(OPENED), site=SITE, page=page, revision=revision)
    check_due_pages(noon(OPENED))
    row = OutsideLink.objects.get(url=url)
    for _ in range(2):
        record(row, Answer(status=404, problem="gone"), at=noon(OPENED))
    until = walked(OPENED, 5)
    for day in (OPENED, OPENED + timedelta(days=1), until, until + timedelta(days=1)):
        assert counted(watched(day))["dead_links"] == ("overdue" if day > until else "warn", 1)

    own = editors[SITE].account_id
    told = Alert.objects.filter(finding__item="dead_links").order_by("pk")
    assert list(told.values_list("account_id", "stage")) == [(own, "found"), (own, "overdue")]
    as_if(monkeypatch, until)
    sign_in(client, editors[SITE])
    shown = client.get(reverse("watching:sites")).content.decode()
    assert reverse("watching:site", args=["tianhe"]) not in shown
    there = client.get(reverse("watching:site", args=[SITE]), {"day": str(until)}).content.decode()
    assert reverse("site_desk:edit", args=[SITE, page]) in there
    told = site_alerts(editors[SITE], on=until)
    see_site_alerts(actor=editors[SITE], at=noon(until), up_to=max(one.id for one in told))
    assert site_alerts(editors[SITE], on=until) == ()
    assert {one.site for one in site_alerts(editors["tianhe"], on=until)} == {"tianhe"}


def test_b28_a_site_is_down_by_its_share_of_failed_tries(editors, monkeypatch):
    answers = iter([True] * 19 * 3 + [False] * 3)
    monkeypatch.setattr("yiwang.portal.watching.loops._answers", lambda _: next(answers))
    start = noon(OPENED) - timedelta(hours=6)
    tried = [probe_due(start + timedelta(minutes=31 * turn)) for turn in range(21)]
    assert tried == [3] * 21
    rows = ProbeDay.objects.filter(site=SITE).values_list("tries", "failed")
    assert (sum(row[0] for row in rows), sum(row[1] for row in rows)) == (20, 1)
    assert counted(watched(OPENED + timedelta(days=1)))["site_down"] == ("overdue", 5)


def test_b28_a_watcher_sees_all_sites_and_nobody_else_sees_anothers(client: Client, editors):
    watched(OPENED)
    watcher = an_officer("supervision", roles={"supervisor"}, password="x")
    addresses = [reverse("watching:site", args=[SITE]), reverse("watching:check", args=[SITE, _a_page()])]
    sign_in(client, watcher)
    everything = client.get(reverse("watching:sites"), {"day": str(OPENED)}).content.decode()
    assert [reverse("watching:site", args=[code]) in everything for code in editors] == [True] * 3
    assert [client.get(address).status_code for address in addresses] == [200, 403]
    sign_in(client, editors["tianhe"])
    assert [client.get(address).status_code for address in addresses] == [403, 403]
    sign_in(client, editors[SITE])
    assert [client.get(address).status_code for address in addresses] == [200, 200]


def _a_page() -> int:
    return SitePage.objects.get(address=f"{SITE}/news/first/").pk
