"""The link between two nodes is cut in the middle of a batch and of a subscription, and either side killed.

District A (its own network namespace) asks district B for a batch and hears changes from it; packets are
lost, processes die by kill -9. Then everything is counted: nothing lost, nothing looked at or told twice.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.db import connection
from django.utils import timezone
from tests.engines.registers.exchanging import SYSTEM, a_grant, keys, people
from tests.faults.test_told_once import WORKER
from tests.faults.wires import ASKER, PROVIDER, Link, link, listens

from yiwang.exchange.api import issue_client
from yiwang.exchange.callbacks.api import declare_callbacks
from yiwang.exchange.contracts import Purpose
from yiwang.exchange.models import Delivery, GrantDay, NodeAsk, NodeIdentity, NodeMessage, TraceLine
from yiwang.exchange.nodes.api import issue_directory, queue_questions
from yiwang.exchange.nodes.queries.standing import forget_cached
from yiwang.exchange.nodes.testing import a_node
from yiwang.exchange.queries.clients import ROLES
from yiwang.exchange.subscriptions.api import subscribe_changes
from yiwang.kernel.text import Text
from yiwang.packs.models import AppliedDefinition
from yiwang.platform import command as command_module
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import ROOT, environment
from yiwang.registers.commands.amend_entry import amend_entry
from yiwang.registers.testing import DefaultRolesGuard, an_officer, apply_packs, drop_tables
from yiwang.trust.models import LedgerLeaf
from yiwang.trust.testing import NodeKeys

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
APPLIED = datetime(2026, 1, 4, 1, 0, tzinfo=UTC)
PORT, HOOKS = 8443, 8081
#: So many questions that a busy machine cuts the link before the last is answered.
EACH, PEOPLE = 160, 6
#: Who is killed while the link is cut; whoever is not has to live with the cut alone.
ROUNDS = (("asker", "teller"), ("listener",))
WHY = Purpose(kind="enforcement", reference="K-1")
ASKING = """
import time
import django
django.setup()
from django.utils import timezone
from yiwang.exchange.nodes.api import ask_queued
while True:
    ask_queued(at=timezone.now())
    time.sleep(0.05)
