"""Kill -9 of the worker in the middle of deliveries: no change is lost, none is told as two (D22).

A department's system listens while people are written; the process that delivers dies again and again, each
time just after the receiver has heard something. Then everything is counted by the ids of events.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import connection
from django.utils import timezone
from tests.engines.registers.exchanging import SYSTEM, a_grant, people

from yiwang.exchange.api import issue_client
from yiwang.exchange.callbacks.api import declare_callbacks
from yiwang.exchange.contracts import Purpose
from yiwang.exchange.models import Delivery, GrantDay, Subscription, TraceLine
from yiwang.exchange.queries.clients import ROLES
from yiwang.exchange.subscriptions.api import subscribe_changes
from yiwang.kernel.text import Text
from yiwang.packs.models import AppliedDefinition
from yiwang.platform import command as command_module
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import ROOT, environment
from yiwang.platform.models import OutboxEntry
from yiwang.registers.commands.amend_entry import amend_entry
from yiwang.registers.models import FeedMark
from yiwang.registers.testing import DefaultRolesGuard, an_officer, apply_packs, drop_tables

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
APPLIED = datetime(2026, 1, 4, 1, 0, tzinfo=UTC)
PEOPLE, KILLS = 25, 6
WORKER = """
import time
import django
django.setup()
from django.utils import timezone
from yiwang.exchange.callbacks.delivering import send_delivery
from yiwang.exchange.models import Delivery
from yiwang.exchange.subscriptions.delivering import make_deliveries
from yiwang.platform import outbox
from yiwang.platform.command import install_guard
from yiwang.registers.testing import DefaultRolesGuard
install_guard(DefaultRolesGuard())
while True:
    outbox.deliver(at=timezone.now(), most=7)
    make_deliveries(timezone.now())
    for each in Delivery.objects.filter(state="waiting", try_at__lte=timezone.now()):
        send_delivery(each.pk, at=timezone.now())
    time.sleep(0.01)
"""


class Receiver(BaseHTTPRequestHandler):
    """Hears, takes its time, and sometimes says no after it has heard."""

    heard: list[tuple[str, list[str]]]
    chance: random.Random

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        time.sleep(self.chance.uniform(0, 0.03))
        self.heard.append((self.headers["Yiwang-Delivery"], [event["id"] for event in body["events"]]))
        try:
            self.send_response(503 if self.chance.random() < 0.1 else 204)
            self.end_headers()
        except OSError:
            pass  # the caller was killed meanwhile

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def workers() -> Iterator[list[subprocess.Popen[bytes]]]:
    """Those that were started; none outlives the test."""
    started: list[subprocess.Popen[bytes]] = []
    yield started
    for each in started:
        each.kill()
        each.wait()


@pytest.fixture
def receiver() -> Iterator[str]:
    Receiver.heard, Receiver.chance = [], random.Random(20_261_122)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def grant(monkeypatch, receiver) -> Iterator[int]:
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])
    apply_packs(ROOT / "packs", ["population"], at=APPLIED)
    given = a_grant(at=APPLIED)
    issued = issue_client(actor=SYSTEM, at=APPLIED, organisation="construction", title=Text("系统", "System"))
    declare_callbacks(actor=SYSTEM, at=APPLIED, client_id=issued.client.client_id, origins=[receiver])
    subscribe_changes(
        actor=Actor(
            kind="system", name=f"client:{issued.client.client_id}", organisation="construction", roles=ROLES
        ),
        at=timezone.now(), resource="person_basic", fields=("name",), callback_url=f"{receiver}/hooks",
        purpose=Purpose(kind="enforcement", reference="K-1"),
    )  # fmt: skip
    yield given.id
    drop_tables()
    AppliedDefinition.objects.all().delete()


def _worker() -> subprocess.Popen[bytes]:
    where = connection.settings_dict
    url = f"postgresql://{where['USER']}@/{where['NAME']}?host={where['HOST']}&port={where['PORT']}"
    words = {
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "yiwang.server.settings",
        "YIWANG_DATABASE_URL": url,
        "YIWANG_VAR": str(environment().var),
        "YIWANG_CALLBACK_NETWORKS": "127.0.0.0/8",
    }
    return subprocess.Popen(
        [sys.executable, "-P", "-c", WORKER], env=os.environ | words, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _standing() -> object:
    """What a failure is told with."""
    return (
        len(Receiver.heard),
        list(Subscription.objects.values_list("state", "ended_because", "told_mark")),
        list(Delivery.objects.values_list("state", "attempts", "last_status", "last_problem")),
        list(OutboxEntry.objects.values_list("name", "attempts", "last_problem")[:3]),
        FeedMark.objects.count(),
    )


def _until(holds, seconds: float = 300) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, _standing()
        time.sleep(0.02)


def test_d22_a_worker_killed_in_mid_delivery_loses_nothing_and_tells_nothing_as_two(grant, workers):
    chance, police = random.Random(7), an_officer("public_security", "handler", account=11)
    written = people(PEOPLE, at=timezone.now())
    version = 1
    workers.append(_worker())
    for _ in range(KILLS):
        before = len(Receiver.heard)
        version += 1
        for each in written:
            amend_entry(
                actor=police, at=timezone.now(), register="persons", entry=each.entry, version=version - 1,
                values={"name": f"陈{version}文"}, kind="correction",
            )  # fmt: skip
        _until(lambda before=before: len(Receiver.heard) > before)
        time.sleep(chance.uniform(0, 0.05))
        workers[-1].send_signal(signal.SIGKILL)
        workers[-1].wait()
        workers.append(_worker())
    expected = PEOPLE * version
    _until(lambda: len({event for _, events in Receiver.heard for event in events}) == expected)
    _until(lambda: not Delivery.objects.exclude(state="delivered").exists())
    workers[-1].kill()

    told = dict(Receiver.heard)
    assert all(told[delivery] == events for delivery, events in Receiver.heard), "a delivery changed"
    ids = [event for events in told.values() for event in events]
    assert (len(ids), len(set(ids))) == (expected, expected)
    assert ids == sorted(ids, key=lambda text: int(text.partition(".")[0]))
    assert Delivery.objects.count() == len(told) == TraceLine.objects.count()
    assert sum(GrantDay.objects.filter(grant_id=grant).values_list("used", flat=True)) == expected
    assert sum(Delivery.objects.values_list("events", flat=True)) == expected
