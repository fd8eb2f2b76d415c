"""The database itself notes what changed of the public pages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from tests.engines.sites.conftest import _chinese, editors  # noqa: F401 - fixtures

from yiwang.cases.models import CaseTypeVersion
from yiwang.portal.keeping.contracts import PageChange
from yiwang.portal.keeping.looking import look
from yiwang.portal.keeping.marking import parts_shown
from yiwang.portal.keeping.models import Change
from yiwang.portal.keeping.rules.affected import affected
from yiwang.portal.keeping.rules.parts import parts_of_page, touched
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import Content
from yiwang.portal.sites.models import GroupSite
from yiwang.portal.sites.rules.bodies import Part
from yiwang.portal.sites.testing import a_draft, load_small_group

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def noted() -> list[tuple[str, bool, tuple[str, ...]]]:
    """Address, leaf, flows of what was noted; forgotten afterwards."""

    def rows(statement: str, params: dict[str, int]) -> list[tuple[object, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(statement, params)
            return cursor.fetchall()

    found = [(one.address, one.is_leaf, one.flows) for one in look(rows, 0).changes]
    Change.objects.all().delete()
    return found


def test_a_publication_and_a_withdrawal_are_noted_and_a_draft_is_not(editors):  # noqa: F811
    noted()
    content = Content(title="水质", day=date(2026, 11, 20), body=(Part(kind="paragraph", text="良好。"),))
    actor, site = editors["environment"], "environment"
    page, revision = a_draft(actor, AT, site, address="water", content=content)
    assert noted() == []
    api.publish_page(actor=actor, at=AT, site=site, page=page, revision=revision)
    assert noted() == [("environment/news/water/", True, ("up",))]
    column = api.find_page(site, "news").link.id
    assert api.withdraw_page(actor=actor, at=AT, site=site, page=column, words="改版") == 3
    assert sorted(set(noted())) == [
        ("environment/news/", False, ()),
        ("environment/news/first/", True, ("up",)),
        ("environment/news/water/", True, ("up",)),
    ]


def test_a_site_that_changes_touches_all_and_loading_the_same_again_nothing(editors):  # noqa: F811
    noted()
    load_small_group(AT)
    assert noted() == []
    GroupSite.objects.filter(code="tianhe").update(phone="020-1", checks={})
    assert noted() == [("tianhe/", False, ())]


@pytest.mark.parametrize("path", ["", "news/", "news/first/", "feed/", "sitemap.xml"])
def test_public_pages_say_what_they_show(client: Client, editors, path: str):  # noqa: F811
    shown = parts_shown(client.get(f"/sites/environment/{path}"))
    assert {"site:environment", "all"} <= set(shown)
    assert parts_shown(client.get(f"/sites/environment/none/{path}")) == ()


def test_a_service_that_is_applied_anew_notes_the_pages_that_show_it(editors):  # noqa: F811
    site, actor = "environment", editors["environment"]
    content = Content(title="排污许可", details={"item": "discharge_permit"})
    page, revision = a_draft(actor, AT, site, address="permit", content=content, kind="service")
    api.publish_page(actor=actor, at=AT, site=site, page=page, revision=revision)
    noted()
    row = {"version": 1, "definition": {}, "applied_at": AT}
    CaseTypeVersion.objects.create(code="another", **row)
    assert noted() == []
    CaseTypeVersion.objects.create(code="discharge_permit", **row)
    assert noted() == [("environment/news/permit/", True, ("up",))]


def test_news_drops_the_first_pages_on_which_it_stands_and_no_others(editors):  # noqa: F811
    pages = {
        "municipal/": "main", "environment/": "home", "environment/news/a/": "article",
        "environment/law/": "policy", "environment/topic/": "topic", "tianhe/": "home",
    }  # fmt: skip
    up = PageChange(position=9, address="environment/news/a/", is_leaf=True, flows=("up",))
    assert list(affected(up, pages)) == ["municipal/", "environment/"]
    down = PageChange(position=9, address="municipal/news/a/", is_leaf=True, flows=("down",))
    assert list(affected(down, pages)) == ["municipal/", "environment/", "tianhe/"]
    assert {"flow:up", "flow:down"} & set(parts_of_page("home", "tianhe/")) == {"flow:down"}
    assert {"flow:up", "flow:down"} & set(parts_of_page("home", "municipal/", is_main=True)) == {"flow:up"}
    assert "flow:up" in set(touched(up))
    assert "flow:down" not in set(touched(up))
