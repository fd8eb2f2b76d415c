"""B37 on the editors' desk: a list that sorts, several files at once, what is planned."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html
from PIL import Image

from yiwang.identity.testing import signed_in
from yiwang.platform.contracts import Actor
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import Content
from yiwang.portal.sites.models import SiteFile
from yiwang.portal.sites.rules.bodies import Part
from yiwang.portal.sites.rules.terms import Terms
from yiwang.portal.sites.testing import a_draft

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
SITE = "environment"
PAGES = f"/desk/sites/{SITE}/"


def a_page(actor: Actor, address: str, title: str, on: date) -> tuple[int, int]:
    content = Content(title=title, day=on, body=(Part(kind="paragraph", text="水质良好。"),))
    return a_draft(actor, AT, SITE, address=address, content=content)


@pytest.fixture
def client(editors: Mapping[str, Actor]) -> Client:
    return signed_in(editors[SITE])


@pytest.fixture
def three(editors: Mapping[str, Actor]) -> tuple[int, int]:
    """Pages with titles and days that differ; the last one's number and revision."""
    actor = editors[SITE]
    a_page(actor, "one", "丙：河涌水质", date(2020, 3, 1))
    a_page(actor, "two", "甲：河涌水质", date(2020, 1, 1))
    return a_page(actor, "three", "乙：河涌水质", date(2020, 2, 1))


def listed(client: Client, query: str = "") -> tuple[list[str], dict[str, str], dict[str, str]]:
    """Titles as they stand, how each column says that it is sorted, and where its link leads."""
    page = html.document_fromstring(client.get(f"{PAGES}?q=河涌水质{query}").content.decode())
    heads = page.findall(".//thead//th")
    sorts = {head.text_content().strip(): head.get("aria-sort") for head in heads if head.get("aria-sort")}
    links = {
        head.text_content().strip(): head.find("a").get("href")
        for head in heads
        if head.find("a") is not None
    }
    return [cell.find(".//a").text for cell in page.findall(".//tbody//th")], sorts, links


def test_b37_the_pages_of_a_site_sort_by_links_in_the_head(client, three):
    titles, sorts, links = listed(client)
    assert titles == ["丙：河涌水质", "甲：河涌水质", "乙：河涌水质"]
    assert sorts == {"标题": "none", "日期": "none", "最后保存": "none", "计划": "none"}

    assert links["标题"] == "?q=%E6%B2%B3%E6%B6%8C%E6%B0%B4%E8%B4%A8&sort=title"
    by_title, sorts, links = listed(client, "&sort=title&page=1")
    assert by_title == ["丙：河涌水质", "乙：河涌水质", "甲：河涌水质"]
    assert sorts["标题"] == "ascending"

    assert links["标题"] == "?q=%E6%B2%B3%E6%B6%8C%E6%B0%B4%E8%B4%A8&sort=-title"
    downwards, sorts, _ = listed(client, "&sort=-title")
    assert downwards == by_title[::-1]
    assert sorts["标题"] == "descending"
    assert listed(client, "&sort=-nonsense")[0] == titles


def test_b37_what_is_planned_stands_in_the_list_until_it_is_past(client, editors, three):
    page, revision = three
    later = datetime(2126, 11, 21, 1, 0, tzinfo=UTC)
    terms = Terms(embargo_until=AT + timedelta(hours=1), withdraw_at=later)
    api.set_terms(actor=editors[SITE], at=AT, site=SITE, page=page, revision=revision, terms=terms)

    shown = client.get(f"{PAGES}?q=乙：河涌水质&sort=planned").content.decode()

    assert "2126年11月21日 09:00撤下" in shown
    assert "解禁" not in shown
    assert "Comes off 21 November 2126, 09:00" in client.get(f"/en{PAGES}?q=乙：河涌水质").content.decode()


def a_picture(name: str) -> SimpleUploadedFile:
    written = io.BytesIO()
    Image.new("RGB", (8, 8), "#0f4c5c").save(written, "PNG")
    return SimpleUploadedFile(name, written.getvalue())


def test_b37_of_several_files_the_good_are_kept_and_each_bad_one_is_named(client):
    files = [a_picture("one.png"), SimpleUploadedFile("two.png", b"hello"), a_picture("three.png")]

    answer = client.post(f"{PAGES}files/", {"file": files})

    assert answer.status_code == 422
    page = html.document_fromstring(answer.content.decode())
    (link,) = page.xpath("//div[@data-error-summary]//li/a")
    words = "two.png：不能接收这个文件：识别为无法识别的文件；可上传：DOCX, JPG, OFD, PDF, PNG, "
    assert (link.text, link.get("href")) == (words + "SVG, XLSX, ZIP ≤ 20 MB。", "#q-file")
    names = SiteFile.objects.filter(site__code=SITE).values_list("stored__name", flat=True)
    assert sorted(names) == ["one.png", "three.png"]


def test_b37_a_script_is_told_file_by_file(client):
    json = {"Accept": "application/json"}

    kept = client.post(f"{PAGES}files/", {"file": a_picture("one.png")}, headers=json).json()
    refused = client.post(
        f"/en{PAGES}files/", {"file": SimpleUploadedFile("x.pdf", b"")}, headers=json
    ).json()

    number = SiteFile.objects.get(site__code=SITE).pk
    assert kept == {"files": [{"name": "one.png", "kept": number, "error": ""}]}
    (told,) = refused["files"]
    assert told["kept"] == 0
    assert told["error"].startswith("This file cannot be taken: it is an empty file; you can upload: ")
