"""D33: the pages of harvest sources, for the administrator of the city."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from yiwang.exchange.models import HarvestRun, HarvestSource
from yiwang.identity.testing import an_officer

PAGE = "/desk/exchange/harvests/"
SENT = {
    "key": "shenzhen", "title_zh": "深圳数据目录", "title_en": "Shenzhen catalogue", "protocol": "ckan",
    "url": "https://opendata.sz.example", "every_hours": "12",
}  # fmt: skip


@pytest.fixture
def admin(db, as_actor):
    return as_actor(an_officer("informatization", roles=["city_admin"]))


def test_d33_a_source_is_added_shows_its_run_and_is_stopped(admin):
    added = admin.post(PAGE, SENT, follow=True)
    source = HarvestSource.objects.get()
    assert "已添加" in added.content.decode()
    assert (source.key, source.protocol, source.every_hours) == ("shenzhen", "ckan", 12)

    HarvestRun.objects.create(
        source=source, at=datetime(2026, 3, 2, tzinfo=UTC), seen=7, added=5, changed=1,
        left_out=[{"identifier": "x-1", "reason": {"zh": "重复", "en": "twice"}}],
    )  # fmt: skip
    page = admin.get("/en" + PAGE).content.decode()
    assert "Read 7, new 5, changed 1, gone 0" in page
    assert "x-1: twice" in page

    admin.post(f"{PAGE}shenzhen/stop/")
    source.refresh_from_db()
    assert source.stopped_at is not None
    assert "已停止" in admin.get(PAGE).content.decode()


def test_d33_a_source_that_cannot_be_read_is_refused_with_its_reason(admin):
    answer = admin.post(PAGE, SENT | {"url": "file:///etc/passwd"})

    assert answer.status_code == 422
    assert "深圳数据目录" in answer.content.decode()
    assert not HarvestSource.objects.exists()
    assert admin.post(PAGE, SENT | {"every_hours": "0"}).status_code == 422
    assert not HarvestSource.objects.exists()


def test_d33_another_role_neither_sees_nor_adds_nor_stops(admin, as_actor):
    admin.post(PAGE, SENT)
    handler = as_actor(an_officer("informatization"))

    assert handler.get(PAGE).status_code == 403
    assert handler.post(PAGE, SENT | {"key": "other"}).status_code == 403
    assert handler.post(f"{PAGE}shenzhen/stop/").status_code == 403
    assert HarvestSource.objects.get().stopped_at is None
