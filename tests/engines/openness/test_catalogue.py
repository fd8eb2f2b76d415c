"""The catalogue: written, published by a second officer, read; lives of files, links, what is owed."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import feedparser
import pytest

from yiwang.identity.testing import an_officer
from yiwang.kernel.errors import InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor, OperationNotAllowed
from yiwang.portal.openness import api
from yiwang.portal.openness.contracts import (
    ActRefused,
    FourEyes,
    ItemContent,
    ItemIsPublic,
    ItemNotFound,
    WrittenMeanwhile,
)
from yiwang.portal.openness.models import FileAct, Item, Link
from yiwang.portal.openness.rules.blocks import blocks_of
from yiwang.portal.openness.rules.life import ActKind, State
from yiwang.portal.openness.rules.links import ItemKind, Need
from yiwang.portal.publishing.rules.proactive import PublicationState
from yiwang.portal.sites.api import load_group, read_sites
from yiwang.portal.sites.testing import load_small_group

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
#: Not yet in force on whatever day the pages of these tests are read.
COMING = date(2099, 12, 1)


def a_content(**over) -> ItemContent:
    said = {
        "kind": ItemKind.POLICY,
        "category": "rules",
        "title": Text("排水规定", ""),
        "made_on": date(2026, 11, 2),
        "from_day": COMING,
        "body": blocks_of("第一条 本规定为测试所写。"),
    }
    return ItemContent(**{**said, **over})


def editors(organisation: str = "environment") -> tuple[Actor, Actor]:
    """Who writes and who publishes."""
    return an_officer(organisation, roles={"editor"}), an_officer(organisation, roles={"publisher"})


def published(writer: Actor, publisher: Actor, **over) -> int:
    item = api.write_item(actor=writer, at=AT, content=a_content(**over))
    api.publish_item(actor=publisher, at=AT, item=item, version=1)
    return item


def test_b19_an_item_is_numbered_written_and_published_by_a_second_officer(catalogue, client):
    writer, publisher = editors()
    item = api.write_item(actor=writer, at=AT, content=a_content(document_number=" 演环〔2026〕1号 "))
    row = Item.objects.get(pk=item)
    assert (row.index_number, row.document_number) == ("GZ20/2026-00001", "演环〔2026〕1号")
    assert client.get(f"/openness/items/{item}/").status_code == 404

    with pytest.raises(OperationNotAllowed):
        api.publish_item(actor=writer, at=AT, item=item, version=1)
    both = an_officer("environment", roles={"editor", "publisher"})
    api.write_item(actor=both, at=AT, item=item, version=1, content=a_content())
    with pytest.raises(FourEyes):
        api.publish_item(actor=both, at=AT, item=item, version=2)
    with pytest.raises(WrittenMeanwhile):
        api.publish_item(actor=publisher, at=AT, item=item, version=1)
    stranger = an_officer("labour", roles={"publisher"})
    with pytest.raises(OperationNotAllowed):
        api.publish_item(actor=stranger, at=AT, item=item, version=2)
    with pytest.raises(ItemNotFound):
        api.item_for_officer(actor=stranger, item=item)
    assert Item.objects.get(pk=item).published_at is None

    api.publish_item(actor=publisher, at=AT, item=item, version=2)
    with pytest.raises(ItemIsPublic):
        api.write_item(actor=writer, at=AT, item=item, version=2, content=a_content())
    page = client.get(f"/openness/items/{item}/").content.decode()
    for said in (
        "GZ20/2026-00001",
        "排水规定",
        "市环保局",
        "第二十条第一项",
        "尚未施行",
        "第一条 本规定为测试所写。",
    ):
        assert said in page
    api.withdraw_item(actor=publisher, at=AT, item=item, reason="文号有误")
    assert client.get(f"/openness/items/{item}/").status_code == 404


def test_b19_nothing_personal_goes_out_and_every_fault_is_told(catalogue):
    writer, publisher = editors()
    body = blocks_of("联系人电话13800138000，身份证号440103198001010018。")
    item = api.write_item(actor=writer, at=AT, content=a_content(body=body))

    with pytest.raises(InvalidInput) as refused:
        api.publish_item(actor=publisher, at=AT, item=item, version=1)
    assert {problem.path for problem in refused.value.problems} == {"body"}
    with pytest.raises(InvalidInput) as refused:
        api.write_item(
            actor=writer,
            at=AT,
            content=a_content(title=Text(" ", ""), category="none", theme="none", from_day=None),
        )
    assert [p.path for p in refused.value.problems] == ["title_zh", "category", "theme", "from_day"]
    assert Item.objects.get(pk=item).published_at is None


def test_b19_the_catalogue_is_filtered_exported_and_fed(catalogue, client):
    page = client.get("/openness/?organisation=environment&year=2024").content.decode()
    assert "共3条" in page
    assert "就业培训补贴" not in page
    assert "共1条" in client.get("/openness/?q=演劳社").content.decode()
    # what waits is not public, whatever is asked for
    assert "共0条" in client.get("/openness/?q=工作要点").content.decode()
    load_small_group(AT)
    assert "共5条" in client.get("/openness/sites/environment/").content.decode()
    assert client.get("/en/openness/?category=rules&page=9").status_code == 200

    sheet = client.get("/openness/catalogue.csv?kind=policy").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(sheet)))
    assert [row[0] for row in rows[1:]] == [
        "GZ15/2025-00003", "GZ20/2024-00011", "GZ20/2021-00007", "GZ03/2020-00002", "GZ20/2019-00004",
    ]  # fmt: skip
    assert rows[2][-1] == "现行有效 / In force"

    feed = feedparser.parse(client.get("/openness/feed/?theme=environment").content)
    assert (feed.bozo, len(feed.entries)) == (False, 5)
    assert feed.entries[0].title == "排水口管理规定问答（演示）"


def test_b19_the_monitor_tells_the_working_days_left(catalogue):
    writer, _ = editors("general_office")
    [waiting] = api.waiting_items(actor=writer, at=AT)

    # made on Monday the 16th: the 20th working day after it is 14 December
    assert waiting.row.index_number == "GZ03/2026-00002"
    assert waiting.publication.last_day == date(2026, 12, 14)
    assert waiting.publication.days_left == 15
    [late] = api.waiting_items(actor=writer, at=datetime(2026, 12, 16, 2, 0, tzinfo=UTC))
    assert (late.publication.state, late.publication.days_left) == (PublicationState.OVERDUE, -2)
    api.write_item(actor=an_officer("labour", roles={"editor"}), at=AT, content=a_content())
    assert len(api.waiting_items(actor=writer, at=AT)) == 1


def test_b20_the_life_of_a_file_stands_on_its_page(catalogue, client):
    first = Item.objects.get(index_number="GZ20/2019-00004")
    page = client.get(f"/openness/items/{first.pk}/").content.decode()

    assert "已被替代" in page
    for sentence in (
        "被《关于修改河涌排水管理办法的决定（演示）》修改",
        "被《示例市排水口管理规定（演示）》替代",
    ):
        assert sentence in page
    newer = Item.objects.get(index_number="GZ20/2024-00011")
    english = client.get(f"/en/openness/items/{newer.pk}/").content.decode()
    assert "Replaces Rules on drainage into creeks (demonstration)" in english
    assert "Article 2 Online monitoring" in english
    expired = Item.objects.get(index_number="GZ03/2020-00002")
    assert "已失效（期满）" in client.get(f"/openness/items/{expired.pk}/").content.decode()


def test_b20_an_act_counts_when_a_second_officer_confirms_it(catalogue):
    writer, publisher = editors()
    both = an_officer("environment", roles={"editor", "publisher"})
    old = published(writer, publisher, from_day=date(2026, 11, 2))
    new = published(writer, publisher, title=Text("新规定", ""), from_day=date(2026, 11, 10))
    number = Item.objects.get(pk=new).index_number
    repeal = {"item": old, "kind": ActKind.REPEAL, "on": date(2026, 11, 20), "by": number}
    act = api.enter_act(actor=both, at=AT, **repeal)

    assert api.public_item(old, at=AT).row.state is State.IN_FORCE
    assert api.public_item(old, at=AT).acts == ()
    with pytest.raises(FourEyes):
        api.confirm_act(actor=both, at=AT, act=act)
    with pytest.raises(OperationNotAllowed):
        api.confirm_act(actor=an_officer("labour", roles={"publisher"}), at=AT, act=act)
    api.confirm_act(actor=publisher, at=AT, act=act)
    assert api.public_item(old, at=AT).row.state is State.REPEALED
    assert api.public_item(new, at=AT).acts[0].done

    before = FileAct.objects.count()
    with pytest.raises(ActRefused, match="nothing can be done"):
        api.enter_act(
            actor=writer, at=AT, item=old, kind=ActKind.AMEND, on=date(2026, 11, 21), by_title="别的文件"
        )
    with pytest.raises(ActRefused, match="circle"):
        api.enter_act(
            actor=writer,
            at=AT,
            item=new,
            kind=ActKind.AMEND,
            on=date(2026, 11, 15),
            by=Item.objects.get(pk=old).index_number,
        )
    with pytest.raises(InvalidInput):
        api.enter_act(actor=writer, at=AT, **{**repeal, "by": "GZ99/2026-00001"})
    assert FileAct.objects.count() == before


def test_b21_links_are_read_from_both_sides_and_what_is_missing_is_reported(catalogue, client):
    newer = Item.objects.get(index_number="GZ20/2024-00011")
    explanation = Item.objects.get(index_number="GZ20/2024-00012")
    writer, _ = editors()
    page = client.get(f"/openness/items/{newer.pk}/").content.decode()
    assert f'href="/openness/items/{explanation.pk}/"' in page
    assert (
        f'href="/openness/items/{newer.pk}/"'
        in client.get(f"/openness/items/{explanation.pk}/").content.decode()
    )

    lacks = {each.row.index_number: each.missing for each in api.lacking_links(actor=writer, at=AT)}
    # the replaced one is not missed
    assert lacks == {"GZ20/2021-00007": tuple(Need), "GZ20/2024-00011": (Need.SERVICE,)}
    api.link_policy(actor=writer, at=AT, item=newer.pk, to="mailbox_question")
    api.link_policy(actor=writer, at=AT, item=newer.pk, to="mailbox_question")
    assert Link.objects.filter(policy=newer, service="mailbox_question").count() == 1
    assert 'href="/services/mailbox_question/"' in client.get(f"/openness/items/{newer.pk}/").content.decode()
    assert f'href="/openness/items/{newer.pk}/"' in client.get("/services/mailbox_question/").content.decode()
    lacks = {each.row.index_number for each in api.lacking_links(actor=writer, at=AT)}
    assert lacks == {"GZ20/2021-00007"}


def test_b19_the_desk_shows_what_is_owed_and_what_can_be_done(catalogue, as_actor):
    writer, publisher = editors()
    browser = as_actor(writer)
    new = {
        "kind": "policy", "category": "rules", "title_zh": "新的规定", "body": "# 一\n正文",
        "made_on-year": "2026", "made_on-month": "11", "made_on-day": "20",
        "from_day-year": "2026", "from_day-month": "12", "from_day-day": "1",
    }  # fmt: skip
    assert browser.post("/desk/openness/items/new/", {**new, "title_zh": ""}).status_code == 422
    made = browser.post("/desk/openness/items/new/", new)
    item = Item.objects.get(title__zh="新的规定")
    assert made.headers["Location"] == f"/desk/openness/items/{item.pk}/"
    for path in ("items/", "waiting/", "links/", f"items/{item.pk}/", f"items/{item.pk}/write/"):
        assert browser.get(f"/desk/openness/{path}").status_code == 200
        assert browser.get(f"/en/desk/openness/{path}").status_code == 200
    browser = as_actor(publisher)
    browser.post(f"/desk/openness/items/{item.pk}/publish/", {"version": "1"})
    assert Item.objects.get(pk=item.pk).published_at is not None


def test_b21_a_policy_and_its_explanation_have_pages_on_the_site(catalogue, client):
    environment = [site for site in read_sites(catalogue) if site.code == "environment"]
    load_group(actor=Actor.system("tests"), at=AT, sites=environment, files=catalogue / "sites" / "files")

    policy = client.get("/sites/environment/information/outfalls/").content.decode()
    assert "现行有效" in policy
    assert "替代《示例市河涌排水管理办法（演示）》" in policy
    explanation = client.get("/sites/environment/information/outfalls-explained/").content.decode()
    item = Item.objects.get(index_number="GZ20/2024-00011")
    assert f'href="/openness/items/{item.pk}/"' in explanation
