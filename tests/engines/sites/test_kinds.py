"""Every kind of page on the city's own sites: read by people in each language and view, and by programs."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime

import feedparser
import pytest
from django.test import Client
from django.urls import reverse
from lxml import etree, html
from tests.layers import held

from yiwang.identity.testing import sign_in
from yiwang.kernel.errors import InvalidInput
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import ROOT
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import Content
from yiwang.portal.sites.models import FileUse, SitePage

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
CITY = ROOT / "cities" / "guangzhou"
MAIN = "/sites/municipal/"
#: One page of each kind that leads a reader somewhere, with words that its kind alone puts on the page.
PAGES = {
    "service": ("citizens/services/residence-certificate", "在本市居住的个人"),
    "dataset": ("government/open-data/firms-registered", "统计行业分布"),
    "map": ("citizens/places/service-centre", 'class="yw-map__place"'),
    "form": ("enterprises/forms/company-start-form", "标准地址库"),
    "survey": ("participation/winter-heating-survey", "填写问卷或看结果"),
    "interview": ("interviews/water-in-winter", "珠江边的老黄"),
    "leader": ("government/leaders/mayor", "分管市审计局"),
    "agency": ("government/agencies/general-office", "公文处理、会议组织"),
    "faq": ("citizens/questions/one-net", "没有电脑、不会用手机，怎么办？"),
    "topic": ("one-net-topic", "十月份全市按时办结率"),
    "album": ("pictures/autumn-in-the-city", "开满红花的木棉树，远处是楼群"),
    "video": ("pictures/river-bus", 'kind="captions"'),
    "download": ("enterprises/downloads/picture-kit", "珠江清晨"),
}


@pytest.fixture(scope="module")
def city(editors, django_db_blocker):
    """The city's own sites, with their files."""

    def fill() -> None:
        sites = api.read_sites(CITY)
        api.load_group(actor=Actor.system("tests"), at=AT, sites=sites, files=CITY / "sites" / "files")

    with held(fill, django_db_blocker):
        yield editors


def read(client: Client, address: str, **more: str) -> str:
    answer = client.get(address, **more)
    assert answer.status_code == 200, address
    return answer.content.decode()


def blocks(page: str) -> dict[str, dict[str, object]]:
    found = html.fromstring(page).xpath('//script[@type="application/ld+json"]/text()')
    return {one["@type"]: one for one in json.loads(found[0])}


def test_b40_each_kind_shows_its_own_and_tells_programs(client: Client, city):
    for kind, (address, words) in PAGES.items():
        page = read(client, f"{MAIN}{address}/")
        assert words in page, kind
        assert "csrfmiddlewaretoken" not in page, kind
        crumbs = blocks(page)["BreadcrumbList"]["itemListElement"]
        assert crumbs[0]["item"] == f"http://testserver{MAIN}"
        assert crumbs[-1]["position"] == address.count("/") + 2
        english = read(client, f"/en{MAIN}{address}/")
        assert html.fromstring(english).get("lang") == "en"
    known = {kind.key for _, kind in api.PAGE_KINDS if kind.model._meta.app_label == "sites"}
    assert set(PAGES) == known - {"home", "channel", "column", "article"}


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("service", {"@type": "GovernmentService", "name": "居住证明"}),
        ("agency", {"@type": "GovernmentOrganization", "telephone": "020-00000001"}),
        ("dataset", {"@type": "Dataset", "identifier": "legal_entity_public"}),
        ("video", {"@type": "VideoObject", "duration": "PT12S", "uploadDate": "2026-11-08"}),
        ("interview", {"@type": "Event", "startDate": "2026-11-13"}),
    ],
)
def test_b40_structured_data_has_what_its_type_asks(client: Client, city, kind: str, wanted):
    found = blocks(read(client, f"{MAIN}{PAGES[kind][0]}/"))[wanted["@type"]]
    assert wanted.items() <= found.items()
    required = {"Dataset": "description", "GovernmentService": "provider", "VideoObject": "thumbnailUrl"}
    assert found[required.get(found["@type"], "name")]


def test_b40_questions_are_told_with_their_answers_in_the_language_of_the_page(client: Client, city):
    found = blocks(read(client, f"/en{MAIN}{PAGES['faq'][0]}/"))["FAQPage"]["mainEntity"]
    assert found[0]["name"] == "I have no computer and no smartphone. What can I do?"
    assert len(found) == 4
    assert all(one["acceptedAnswer"]["text"] for one in found)


def test_b40_feeds_and_sitemaps_are_read_by_programs(client: Client, city):
    for name, version in (("feed", "atom10"), ("rss", "rss20")):
        found = feedparser.parse(client.get(reverse(f"sites:{name}", args=["municipal"])).content)
        assert (found.bozo, found.version) == (False, version)
        assert found.entries[0].title == "预告：明年小学入学政策解读"
        assert len({one.id for one in found.entries}) == len(found.entries) > 8
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    index = etree.fromstring(client.get("/sites/sitemap.xml").content)
    sites = index.xpath("//s:loc/text()", namespaces=names)
    assert len(sites) == 8
    pages = etree.fromstring(client.get(sites[0].removeprefix("http://testserver")).content)
    found = pages.xpath("//s:loc/text()", namespaces=names)
    assert len(found) == SitePage.objects.live().filter(site__code="municipal").count()


