"""An article from the editor's form to the public, on a site of its own; what flows between sites."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from lxml import etree

from yiwang.identity.api import landing_for
from yiwang.identity.testing import a_resident_id, sign_in
from yiwang.kernel.errors import InvalidInput
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import ROOT
from yiwang.platform.files import path_of
from yiwang.platform.models import JournalEntry
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import AddressTaken, Content, EditedMeanwhile
from yiwang.portal.sites.gate import blocking
from yiwang.portal.sites.models import ArticlePage, GroupSite, SiteFile, SitePage
from yiwang.portal.sites.rules.bodies import Part
from yiwang.portal.sites.testing import a_draft, a_picture
from yiwang.portal.sites.writing import content_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
FILES = ROOT / "cities" / "guangzhou" / "sites" / "files"
SITE = "environment"


def article(**more: object) -> Content:
    body = (Part(kind="paragraph", text="水质**良好**。<script>alert(1)</script>"),)
    return Content(**{"title": "河涌水质", "day": date(2026, 11, 20), "body": body, **more})


def test_b25_an_article_goes_from_the_form_to_the_public_and_off_again(client: Client, editors, own_folder):
    sign_in(client, editors[SITE])
    column = api.find_page(SITE, "news").link.id
    begun = client.post(
        reverse("site_desk:begin", args=[SITE, column, "article"]), {"title": "河涌水质", "address": "water"}
    )
    page = SitePage.objects.get(address="environment/news/water/").pk
    edit = reverse("site_desk:edit", args=[SITE, page])
    assert begun.headers["Location"] == edit

    revision = SitePage.objects.get(pk=page).latest_revision_id
    head = {"title": "河涌水质", "day-year": "2026", "day-month": "11", "day-day": "20", "issuer": SITE}
    added = client.post(edit, {**head, "act": "add:paragraph", "_revision": revision})
    assert added.headers["Location"] == f"{edit}#body"
    revision = SitePage.objects.get(pk=page).latest_revision_id
    body = {"body.0.kind": "paragraph", "body.0.text": "水质**良好**。\n\n<script>alert(1)</script>"}
    saved = client.post(edit, {**head, **body, "act": "save", "_revision": revision})
    assert saved.status_code == 302
    assert client.get("/sites/environment/news/water/").status_code == 404

    revision = SitePage.objects.get(pk=page).latest_revision_id
    client.post(reverse("site_desk:publish", args=[SITE, page]), {"_revision": revision})
    shown = client.get("/sites/environment/news/water/").content.decode()
    assert "<strong>良好</strong>" in shown
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script>alert" not in shown
    in_english = client.get("/en/sites/environment/news/water/").content.decode()
    assert "published in Chinese only" in in_english
    assert '<div class="yw-text" lang="zh-Hans">' in in_english

    client.post(reverse("site_desk:withdraw", args=[SITE, page]), {"reason": "数据有误"})
    assert client.get("/sites/environment/news/water/").status_code == 404
    done = JournalEntry.objects.filter(outcome="done", subject=f"page:{page}").order_by("pk")
    operations = ["sites.page.edit", "sites.page.edit", "sites.page.publish", "sites.page.withdraw"]
    assert list(done.values_list("operation", flat=True)) == operations


def test_two_editors_of_one_page_lose_nothing(client: Client, editors):
    page, revision = a_draft(editors[SITE], AT, SITE, address="two", content=article())
    api.save_page(
        actor=editors[SITE], at=AT, site=SITE, page=page, revision=revision, content=article(title="先到")
    )
    sign_in(client, editors[SITE])

    late = client.post(
        reverse("site_desk:edit", args=[SITE, page]),
        {"title": "后到的话", "act": "save", "_revision": revision},
    )

    assert late.status_code == 409
    assert "后到的话" in late.content.decode()
    assert api.get_draft(editors[SITE], SITE, page).content.title == "先到"
    with pytest.raises(EditedMeanwhile):
        api.publish_page(actor=editors[SITE], at=AT, site=SITE, page=page, revision=revision)


def test_what_a_published_article_must_have(editors, own_folder):
    actor = editors[SITE]
    picture = api.keep_file(actor=actor, at=AT, site=SITE, upload=a_picture(latitude=True))
    lacking = article(day=None, body=(Part(kind="picture", file=picture), Part(kind="heading")))
    page, revision = a_draft(actor, AT, SITE, address="lacking", content=lacking)

    with pytest.raises(InvalidInput) as refused:
        api.publish_page(actor=actor, at=AT, site=SITE, page=page, revision=revision)

    assert [problem.path for problem in refused.value.problems] == ["day", "body.1.text", "body.0.alt"]
    assert not SitePage.objects.get(pk=page).live
    with pytest.raises(AddressTaken):
        a_draft(actor, AT, SITE, address="lacking", content=article())
    # the place where a photograph was taken does not stay in it
    kept = path_of(SiteFile.objects.get(pk=picture).stored).read_bytes()
    assert b"Exif" in a_picture(latitude=True).read()
    assert b"Exif" not in kept


def test_b25_news_flows_up_and_central_columns_flow_down(client: Client, editors):
    main = client.get("/sites/municipal/").content.decode()
    assert "environment第一条" in main
    assert "tianhe第一条" in main
    department = client.get("/sites/environment/").content.decode()
    assert "municipal第一条" in department
    assert "tianhe第一条" not in department


def test_b25_a_site_stands_alone_on_its_own_host(client: Client, editors):
    host = {"host": "environment.guangzhou.example"}

    assert client.get("/news/first/", headers=host).status_code == 200
    home = client.get("/en/", headers=host).content.decode()
    assert 'href="/en/news/first/"' in home
    assert client.get("/desk/sites/", headers=host).status_code == 404
    assert client.get("/services/", headers=host).status_code == 404


def test_b25_the_city_brings_eight_sites_and_a_second_load_changes_nothing(client: Client, editors):
    sites = api.read_sites(ROOT / "cities" / "guangzhou")
    loaded = api.load_group(actor=Actor.system("tests"), at=AT, sites=sites, files=FILES)
    assert loaded.sites == 8
    kinds = list(GroupSite.objects.filter(active=True).order_by("order").values_list("kind", flat=True))
    assert kinds == ["main", *["department"] * 5, *["district"] * 2]
    channels = [link.title.zh for link in api.menu(api.get_site("municipal"))]
    assert {"政务", "市民", "企业", "投资"} <= set(channels)
    live = SitePage.objects.live().count()

    api.withdraw_page(
        actor=editors["environment"],
        at=AT,
        site="environment",
        page=api.find_page("environment", "news/river-inspection").link.id,
        words="数据有误",
    )
    again = api.load_group(actor=Actor.system("tests"), at=AT, sites=sites, files=FILES)

    assert again.pages == 0
    assert SitePage.objects.live().count() == live - 1
    on = date(2026, 11, 22)
    for page in ArticlePage.objects.all():
        assert [*blocking(page.address.partition("/")[0], content_of(page), on=on)] == [], page.address
    for site in sites:
        for prefix in ("", "/en"):
            assert client.get(f"{prefix}/sites/{site.code}/").status_code == 200


def test_b29_the_gate_keeps_a_page_in_and_says_where(client: Client, editors):
    """Seeded in both languages: an identity number, a link to a page that is not out, a mobile number."""
    actor, number = editors[SITE], a_resident_id(7)
    body = (
        Part(kind="paragraph", text="水质良好。"),
        Part(kind="table", text=f"姓名 | 证件\n某人 | {number}"),
        Part(
            kind="paragraph",
            text="见[通知](/sites/tianhe/news/none-such/)，也见[首条](/sites/tianhe/news/first/)。",
        ),
    )
    english = (Part(kind="paragraph", text="Call 13800001234."),)
    faulty = article(title_en="Water", body=body, body_en=english)
    page, revision = a_draft(actor, AT, SITE, address="gate", content=faulty)
    sign_in(client, actor)

    with pytest.raises(InvalidInput) as refused:
        api.publish_page(actor=actor, at=AT, site=SITE, page=page, revision=revision)

    paths = [problem.path for problem in refused.value.problems]
    assert paths == ["body.1.text", "body.2.text", "body_en.0.text"]
    assert not SitePage.objects.get(pk=page).live
    shown = client.get(reverse("site_desk:edit", args=[SITE, page])).content.decode()
    assert shown.count("须改正") == 3

    right = article(title_en="Water", body=(body[0],), body_en=(Part(kind="paragraph", text="Call 12345."),))
    saved = api.save_page(actor=actor, at=AT, site=SITE, page=page, revision=revision, content=right)
    api.publish_page(actor=actor, at=AT, site=SITE, page=page, revision=saved)

    assert client.get("/sites/environment/news/gate/").status_code == 200


def test_b40_a_site_tells_programs_its_articles_and_pages(client: Client, editors):
    page, _ = a_draft(editors[SITE], AT, SITE, address="not-out", content=article(title="没有发布"))
    atom, sitemap = "{http://www.w3.org/2005/Atom}", "{http://www.sitemaps.org/schemas/sitemap/0.9}"

    feed = etree.fromstring(client.get("/sites/environment/feed/").content)
    pages = etree.fromstring(client.get("/sites/environment/sitemap.xml").content)

    assert [one.text for one in feed.iterfind(f"{atom}entry/{atom}title")] == ["environment第一条"]
    at = "http://testserver/sites/environment/"
    assert [one.text for one in pages.iter(f"{sitemap}loc")] == [at, f"{at}news/", f"{at}news/first/"]
    home = api.get_draft(editors[SITE], SITE, api.find_page(SITE, "").link.id)
    with pytest.raises(AddressTaken):
        api.begin_page(
            actor=editors[SITE],
            at=AT,
            site=SITE,
            parent=home.link.id,
            kind="column",
            address="feed",
            title="x",
        )
    assert api.get_draft(editors[SITE], SITE, page).live is False


def test_an_editor_without_cases_comes_out_at_the_sites(client: Client, editors):
    assert landing_for(editors[SITE]) == "site_desk:sites"
    assert landing_for(replace(editors[SITE], roles=frozenset({"editor", "handler"}))) == "desk:inbox"
    sign_in(client, editors[SITE])
    assert client.get(reverse(landing_for(editors[SITE])), follow=True).status_code == 200
