"""The yearly report of a site: recounted from its rows, signed off once, then public."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from yiwang.identity.testing import sign_in
from yiwang.kernel.errors import InvalidInput
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.platform.outbox import deliver
from yiwang.portal.publishing.rules.yearly_report import REPORT_ROWS
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import Content
from yiwang.portal.sites.rules.bodies import Part
from yiwang.portal.sites.testing import a_draft
from yiwang.portal.talking.models import Comment, Consultation
from yiwang.portal.watching.api import get_signed, known_of, sign_report
from yiwang.portal.watching.contracts import AlreadySigned, YearNotOver
from yiwang.portal.watching.models import PageOut, SignedReport
from yiwang.portal.watching.rules.yearly import MEAN, figures_of, rows_behind

pytestmark = pytest.mark.django_db
SITE, YEAR = "environment", 2026
AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
FIRST = date(2026, 11, 19)
NEXT = datetime(2027, 1, 5, 3, 0, tzinfo=UTC)


def a_busy_year(editors) -> None:
    """Two publications of one page on two days, and a draft put out for comment with two comments."""
    content = Content(title="水质", day=date(2026, 11, 20), body=(Part(kind="paragraph", text="正文。"),))
    page, revision = a_draft(editors[SITE], AT, SITE, address="water", content=content)
    api.publish_page(actor=editors[SITE], at=AT, site=SITE, page=page, revision=revision)
    deliver(at=timezone.now())
    PageOut.objects.filter(page=page).update(day=FIRST)
    revision = api.save_page(
        actor=editors[SITE], at=AT, site=SITE, page=page, revision=revision, content=content
    )
    api.publish_page(actor=editors[SITE], at=AT, site=SITE, page=page, revision=revision)
    deliver(at=timezone.now())
    PageOut.objects.exclude(day=FIRST).update(day=AT.date())  # pages go out by the clock on the wall
    words = {"title": {"zh": "办法草案", "en": "Draft rule"}, "summary": {"zh": "一", "en": "a"}}
    days = {"opens_on": AT.date(), "closes_on": AT.date(), "made_at": AT, "put_out_at": AT}
    draft = Consultation.objects.create(kind="rule", organisation=SITE, made_by=1, **words, **days)
    for _ in range(2):
        Comment.objects.create(consultation=draft, at=AT, body="意见")


def test_b30_every_figure_is_the_sum_of_its_rows_and_what_nothing_counts_is_absent(client: Client, editors):
    a_busy_year(editors)
    site = api.get_site(SITE)
    known = known_of(site, YEAR)
    figures = figures_of(known, YEAR)
    sums = {key: sum(adds for _, adds in rows_behind(known, key, YEAR)) for key in figures if key != MEAN}
    assert sums == {key: value for key, value in figures.items() if key != MEAN}
    # The page that came with the site, and the page that went out twice.
    assert (figures["pages"], figures["pages_news"]) == (3, 3)
    assert (figures["consultations"], figures["opinions"], figures["results"]) == (1, 2, 0)
    assert set(REPORT_ROWS) - set(figures) == {
        "visitors", "views", "replies", "interviews", "questions", "questions_answered", "checks",
        "problems", "problems_repaired",
    }  # fmt: skip

    sign_in(client, editors[SITE])
    rows = client.get(reverse("watching:report_rows", args=[SITE, YEAR, "pages"])).content.decode()
    assert rows.count("/sites/environment/news/water/") == 2
    assert client.get(reverse("watching:report_rows", args=[SITE, YEAR, "visitors"])).status_code == 404
    sign_in(client, editors["tianhe"])
    assert client.get(reverse("watching:report", args=[SITE, YEAR])).status_code == 403


def test_b30_a_publisher_signs_off_once_and_the_public_reads_it_as_signed(
    client: Client, editors, monkeypatch
):
    a_busy_year(editors)
    own = {"actor": editors[SITE], "site": SITE, "year": YEAR}
    with pytest.raises(YearNotOver):
        sign_report(**own, at=AT, given={})
    with pytest.raises(InvalidInput):
        sign_report(**own, at=NEXT, given={"pages": 99})
    with pytest.raises(OperationNotAllowed):
        sign_report(**{**own, "actor": editors["tianhe"]}, at=NEXT, given={})
    public = reverse("site_reports:report", args=[SITE, YEAR])
    assert SignedReport.objects.count() == 0
    assert client.get(public).status_code == 404

    clock = SimpleNamespace(localdate=NEXT.date, now=lambda: NEXT)
    monkeypatch.setattr("yiwang.portal.watching.web.report.timezone", clock)
    sign_in(client, editors[SITE])
    desk = reverse("watching:report", args=[SITE, YEAR])
    assert client.post(desk, {"views": "many"}).status_code == 422
    assert client.post(desk, {"views": "123456"}).status_code == 302
    with pytest.raises(AlreadySigned):
        sign_report(**own, at=NEXT, given={})
    signed = get_signed(SITE, YEAR)
    assert (signed.figures["views"], signed.figures["pages"], signed.given) == (123456, 3, ["views"])

    PageOut.objects.all().delete()
    client.logout()
    shown = client.get(public).content.decode()
    assert ("123,456" in shown, "网站填报" in shown, "未统计" in shown) == (True, True, True)
    book = load_workbook(io.BytesIO(client.get(reverse("site_reports:file", args=[SITE, YEAR])).content))
    lines = {row[1]: row[2] for row in book.active.iter_rows(values_only=True) if row[1]}
    assert (lines["网站总访问量（次）"], lines["总数（条）"]) == (123456, 3)
    assert lines["独立用户访问总量（个，按日累计）"] == "未统计"