def test_b35_large_letters_and_the_mode_for_the_elderly(client: Client, city):
    plain = read(client, MAIN)
    assert "yw-view--" not in plain
    answer = client.get(f"{MAIN}view/", {"view": "elder", "next": f"{MAIN}government/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{MAIN}government/")
    assert answer.cookies["yiwang_view"].value == "elder"
    page = read(client, MAIN)
    assert 'class="yw-view--elder"' in page
    assert "大声朗读" in page
    assert 'value="elder" aria-pressed="true"' in page

    away = client.get(f"{MAIN}view/", {"view": "", "next": "//evil.example/"})
    assert away.headers["Location"] == MAIN
    assert read(client, MAIN) == plain
    client.cookies["yiwang_view"] = "<x>"
    assert read(client, MAIN) == plain


def test_b35_traditional_characters_stand_at_an_address_of_their_own(client: Client, city):
    page = read(client, f"/hant{MAIN}{PAGES['agency'][0]}/")
    tree = html.fromstring(page)
    assert tree.get("lang") == "zh-Hant"
    assert tree.xpath("string(//h1)") == "廣州市人民政府辦公廳"
    assert all(link.startswith("/hant/") for link in tree.xpath("//nav[@id='site-nav']//a/@href"))
    # programs get the same words, and are told so
    assert blocks(page)["GovernmentOrganization"]["name"] == "廣州市人民政府辦公廳"
    article = read(client, f"/hant{MAIN}government/news/", follow=True)
    news = read(
        client, html.fromstring(article).xpath("//main//ul//a[starts-with(@href, '/hant/')]/@href")[0]
    )
    told = json.loads(html.fromstring(news).xpath('//script[@type="application/ld+json"]/text()')[0])[0]
    assert told["inLanguage"] == "zh-Hant"
    assert told["headline"] == html.fromstring(news).xpath("string(//h1)")
    # the name of the other script stays in it
    assert tree.xpath("//a[@hreflang='zh-Hans']/text()") == ["简体"]
    assert tree.xpath("//link[@hreflang]/@hreflang") == ["zh-Hans", "zh-Hant", "en"]
    # English is named where somebody has written it, and nowhere else
    only = read(client, f"{MAIN}interviews/schools-next-year/")
    assert html.fromstring(only).xpath("//link[@hreflang]/@hreflang") == ["zh-Hans", "zh-Hant"]
    host = {"host": "environment.guangzhou.example"}
    assert "機構職能" in client.get("/hant/about/", headers=host).content.decode()
    assert client.get("/hant/services/").status_code == 404


def test_b25_an_editor_writes_the_fields_and_rows_of_a_kind(client: Client, city, own_folder):
    actor, site = city["environment"], "environment"
    column = api.find_page(site, "about").link.id
    sign_in(client, actor)
    begun = {"title": "常见问题", "address": "faq"}
    client.post(reverse("site_desk:begin", args=[site, column, "faq"]), begun)
    page = SitePage.objects.get(address="environment/about/faq/").pk
    edit = reverse("site_desk:edit", args=[site, page])

    def send(**more: str) -> None:
        revision = SitePage.objects.get(pk=page).latest_revision_id
        answer = client.post(edit, {"title": "常见问题", "_revision": revision, **more})
        assert answer.status_code == 302

    send(act="rows:pairs:add")
    rows = {"pairs.0": "1", "pairs.0.question": "甲？", "pairs.0.answer": "甲。", "pairs.0.question_en": "A?"}
    send(**rows, act="rows:pairs:add")
    send(**rows, **{"pairs.1": "1", "pairs.1.question": "乙？", "act": "rows:pairs:up:1"})
    written = api.get_draft(actor, site, page).content.details["pairs"]
    assert [(row["question"], row["question_en"]) for row in written] == [("乙？", ""), ("甲？", "A?")]

    draft = api.get_draft(actor, site, page)
    with pytest.raises(InvalidInput) as refused:
        api.save_page(
            actor=actor,
            at=AT,
            site=site,
            page=page,
            revision=draft.revision,
            content=Content(title="问", details={"pairs": ({"question": "长" * 201},)}),
        )
    assert [problem.path for problem in refused.value.problems] == ["pairs.0.question"]
    assert api.get_draft(actor, site, page).content.details["pairs"] == written


def test_b25_files_of_a_kind_are_public_with_its_page(client: Client, city):
    page = SitePage.objects.get(address="municipal/pictures/river-bus/")
    used = set(FileUse.objects.filter(page=page).values_list("file__stored__name", flat=True))
    film = "river-in-twelve-seconds"
    assert used == {f"{film}.webm", f"{film}.vtt", "river-morning.jpg"}
    shown = read(client, f"{MAIN}pictures/river-bus/")
    address = re.search(r'<track [^>]*src="([^"]+)"', shown)
    assert address is not None
    captions = client.get(address[1])
    assert captions.headers["Content-Type"] == "text/vtt"
    assert b"".join(captions.streaming_content).startswith(b"WEBVTT")
    assert page.day == date(2026, 11, 8)
