"""The database itself notes what changed of the public pages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from tests.engines.sites.conftest import _chinese, editors  # noqa: F401 - fixtures

from yiwang.portal.keeping.looking import look
from yiwang.portal.keeping.marking import parts_shown
from yiwang.portal.keeping.models import Change
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import Content
from yiwang.portal.sites.models import GroupSite
from yiwang.portal.sites.rules.bodies import Part
from yiwang.portal.sites.testing import a_draft, load_small_group

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def noted() -> list[tuple[str, bool, bool]]:
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
    assert noted() == [("environment/news/water/", True, True)]
    column = api.find_page(site, "news").link.id
    assert api.withdraw_page(actor=actor, at=AT, site=site, page=column, words="改版") == 3
    assert sorted(set(noted())) == [
        ("environment/news/", False, False),
        ("environment/news/first/", True, True),
        ("environment/news/water/", True, True),
    ]


def test_a_site_that_changes_touches_all_and_loading_the_same_again_nothing(editors):  # noqa: F811
    noted()
    load_small_group(AT)
    assert noted() == []
    GroupSite.objects.filter(code="tianhe").update(phone="020-1")
    assert noted() == [("", False, False)]


@pytest.mark.parametrize("path", ["", "news/", "news/first/", "feed/", "sitemap.xml"])
def test_public_pages_say_what_they_show(client: Client, editors, path: str):  # noqa: F811
    shown = parts_shown(client.get(f"/sites/environment/{path}"))
    assert {"site:environment", "all"} <= set(shown)
    assert parts_shown(client.get(f"/sites/environment/none/{path}")) == ()
