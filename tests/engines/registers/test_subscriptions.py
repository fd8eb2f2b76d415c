"""D22: changes told under a grant, field by field, by callback and by pulling, with delivery status."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.utils import timezone
from tests.engines.registers.exchanging import SYSTEM, WHY, Asking, asking, keys, people

from yiwang.exchange.api import person_reference, revoke_grant, trace_of
from yiwang.exchange.callbacks import api as callbacks
from yiwang.exchange.callbacks import sending
from yiwang.exchange.callbacks.contracts import MOST_TRIES
from yiwang.exchange.callbacks.keys import key_of
from yiwang.exchange.models import CallbackTarget, Delivery, GrantDay, Subscription, TraceLine
from yiwang.exchange.subscriptions import api
from yiwang.identity.testing import an_officer as a_real_officer
from yiwang.identity.testing import sign_in
from yiwang.platform import outbox
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.platform.models import OutboxEntry
from yiwang.registers.api import amend_entry, load_file, retire_entry
from yiwang.registers.feed_keeping import trim_feeds
from yiwang.registers.models import FeedMark
from yiwang.registers.testing import a_person, an_officer

AT = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
PATH = "/api/exchange/resources/person_basic/subscriptions"
POLICE = an_officer("public_security", "handler", account=11)


def told() -> None:
    """Hand facts over as the worker does."""
    while outbox.deliver(at=timezone.now() + timedelta(days=1)):
        pass


def subscribed(client, somebody: Asking, **changes):
    body = {"fields": ["name", "residence_division"], "purpose": WHY} | changes
    answer = client.post(PATH, body, content_type="application/json", headers=somebody.headers)
    assert answer.status_code == 201, answer.content
    return answer.json()["subscription"]


def pull(client, somebody: Asking, code: str, after: str = "", limit: int = 100):
    path = f"/api/exchange/subscriptions/{code}/events?after={after}&limit={limit}"
    return client.get(path, headers=somebody.headers)


def amend(written, version: int, **values):
    return amend_entry(
        actor=POLICE, at=timezone.now(), register="persons", entry=written.entry, version=version,
        values=values, kind="correction",
    )  # fmt: skip


@pytest.fixture
def somebody(city, client):
    return asking(client, at=AT)


def test_d22_events_hold_old_and_new_of_granted_fields_only(client, somebody):
    code = subscribed(client, somebody)
    first, second = people(2, at=AT)
    amend(first, 1, name="陈小文", phone="13900139000")
    amend(second, 1, phone="13900139000")
    retire_entry(actor=POLICE, at=timezone.now(), register="persons", entry=second.entry, version=2)
    told()

    page = pull(client, somebody, code).json()

    assert [(e["kind"], e["entry"], e["version"], e["fields"]) for e in page["events"]] == [
        ("entered", first.entry, 1,
         {"name": {"new": "陈大文"}, "residence_division": {"new": "440103001101"}}),
        ("entered", second.entry, 1,
         {"name": {"new": "陈大文2"}, "residence_division": {"new": "440103001101"}}),
        ("changed", first.entry, 2, {"name": {"old": "陈大文", "new": "陈小文"}}),
        ("left", second.entry, 2, {}),
    ]  # fmt: skip
    assert all("key" not in event for event in page["events"])
    assert (page["more"], len({event["id"] for event in page["events"]})) == (False, 4)
    line = TraceLine.objects.get()
    assert (line.kind, line.size, line.pk) == ("events", 4, page["trace"])
    assert [entry.id for entry in trace_of(person_reference(keys(2)[1]))] == [page["trace"]]
    assert sum(GrantDay.objects.values_list("used", flat=True)) == 4


def test_d22_a_cursor_gives_each_event_once_and_again_when_asked_again(client, somebody):
    code = subscribed(client, somebody)
    people(5, at=AT)
    told()
    seen, after = [], ""
    for _ in range(4):
        page = pull(client, somebody, code, after, limit=2).json()
        seen += [event["id"] for event in page["events"]]
        after = page["after"]

    assert (len(seen), len(set(seen)), page["events"], page["trace"]) == (5, 5, [], None)
    assert seen == sorted(seen, key=lambda text: int(text.split(".")[0]))
    again = pull(client, somebody, code, "", limit=2).json()
    assert [event["id"] for event in again["events"]] == seen[:2]
    assert pull(client, somebody, code, "x").status_code == 422


def test_d22_nothing_of_before_the_subscription(client, somebody):
    other = subscribed(client, somebody)
    people(1, at=AT)
    told()
    code = subscribed(client, somebody)

    assert pull(client, somebody, code).json()["events"] == []
    assert len(pull(client, somebody, other).json()["events"]) == 1


def test_d22_a_row_that_moves_out_of_the_granted_rows_has_left(client, city):
    somebody = asking(client, at=AT, row_filter={"residence_division": ["440103"]})
    code = subscribed(client, somebody)
    inside, outside = people(1, at=AT)[0], None
    amend(inside, 1, residence_division="440106", name="王外人")
    outside = amend(inside, 2, name="王在外")
    amend(outside, 3, residence_division="440103")
    told()

    events = pull(client, somebody, code).json()["events"]

    assert [(e["kind"], e["fields"]) for e in events[1:]] == [
        ("left", {}),
        ("entered", {"name": {"new": "王在外"}, "residence_division": {"new": "440103"}}),
    ]


def test_d22_keys_and_districts_of_interest(client, somebody):
    wanted = keys(3)[1]
    by_key = subscribed(client, somebody, keys=[wanted])
    by_place = subscribed(client, somebody, district="440106")
    first, second, third = people(3, at=AT)
    amend(third, 1, residence_division="440106")
    told()

    by_key_page = pull(client, somebody, by_key).json()
    assert [(e["entry"], e["key"]) for e in by_key_page["events"]] == [(second.entry, wanted)]
    assert [(e["entry"], e["kind"]) for e in pull(client, somebody, by_place).json()["events"]] == [
        (third.entry, "entered")
    ]
    assert wanted.encode() not in bytes(Subscription.objects.get(code=by_key).keys)
    assert first.entry


def test_d22_a_load_is_one_mark_whoever_listens(client, somebody, tmp_path):
    codes = [subscribed(client, somebody), subscribed(client, somebody, district="440103")]
    names = ["id_number", "name", "sex", "birth_date", "residence_division"]
    lines = [",".join(str(a_person(nth)[name]) for name in names) for nth in range(1, 301)]
    file = tmp_path / "persons.csv"
    file.write_text("\n".join([",".join(names), *lines]), encoding="utf-8")
    before = OutboxEntry.objects.count()
    load_file(
        actor=an_officer("public_security", "handler", account=11), at=timezone.now(), register="persons",
        file=file, source="public_security",
    )  # fmt: skip
    assert OutboxEntry.objects.count() - before == 1
    told()

    assert FeedMark.objects.count() == 1
    for code in codes:
        seen, after, more = [], "", True
        while more:
            page = pull(client, somebody, code, after, limit=100).json()
            seen += [event["id"] for event in page["events"]]
            after, more = page["after"], page["more"]
        assert (len(seen), len(set(seen))) == (300, 300)


def test_nobody_listens_nothing_is_marked(client, somebody):
    people(2, at=AT)
    told()

    assert FeedMark.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"fields": ["phone"]}, 403), ({"purpose": {"kind": "statistics"}}, 403), ({"fields": []}, 422),
        ({"callback_url": "https://evil.example/x"}, 422), ({"district": "44"}, 422),
    ],
)  # fmt: skip
def test_what_is_not_granted_is_not_told(client, somebody, change, status):
    body = {"fields": ["name"], "purpose": WHY} | change

    said = client.post(PATH, body, content_type="application/json", headers=somebody.headers)

    assert (said.status_code, Subscription.objects.count()) == (status, 0)


def test_a_subscription_is_its_clients_own(client, somebody):
    code = subscribed(client, somebody)
    other = asking(client, at=AT, purpose="supervision")
    path = f"/api/exchange/subscriptions/{code}"

    for method, address in (
        ("get", path), ("get", f"{path}/events"), ("delete", path), ("post", f"{path}/deliveries/1/replay"),
    ):  # fmt: skip
        assert getattr(client, method)(address).status_code == 401
        assert getattr(client, method)(address, headers=other.headers).status_code == 404
    assert Subscription.objects.get().state == "active"
    assert client.get("/api/exchange/subscriptions", headers=other.headers).json() == []


class Receiver(BaseHTTPRequestHandler):
    """A department's system: keeps what it hears, says what it is told to say."""

    heard: list[tuple[dict[str, str], dict]]
    status: int

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).heard.append((dict(self.headers), json.loads(body)))
        self.send_response(type(self).status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def receiver(monkeypatch):
    Receiver.heard, Receiver.status = [], 204
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    networks = sending.networks_of
    monkeypatch.setattr(sending, "networks_of", lambda words: networks("127.0.0.0/8"))
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def hooked(client, somebody, receiver):
    declared = callbacks.declare_callbacks(
        actor=SYSTEM, at=AT, client_id=somebody.issued.client.client_id, origins=[receiver]
    )
    assert len(declared.key) == 43
    return subscribed(client, somebody, callback_url=f"{receiver}/hooks")


def send(at=None):
    at = at or timezone.now() + timedelta(minutes=1)
    return [
        callbacks.send_delivery(pk, at=at)
        for pk in Delivery.objects.order_by("id").values_list("pk", flat=True)
    ]


def test_d22_by_callback_with_status(client, somebody, receiver):
    code = hooked(client, somebody, receiver)
    people(3, at=AT)
    told()

    assert api.make_deliveries(timezone.now()) == 3
    assert api.make_deliveries(timezone.now()) == 0
    assert send() == ["delivered"]
    assert send() == [None]

    ((headers, body),) = Receiver.heard
    assert [event["kind"] for event in body["events"]] == ["entered"] * 3
    assert headers["Signature-Input"].startswith('yiwang=("@method" "@target-uri" "content-digest"')
    assert body["trace"] == TraceLine.objects.get().pk
    shown = client.get(f"/api/exchange/subscriptions/{code}", headers=somebody.headers).json()
    (delivery,) = shown["deliveries"]
    assert (delivery["state"], delivery["attempts"], delivery["events"]) == ("delivered", 1, 3)
    assert shown["told_to"] == shown["feed_to"] == body["after"]


def test_d22_what_is_not_heard_is_tried_again_until_it_is_dead_and_replayed(client, somebody, receiver):
    code = hooked(client, somebody, receiver)
    people(1, at=AT)
    told()
    api.make_deliveries(timezone.now())
    Receiver.status, at = 503, timezone.now()
    for attempt in range(1, MOST_TRIES + 1):
        at += timedelta(hours=2)
        assert send(at) == ["dead" if attempt == MOST_TRIES else "waiting"]
    people_more = people(1, at=AT, id_number=keys(9)[8])
    told()
    assert api.make_deliveries(at) == 1
    Receiver.status = 200
    delivery = Delivery.objects.order_by("id").first()
    path = f"/api/exchange/subscriptions/{code}/deliveries/{delivery.pk}/replay"

    assert client.post(path, headers=somebody.headers).status_code == 204
    assert client.post(path, headers=somebody.headers).status_code == 404
    assert send(at) == ["delivered", "delivered"]

    heard = [(headers["Yiwang-Delivery"], body["events"][0]["id"]) for headers, body in Receiver.heard]
    assert len(set(heard[:-1])) == 1
    assert len(set(heard)) == 2
    assert people_more


def test_d22_a_grant_revoked_ends_delivery_at_once(client, somebody, receiver):
    code = hooked(client, somebody, receiver)
    people(2, at=AT)
    told()
    api.make_deliveries(timezone.now())
    owner = an_officer("public_security", "approver", account=31)
    revoke_grant(actor=owner, at=timezone.now(), grant=somebody.grant.id, because="ended")

    assert send() == ["withdrawn"]

    assert Receiver.heard == []
    shown = client.get(f"/api/exchange/subscriptions/{code}", headers=somebody.headers).json()
    assert (shown["state"], shown["deliveries"][0]["state"]) == ("ended", "withdrawn")
    assert "not in force" in shown["ended_because"]["en"]
    assert pull(client, somebody, code).status_code == 403
    assert api.make_deliveries(timezone.now()) == 0


def test_callbacks_go_to_no_private_address_unless_named(client, somebody, receiver, monkeypatch):
    hooked(client, somebody, receiver)
    people(1, at=AT)
    told()
    api.make_deliveries(timezone.now())
    monkeypatch.setattr(sending, "networks_of", lambda words: ())

    assert send() == ["waiting"]
    assert (Receiver.heard, Delivery.objects.get().last_problem) == ([], "address_not_allowed")


def test_who_declares_callbacks(client, somebody):
    words = {"client_id": somebody.issued.client.client_id, "origins": ["https://sys.example.cn"]}
    for wrong in (an_officer("planning", "approver"), an_officer("construction", "handler")):
        with pytest.raises(OperationNotAllowed):
            callbacks.declare_callbacks(actor=wrong, at=AT, **words)
    approver = an_officer("construction", "approver")
    first = callbacks.declare_callbacks(actor=approver, at=AT, **words)
    second = callbacks.declare_callbacks(actor=approver, at=AT, **words)

    assert first.key != second.key


def test_an_ended_subscription_tells_nothing(client, somebody):
    code = subscribed(client, somebody)
    assert client.delete(f"/api/exchange/subscriptions/{code}", headers=somebody.headers).status_code == 204
    people(1, at=AT)
    told()

    assert FeedMark.objects.count() == 0
    assert pull(client, somebody, code).status_code == 409


@pytest.mark.parametrize(("organisation", "language"), [("construction", ""), ("public_security", "/en")])
def test_d22_subscriber_and_owner_see_how_deliveries_stand(
    client, somebody, receiver, organisation, language
):
    hooked(client, somebody, receiver)
    people(2, at=AT)
    told()
    api.make_deliveries(timezone.now())
    send()
    reader = a_real_officer(organisation, roles=["approver", "handler"], password="x")
    sign_in(client, reader)

    page = client.get(f"{language}/desk/exchange/subscriptions/")

    said = page.content.decode()
    assert page.status_code == 200
    assert ("Delivered" if language else "已送达") in said
    assert ("Changes: 2, tries: 1" if language else "变更2条，尝试1次") in said
    assert "陈大文" not in said


def test_an_approver_declares_origins_on_the_page_and_sees_the_key_once(client, somebody):
    approver = a_real_officer("construction", roles=["approver", "handler"], password="x")
    sign_in(client, approver)
    sent = {"client": somebody.issued.client.client_id, "origins": "https://sys.example.cn"}

    page = client.post("/desk/exchange/subscriptions/", sent)
    target = CallbackTarget.objects.get()

    key = key_of(target.client_id, target.serial).decode()
    assert key in page.content.decode()
    assert key not in client.get("/desk/exchange/subscriptions/").content.decode()
    assert client.post("/desk/exchange/subscriptions/", sent | {"origins": "ftp://x"}).status_code == 422
    assert CallbackTarget.objects.get().serial == 1


def test_d22_marks_are_kept_for_ninety_days_and_nothing_is_left_out_in_silence(client, somebody):
    code = subscribed(client, somebody)
    written = people(3, at=timezone.now())
    told()
    FeedMark.objects.update(known_from=timezone.now() - timedelta(days=91))
    amend(written[0], 1, name="陈小文")
    told()
    marks = list(FeedMark.objects.order_by("id").values_list("pk", flat=True))

    assert (trim_feeds(timezone.now()), trim_feeds(timezone.now())) == (2, 0)

    assert list(FeedMark.objects.order_by("id").values_list("pk", "kind")) == [
        (marks[2], "trimmed"), (marks[3], "amended"),
    ]  # fmt: skip
    begin = f"{marks[2]}.{written[2].entry}"
    for after in ("", f"{marks[0]}.{written[0].entry}"):
        refused = pull(client, somebody, code, after)
        assert (refused.status_code, begin in refused.json()["detail"]["en"]) == (422, True)
    assert TraceLine.objects.count() == 0
    page = pull(client, somebody, code, begin).json()
    assert [(e["entry"], e["version"]) for e in page["events"]] == [(written[0].entry, 2)]
    # to nobody's ears nothing is kept
    Subscription.objects.update(state="ended")
    assert (trim_feeds(timezone.now()), FeedMark.objects.count()) == (2, 0)


def test_d22_marks_wait_for_a_callback_that_was_not_told(client, somebody):
    code = subscribed(client, somebody)
    people(3, at=timezone.now())
    told()
    first = FeedMark.objects.earliest("id")
    FeedMark.objects.update(known_from=timezone.now() - timedelta(days=91))
    Subscription.objects.filter(code=code).update(callback_url="https://a.example", told_mark=first.pk)

    assert (trim_feeds(timezone.now()), FeedMark.objects.count()) == (0, 3)
    assert FeedMark.objects.earliest("id").kind == "entered"
