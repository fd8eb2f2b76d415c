"""Following by mail: nobody is written to who has not confirmed; one mail a period, once."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from tests.engines.openness.test_catalogue import editors, published

from yiwang.kernel.errors import InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor, OperationNotAllowed
from yiwang.platform.environment import environment
from yiwang.portal.openness import api
from yiwang.portal.openness.alerts import make_due, send_waiting
from yiwang.portal.openness.contracts import FollowNotFound
from yiwang.portal.openness.models import Follow, Item, Mail
from yiwang.portal.openness.rules.following import Followed, Period, next_mail
from yiwang.portal.openness.rules.life import ActKind

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)
VISITORS = Actor.system("visitors")
ADDRESS = "chen@city.example"


def asked(**over) -> str:
    """Somebody asks; gives the token of the mail that comes."""
    said = {"kind": Followed.THEME, "value": "environment", "address": ADDRESS, "period": Period.DAILY}
    api.follow(actor=VISITORS, at=AT, **{**said, **over})
    mail.outbox.clear()
    send_waiting(AT)
    [sent] = mail.outbox
    return re.search(r"/openness/follow/([\w-]+)/", sent.body)[1]


def test_b23_an_address_is_written_to_once_it_is_confirmed(catalogue, client):
    token = asked()
    assert mail.outbox[0].to == [ADDRESS]
    assert mail.outbox[0].subject == "请确认订阅：环境保护"
    row = Follow.objects.get()
    kept = b"".join(bytes(str(value), "utf-8") for value in Follow.objects.values_list().get())
    assert ADDRESS.encode() not in kept + bytes(row.sealed)
    assert token.encode() not in kept

    assert make_due(AT + 2 * DAY) == 0
    # opening the link is not yet saying yes: programs open links in mails
    assert "确认订阅" in client.get(f"/openness/follow/{token}/").content.decode()
    assert Follow.objects.get().confirmed_at is None
    assert client.get("/openness/follow/of-somebody-else/").status_code == 404
    with pytest.raises(FollowNotFound):
        api.confirm_follow(actor=VISITORS, at=AT, token="x")
    with pytest.raises(OperationNotAllowed):
        api.confirm_follow(actor=editors()[0], at=AT, token=token)
    assert "订阅成功" in client.post(f"/openness/follow/{token}/").content.decode()
    assert "已退订" in client.post(f"/openness/follow/{token}/", {"end": "1"}).content.decode()
    assert (Follow.objects.count(), Mail.objects.count()) == (0, 0)


def test_b23_one_mail_a_period_tells_each_thing_once(catalogue):
    token = asked(english=True)
    api.confirm_follow(actor=VISITORS, at=AT, token=token)
    writer, publisher = editors()
    item = published(writer, publisher, theme="environment", title=Text("新规定", "New rules"))
    published(writer, publisher, theme="work")
    Item.objects.filter(pk=item).update(published_at=AT + timedelta(hours=1))
    mail.outbox.clear()

    assert make_due(AT + timedelta(hours=2)) == 0
    tomorrow = AT + DAY
    assert make_due(tomorrow) == 1
    assert make_due(tomorrow) == 0
    assert (send_waiting(tomorrow), send_waiting(tomorrow)) == (1, 0)
    [sent] = mail.outbox
    assert sent.subject == "Environment: 1 new"
    assert "New rules\n" in sent.body
    assert f"/en/openness/items/{item}/" in sent.body
    assert token in sent.body
    # nothing new, no mail; what was sent is not kept
    assert make_due(tomorrow + DAY) == 1
    assert send_waiting(tomorrow + DAY) == 0
    assert bytes(Mail.objects.get(until=tomorrow).sealed) == b""


def test_b23_a_mail_that_the_server_refuses_is_tried_again(catalogue, monkeypatch):
    def refuse(message, *_: object, **__: object) -> int:
        raise ConnectionRefusedError

    api.follow(
        actor=VISITORS, at=AT, kind=Followed.EVERYTHING, value="", address=ADDRESS, period=Period.WEEKLY
    )
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", refuse)
        assert send_waiting(AT) == 0
    assert (Mail.objects.get().attempts, send_waiting(AT)) == (1, 0)
    assert (send_waiting(AT + timedelta(seconds=2)), send_waiting(AT + DAY)) == (1, 0)


def test_b23_nobody_fills_a_box_and_what_is_not_confirmed_is_forgotten(catalogue):
    for value in ("environment", "work", "health", "housing", "traffic"):
        api.follow(
            actor=VISITORS, at=AT, kind=Followed.THEME, value=value, address=ADDRESS, period=Period.DAILY
        )
    assert Follow.objects.count() == 3
    for wrong in ({"address": "no"}, {"address": "a@b.cn\nBcc: c@d.cn"}, {"value": "none"}):
        said = {"value": "work", "address": ADDRESS, **wrong}
        with pytest.raises(InvalidInput):
            api.follow(actor=VISITORS, at=AT, kind=Followed.THEME, period=Period.DAILY, **said)
    make_due(AT + 8 * DAY)
    assert Follow.objects.count() == 0


def test_b23_a_policy_tells_what_happens_to_it(catalogue, client):
    writer, publisher = editors()
    policy = Item.objects.get(index_number="GZ20/2024-00011")
    token = asked(kind=Followed.POLICY, value=policy.index_number, period=Period.WEEKLY)
    api.confirm_follow(actor=VISITORS, at=AT, token=token)
    act = api.enter_act(
        actor=writer, at=AT, item=policy.pk, kind=ActKind.AMEND, on=AT.date(), by_title="另一份文件"
    )
    api.confirm_act(actor=publisher, at=AT + timedelta(hours=1), act=act)
    mail.outbox.clear()

    monday = next_mail(AT, Period.WEEKLY)
    assert (monday.weekday(), monday.hour) == (0, 7)
    make_due(AT + 7 * DAY)
    send_waiting(AT + 7 * DAY)
    assert "修改：2026-11-23起" in mail.outbox[0].body
    page = client.get("/openness/follow/?kind=policy&value=GZ20/2024-00011")
    assert "示例市排水口管理规定" in page.content.decode()
    sent = client.post(
        "/en/openness/follow/", {"kind": "theme", "value": "work", "address": ADDRESS, "period": "daily"}
    )
    assert "Look into your mail" in sent.content.decode()
    assert client.post("/openness/follow/", {"address": "", "period": "daily"}).status_code == 422


def test_b23_a_mail_program_unsubscribes_at_one_press(catalogue, monkeypatch):
    """RFC 8058: without cookies, without a page; what only opens the address changes nothing."""
    monkeypatch.setenv("YIWANG_PUBLIC_URL", "https://www.guangzhou.example")
    environment.cache_clear()
    token = asked()
    headers = mail.outbox[0].extra_headers
    environment.cache_clear()
    way = f"/openness/follow/{token}/end/"
    assert headers["List-Unsubscribe"] == f"<https://www.guangzhou.example{way}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    program = Client(enforce_csrf_checks=True)

    assert program.get(way).headers["Location"] == f"/openness/follow/{token}/"
    assert program.post(way, {"something": "else"}).headers["Location"] == f"/openness/follow/{token}/"
    assert Follow.objects.count() == 1
    for _ in range(2):
        answer = program.post(
            way, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
        )
        assert (answer.status_code, answer.content.decode()) == (200, "已退订，邮箱已删除。")
        assert (Follow.objects.count(), Mail.objects.count()) == (0, 0)


def test_b23_without_https_no_one_press_is_promised(catalogue):
    asked(english=True)
    headers = mail.outbox[0].extra_headers

    assert headers["List-Unsubscribe"].startswith("<http://")
    assert "/en/openness/follow/" in headers["List-Unsubscribe"]
    assert "List-Unsubscribe-Post" not in headers
