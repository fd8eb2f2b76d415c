"""What a site publishes is found by the one search at the worker's next steps; what it withdraws is not."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from yiwang.platform.outbox import deliver
from yiwang.portal.search.api import PUBLIC, Narrowed, find, suggest
from yiwang.portal.search.indexing import index_changes
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import Content
from yiwang.portal.sites.rules.bodies import Part
from yiwang.portal.sites.testing import a_draft, load_small_group

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
EVERYBODY = frozenset({PUBLIC})


def step() -> int:
    """One round of the worker's loops."""
    deliver(at=AT)
    return index_changes(AT)


def found(query: str, **narrowed) -> list[str]:
    rows = find(query, readers=EVERYBODY, today=AT.date(), narrowed=Narrowed(**narrowed)).rows
    return [row.address for row in rows]


def test_b27_a_page_is_found_at_the_next_step_and_gone_at_the_next_once_withdrawn(editors):
    index_changes(AT)
    assert found("第一条", kind="page") == [f"/sites/{site}/news/first/" for site in editors]
    said = Content(
        title="碧波行动启动", day=date(2026, 11, 20), body=(Part(kind="paragraph", text="珠江前航道清淤。"),)
    )
    environment = editors["environment"]
    page, revision = a_draft(environment, AT, "environment", address="clean", content=said)
    assert (step(), found("清淤"), suggest("bibo", readers=EVERYBODY)) == (0, [], ())

    api.publish_page(actor=environment, at=AT, site="environment", page=page, revision=revision)
    assert step() == 1
    address = "/sites/environment/news/clean/"
    assert found("前航道清淤") == found("碧波行動") == found("bibo xingdong") == [address]
    assert found("清淤", organisation="environment", days=30) == [address]
    assert found("清淤", organisation="d440106") == found("清淤", kind="service") == []

    api.withdraw_page(actor=environment, at=AT, site="environment", page=page, words="数据有误")
    assert step() == 1
    assert (found("清淤"), suggest("bibo", readers=EVERYBODY)) == ([], ())


def test_a_load_of_the_group_has_all_pages_read_again(editors):
    index_changes(AT)
    load_small_group(AT)

    assert step() == 0
    assert found("第一条", kind="page") == [f"/sites/{site}/news/first/" for site in editors]