"""
HEARING = """
import json, sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        heard = [self.headers["Yiwang-Delivery"], [event["id"] for event in body["events"]]]
        print(json.dumps(heard), flush=True)
        self.send_response(204)
        self.end_headers()
    def log_message(self, *_):
        pass
ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Receiver).serve_forever()
"""


class Sides:
    """The programs of both sides; each may be killed and begun anew."""

    def __init__(self, wire: Link, folder: Path) -> None:
        self.wire, self.folder = wire, folder
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, *names: str) -> None:
        python = [sys.executable, "-P"]
        programs = {
            "asker": (self.wire.asker, [*python, "-c", ASKING], "district-a"),
            "hearer": (self.wire.asker, [*python, "-c", HEARING, ASKER, str(HOOKS)], "district-a"),
            "listener": (self.wire.provider, [*python, "-m", "yiwang.cli", "listener"], "district-b"),
            "teller": (self.wire.provider, [*python, "-c", WORKER], "district-b"),
        }
        for name in names:
            side, words, node = programs[name]
            self.running[name] = self.wire.start(
                side, words, _environment(self.folder / node, node), self.folder / name
            )

    def kill(self, *names: str) -> None:
        for name in names:
            process = self.running.pop(name)
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def heard(self) -> list[tuple[str, list[str]]]:
        """Deliveries with their events; a line that is cut off was not acknowledged."""
        lines = (self.folder / "hearer").read_text().split("\n")[:-1]
        return [(code, events) for code, events in map(json.loads, lines)]


def _environment(var: Path, node: str) -> dict[str, str]:
    where = connection.settings_dict
    return {
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "yiwang.server.settings",
        "YIWANG_DATABASE_URL": f"postgresql://{where['USER']}@/{where['NAME']}?host={where['HOST']}&port={where['PORT']}",
        "YIWANG_VAR": str(var),
        "YIWANG_NODE": node,
        "YIWANG_HOST": PROVIDER,
        "YIWANG_NODE_PORT": str(PORT),
        "YIWANG_CALLBACK_NETWORKS": f"{ASKER}/32",
    }


def _enrol(node: str, member: str, folder: Path, address: str = "") -> None:
    """The node, and a folder of its own with its TLS files beside what both share in this database."""
    made = NodeKeys.generate()
    row: NodeIdentity = a_node(node, members=[member], at=timezone.now(), keys=made, address=address)
    place = folder / node
    (place / "node").mkdir(parents=True)
    for each in environment().var.iterdir():
        if each.name != "node":
            (place / each.name).symlink_to(each)
    for name, der in (("root", row.root), ("certificate", row.tls_certificate)):
        pem = x509.load_der_x509_certificate(bytes(der or b"")).public_bytes(Encoding.PEM)
        (place / "node" / f"{name}.pem").write_bytes(pem)
    key = made.tls.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (place / "node" / "key.pem").write_bytes(key)


@pytest.fixture
def sides(monkeypatch, tmp_path) -> Iterator[Sides]:
    if not str(connection.settings_dict["HOST"]).startswith("/"):
        pytest.skip("the database has no socket, and a namespace reaches no other server")
    with link() as wire:
        monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])
        apply_packs(ROOT / "packs", ["population"], at=APPLIED)
        a_grant(at=APPLIED)
        forget_cached()
        _enrol("district-a", "construction", tmp_path)
        _enrol("district-b", "public_security", tmp_path, f"https://{PROVIDER}:{PORT}")
        issue_directory(at=timezone.now())
        issued = issue_client(
            actor=SYSTEM, at=APPLIED, organisation="construction", title=Text("系统", "System")
        )
        name = issued.client.client_id
        hooks = f"http://{ASKER}:{HOOKS}"
        declare_callbacks(actor=SYSTEM, at=APPLIED, client_id=name, origins=[hooks])
        subscribe_changes(
            actor=Actor(kind="system", name=f"client:{name}", organisation="construction", roles=ROLES),
            at=timezone.now(), resource="person_basic", fields=("name",), purpose=WHY,
            callback_url=f"{hooks}/x",
        )  # fmt: skip
        found = Sides(wire, tmp_path)
        yield found
        found.kill(*found.running)
    drop_tables()
    AppliedDefinition.objects.all().delete()
    forget_cached()


def _until(holds: Callable[[], bool], sides: Sides, seconds: float = 300) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            said = {path.name: path.read_text()[-1500:] for path in sides.folder.iterdir() if path.is_file()}
            raise AssertionError((_counts(), said))
        time.sleep(0.02)


def _counts() -> dict[str, int]:
    first = NodeMessage.objects.filter(repeats=None, status=200)
    return {
        "done": NodeAsk.objects.filter(state="done").count(),
        "asked": first.filter(direction="out").count(),
        "answered": first.filter(direction="in").count(),
        "traced": TraceLine.objects.filter(system="node:district-a").count(),
        "waiting": Delivery.objects.exclude(state="delivered").count(),
    }


def test_d16_d22_d28_a_link_cut_and_sides_killed_in_mid_batch_lose_nothing_and_repeat_nothing(sides):
    police = an_officer("public_security", "handler", account=11)
    written = people(PEOPLE, at=timezone.now())
    sides.start("hearer", "teller", "listener", "asker")
    _until(lambda: listens(sides.running["listener"], PORT), sides)
    for nth, victims in enumerate(ROUNDS, start=1):
        told = len(sides.heard())
        queue_questions(
            actor=Actor.system("batch"), at=timezone.now(), resource="district-b:person_basic",
            keys=keys(1) * EACH, fields=("name",), purpose=WHY, organisation="construction",
            node="district-a",
        )  # fmt: skip
        for each in written:
            amend_entry(
                actor=police, at=timezone.now(), register="persons", entry=each.entry, version=nth,
                values={"name": f"陈{nth}文"}, kind="correction",
            )  # fmt: skip
        _until(lambda nth=nth: NodeMessage.objects.filter(direction="in").count() > (nth - 1) * EACH, sides)
        sides.wire.cut()
        # In the middle: something was answered, not everything.
        assert (nth - 1) * EACH < NodeMessage.objects.filter(direction="out").count() + 1 <= nth * EACH
        sides.kill(*victims)
        sides.start(*victims)
        time.sleep(1.0)
        sides.wire.mend()
        _until(lambda nth=nth: NodeAsk.objects.filter(state="done").count() == nth * EACH, sides)
        _until(lambda told=told: len(sides.heard()) > told, sides)
    expected = PEOPLE * (1 + len(ROUNDS))
    _until(lambda: len({event for _, events in sides.heard() for event in events}) == expected, sides)
    _until(lambda: not Delivery.objects.exclude(state="delivered").exists(), sides)

    asked = len(ROUNDS) * EACH
    assert _counts() == {"done": asked, "asked": asked, "answered": asked, "traced": asked, "waiting": 0}
    assert not NodeMessage.objects.exclude(status=200).exists()
    assert LedgerLeaf.objects.filter(kind="exchange.message").count() == NodeMessage.objects.count()
    told = dict(sides.heard())
    assert all(told[delivery] == events for delivery, events in sides.heard()), "a delivery changed"
    ids = [event for events in told.values() for event in events]
    assert (len(ids), len(set(ids))) == (expected, expected)
    assert sum(GrantDay.objects.values_list("used", flat=True)) == asked + expected
