"""Articles that a city brings along: many at once, published, each as if it had been written here."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from wagtail.models import Page

from yiwang.kernel.errors import InvalidInput
from yiwang.platform.contracts import Actor
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import AddressTaken, Content
from yiwang.portal.sites.models import SitePage
from yiwang.portal.sites.rules.bodies import Part

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
BODY = (Part(kind="paragraph", text="正文。"),)


def loaded(*articles: tuple[str, Content]) -> int:
    return api.load_articles(
        actor=Actor.system("tests"), at=AT, site="environment",
        column=api.find_page("environment", "news").link.id,
        articles=[api.NewArticle(address=address, content=content) for address, content in articles],
        progress=lambda number: None,
    )  # fmt: skip


def test_articles_loaded_at_once_are_read_listed_and_edited_like_others(client: Client, editors):
    many = [(f"a{n}", Content(title=f"第{n}篇", day=date(2026, 11, 2), body=BODY)) for n in range(40)]
    assert loaded(*many) == 40
    shown = client.get("/sites/environment/news/a7/").content.decode()
    assert "第7篇" in shown
    assert "第39篇" in client.get("/sites/environment/news/").content.decode()
    assert Page.find_problems() == ([], [], [], [], [])
    page = SitePage.objects.get(address="environment/news/a7/")
    draft = api.get_draft(editors["environment"], "environment", page.pk)
    assert (draft.content.body, draft.live, draft.changed) == (BODY, True, False)


@pytest.mark.parametrize(
    ("address", "content", "refusal"),
    [
        ("first", Content(title="占用", day=date(2026, 11, 2), body=BODY), AddressTaken),
        ("new", Content(title="没有日期", body=BODY), InvalidInput),
        ("new", Content(title="", day=date(2026, 11, 2), body=BODY), InvalidInput),
    ],
)
def test_one_faulty_article_keeps_all_out(editors, address: str, content: Content, refusal):
    before = SitePage.objects.count()
    good = ("good", Content(title="好", day=date(2026, 11, 2), body=BODY))
    with pytest.raises(refusal):
        loaded(good, (address, content))
    assert SitePage.objects.count() == before
