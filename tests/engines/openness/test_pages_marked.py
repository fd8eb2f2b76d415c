"""What a policy's page shows of other files changes without a publication, and the page is made anew."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import connection
from tests.engines.openness.test_catalogue import editors

from yiwang.platform.contracts import Actor
from yiwang.portal.keeping.copying import Copier
from yiwang.portal.keeping.looking import Watch
from yiwang.portal.keeping.marking import parts_shown
from yiwang.portal.openness import api
from yiwang.portal.openness.models import Item, Link
from yiwang.portal.openness.new_days import NewDays
from yiwang.portal.openness.rules.life import ActKind
from yiwang.portal.sites.api import load_group, read_sites

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PLACE = "/sites/environment/information/"
POLICY, EXPLANATION = (f"page:environment/information/{name}/" for name in ("outfalls", "outfalls-explained"))


def rows(statement, params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


def touched_now() -> list[str]:
    """Pages that a process has to make anew; what was noted is forgotten."""
    watch = Watch()
    watch.look(rows)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM keeping_change")
    return sorted(part for part in watch._touched if part.startswith("page:"))


def test_b21_a_badge_on_a_kept_page_follows_acts_links_and_days(catalogue, client):
    environment = [site for site in read_sites(catalogue) if site.code == "environment"]
    load_group(actor=Actor.system("tests"), at=AT, sites=environment, files=catalogue / "sites" / "files")
    touched_now()
    policy = Item.objects.get(index_number="GZ20/2024-00011")
    both = sorted([POLICY, EXPLANATION])
    shown = client.get(f"{PLACE}outfalls/")
    assert "under:environment/" not in parts_shown(shown)
    assert "现行有效" in shown.content.decode()

    writer, publisher = editors()
    act = api.enter_act(
        actor=writer, at=AT, item=policy.pk, kind=ActKind.REPEAL, on=AT.date(), by_title="另一份文件"
    )
    assert touched_now() == []
    api.confirm_act(actor=publisher, at=AT, act=act)
    assert touched_now() == both

    Link.objects.filter(policy=policy, service="").first().delete()
    assert POLICY in touched_now()
    policy.title = policy.title | {"zh": "新名称"}
    policy.save()
    assert POLICY in touched_now()

    days = NewDays()
    assert days.note_pages(AT + timedelta(days=1)) > 0
    assert POLICY in touched_now()
    assert days.note_pages(AT + timedelta(days=1)) == 0
    assert days.note_pages(AT + timedelta(days=2)) == 0
    Item.objects.filter(pk=policy.pk).update(until=(AT + timedelta(days=2)).date())
    touched_now()
    assert days.note_pages(AT + timedelta(days=3)) > 0


def test_b38_the_copy_of_a_repealed_policy_says_so(catalogue, own_folder, one_connection):
    environment = [site for site in read_sites(catalogue) if site.code == "environment"]
    load_group(actor=Actor.system("tests"), at=AT, sites=environment, files=catalogue / "sites" / "files")
    copier = Copier()
    copier.copy_changes(AT)
    touched_now()
    while copier.waiting:
        copier.copy_changes(AT)
    file = own_folder / "copy/pages/_/sites/environment/information/outfalls/index.html"
    traditional = own_folder / "copy/pages/_/hant/sites/environment/information/outfalls/index.html"
    assert "已废止" not in file.read_text()
    before = file.parent.with_name("outfalls-explained").joinpath("index.html").stat().st_ino

    writer, publisher = editors()
    policy = Item.objects.get(index_number="GZ20/2024-00011")
    day = datetime.now(UTC).date() - timedelta(days=1)
    act = api.enter_act(
        actor=writer, at=AT, item=policy.pk, kind=ActKind.REPEAL, on=day, by_title="另一份文件"
    )
    api.confirm_act(actor=publisher, at=AT, act=act)
    for _ in range(5):
        copier.copy_changes(AT)
    assert "已废止" in file.read_text()
    assert "已廢止" in traditional.read_text()
    assert file.parent.with_name("outfalls-explained").joinpath("index.html").stat().st_ino != before
