"""Versions of a page: who changed what, an old one brought back, and two editors at once."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from yiwang.identity.testing import an_officer, sign_in
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import Content, EditedMeanwhile, SitePageNotFound
from yiwang.portal.sites.models import SitePage
from yiwang.portal.sites.rules.bodies import Part
from yiwang.portal.sites.testing import a_draft

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
SITE = "environment"


def said(*texts: str, title: str = "河涌水质") -> Content:
    body = tuple(Part(kind="paragraph", text=text) for text in texts)
    return Content(title=title, day=date(2026, 11, 20), body=body)


@pytest.fixture
def page(editors) -> dict[str, object]:
    """Two versions by two editors, the first of them published."""
    one, two = editors[SITE], an_officer(SITE, roles={"editor"}, password="x")
    page, first = a_draft(one, AT, SITE, address="versions", content=said("水质良好。", "第二段。"))
    api.publish_page(actor=one, at=AT, site=SITE, page=page, revision=first)
    changed = said("水质<优>良。", "第二段。", "新的一段。", title="河涌水质月报")
    second = api.save_page(actor=two, at=AT, site=SITE, page=page, revision=first, content=changed)
    return {"page": page, "first": first, "second": second, "one": one, "two": two}


def test_b27_any_two_versions_are_compared_word_by_word(client: Client, page):
    sign_in(client, page["two"])
    listed = client.get(reverse("site_desk:versions", args=[SITE, page["page"]])).content.decode()
    assert page["one"].name in listed
    assert page["two"].name in listed
    assert "公众看到的" in listed

    address = reverse("site_desk:compare", args=[SITE, page["page"]])
    words = f"?before={page['first']}&after={page['second']}"
    shown = client.get(address + words).content.decode()

    assert '<ins><span class="govuk-visually-hidden">新增：</span>月报</ins>' in shown
    assert '水质<ins><span class="govuk-visually-hidden">新增：</span>&lt;优&gt;</ins>良<del>' in shown
    assert "（1段没有变化）" in shown
    english = client.get("/en" + address + words).content.decode()
    assert "(1 parts unchanged)" in english
    found = api.compare_versions(page["two"], SITE, page["page"], page["first"], page["second"])
    assert [one.mark.value for one in found.body] == ["changed", "same", "added"]


def test_b27_an_old_version_comes_back_as_a_new_one(client: Client, page, editors):
    sign_in(client, page["two"])
    restore = reverse("site_desk:restore", args=[SITE, page["page"]])

    client.post(restore, {"restored": page["first"], "_revision": page["second"]})

    now = api.get_draft(page["one"], SITE, page["page"])
    assert [part.text for part in now.content.body] == ["水质良好。", "第二段。"]
    assert now.revision > page["second"]
    assert len(api.list_versions(page["one"], SITE, page["page"])[0]) == 4
    with pytest.raises(EditedMeanwhile):
        api.restore_version(
            actor=page["two"],
            at=AT,
            site=SITE,
            page=page["page"],
            revision=page["second"],
            restored=page["first"],
        )
    foreign = SitePage.objects.get(address="tianhe/news/first/").latest_revision_id
    for act in (
        lambda: api.compare_versions(page["one"], SITE, page["page"], page["first"], foreign),
        lambda: api.restore_version(
            actor=page["one"], at=AT, site=SITE, page=page["page"], revision=now.revision, restored=foreign
        ),
    ):
        with pytest.raises(SitePageNotFound):
            act()
    assert api.get_draft(page["one"], SITE, page["page"]).revision == now.revision


def test_b27_the_second_of_two_editors_sees_both_and_loses_nothing(client: Client, page):
    sign_in(client, page["one"])
    edit = reverse("site_desk:edit", args=[SITE, page["page"]])
    mine = {"title": "我的标题", "body.0.kind": "paragraph", "body.0.text": "我写的话。", "act": "save"}

    late = client.post(edit, {**mine, "_revision": page["first"]})

    shown = late.content.decode()
    assert late.status_code == 409
    assert page["two"].name in shown
    assert "月报</del>" in shown
    assert 'value="我的标题"' in shown
    assert "我写的话。</textarea>" in shown
    assert f'name="_revision" value="{page["second"]}"' in shown
    assert api.get_draft(page["one"], SITE, page["page"]).revision == page["second"]
    client.post(edit, {**mine, "_revision": page["second"]})
    assert api.get_draft(page["one"], SITE, page["page"]).content.title == "我的标题"
    assert len(api.list_versions(page["one"], SITE, page["page"])[0]) == 4
