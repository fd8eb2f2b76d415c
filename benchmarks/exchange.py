"""Look-ups from node to node: signed, granted, traced, logged on both sides, over mutual TLS.

Both nodes and their database stand on this machine. The listener is the one that ``node up`` starts; askers
are processes that hold their connection. Both nodes share one database server, so that both commits of a
look-up fall on the same disk, as in ``node up`` on one machine. The floor is what cannot be left out: two
signatures made, two verified, two commits of a row as large as a logged message, by as many clients.

Run: ``./yiwang bench exchange``, with ``--tiny`` for a few rounds.
"""

from __future__ import annotations

import json
import os
import secrets
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

_FOLDER = TemporaryDirectory(prefix="yiwang-bench-")
os.environ |= {"YIWANG_VAR": _FOLDER.name, "YIWANG_NODE": "district-a", "YIWANG_HOST": "127.0.0.1"}

import django  # noqa: E402 - the environment first

django.setup()

import psycopg  # noqa: E402
from benchmarks.clients import Clients, Run  # noqa: E402
from benchmarks.http_server import free_port, granian, serving  # noqa: E402
from benchmarks.processor import backends, seconds_of, servers_of  # noqa: E402
from benchmarks.registers import write_people  # noqa: E402
from benchmarks.scratch import dsn, vacuum  # noqa: E402
from benchmarks.table import table  # noqa: E402
from cryptography import x509  # noqa: E402
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: E402
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.utils import timezone  # noqa: E402

from yiwang.exchange.api import issue_grant  # noqa: E402
from yiwang.exchange.contracts import Purpose  # noqa: E402
from yiwang.exchange.models import NodeIdentity, NodeMessage, TraceLine  # noqa: E402
from yiwang.exchange.nodes import api, files  # noqa: E402
from yiwang.exchange.nodes.testing import a_node  # noqa: E402
from yiwang.identity.testing import an_officer  # noqa: E402
from yiwang.kernel.text import Text  # noqa: E402
from yiwang.platform.contracts import Actor  # noqa: E402
from yiwang.platform.environment import ROOT  # noqa: E402
from yiwang.registers.api import load_file  # noqa: E402
from yiwang.registers.testing import apply_packs  # noqa: E402
from yiwang.trust import api as trust  # noqa: E402
from yiwang.trust.testing import NodeKeys  # noqa: E402

_CLIENTS = 4
_BENCH = Actor.system("bench")
_MESSAGE = 3_000  # bytes of a logged message: two heads, two bodies, hashes


def look_ups(share: Sequence[object]) -> Run:
    """One asker of node A."""
    *keys, place = map(str, share)
    purpose = Purpose(kind="statistics")

    def ask(key: str) -> None:
        found = api.ask_node(
            actor=_BENCH, at=timezone.now(), resource="district-b:person_basic", key=key,
            fields=("id_number", "name"), purpose=purpose, organisation="labour",
        )  # fmt: skip
        assert found.values is not None

    ask(keys[0])

    def run() -> None:
        taken = []
        for key in keys:
            begun = time.perf_counter()
            ask(key)
            taken.append(time.perf_counter() - begun)
        Path(place).write_text(json.dumps(taken))

    return run


def floor(share: Sequence[object]) -> Run:
    """Signatures, checks and commits, and nothing else."""
    (rounds,) = (int(str(each)) for each in share)
    key = Ed25519PrivateKey.generate()
    public, base = key.public_key(), secrets.token_bytes(900)
    opened = psycopg.connect(dsn(), autocommit=True)
    row = secrets.token_bytes(_MESSAGE)

    def run() -> None:
        for _ in range(rounds):
            for _ in range(2):
                public.verify(key.sign(base), base)
                opened.execute("INSERT INTO bench_floor VALUES (%s)", [row])
        opened.close()

    return run


def prepare(port: int) -> list[str]:
    """Two nodes, a register of 2,000 people and the grant; gives the people's numbers."""
    at = timezone.now()
    address = f"https://127.0.0.1:{port}"
    a_node("district-a", members=["labour"], at=at)
    keys = NodeKeys.generate()
    own = a_node("district-b", members=["public_security"], at=at, keys=keys, address=address)
    api.issue_directory(at=at)
    key = keys.tls.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    files.write(files.KEY, key)
    files.write(files.ROOT, "".join(trust.root_certificates(at=at)).encode())
    tls = x509.load_der_x509_certificate(bytes(NodeIdentity.objects.get(pk=own.pk).tls_certificate or b""))
    files.write(files.CHAIN, tls.public_bytes(Encoding.PEM))
    apply_packs(ROOT / "packs", ["population"], at=at)
    people, _ = write_people(Path(_FOLDER.name) / "people", 2_000, dirt=0.0)
    with people.open("rb") as source:
        load_file(
            actor=_BENCH, at=at, register="persons", file=source, source="public_security",
            on_bad_rows="take_good", progress=lambda stage, rows: None,
        )  # fmt: skip
    issue_grant(
        actor=an_officer("public_security", roles=["approver"]), at=at, resource="person_basic",
        grantee="labour", fields=("id_number", "name"), purpose="statistics",
        legal_basis=Text("测量", "For the measurement"), valid_from=at.date(),
        valid_until=at.date() + timedelta(days=400),
    )  # fmt: skip
    vacuum()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_floor (content bytea)")
        cursor.execute("SELECT id_number FROM reg.persons ORDER BY md5(id_number)")
        return [key for (key,) in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Measured:
    """Look-ups a second by all askers, how long each took, and processor ms: asker, other node, database."""

    rate: float
    taken: list[float]
    processor: tuple[float, float, float]


def measure(clients: Clients, keys: Sequence[str], each: int) -> Measured:
    """Have all askers ask at once."""
    places = [Path(_FOLDER.name) / f"taken-{number}" for number in range(_CLIENTS)]
    shares = [
        [*(keys[(number * each + step) % len(keys)] for step in range(each)), str(place)]
        for number, place in enumerate(places)
    ]
    others = servers_of(but=clients.pids), backends()
    before = [seconds_of(pids) for pids in others]
    seconds, asking = clients.run("look_ups", shares)
    parts = asking, *(seconds_of(pids) - spent for pids, spent in zip(others, before, strict=True))
    taken = [value for place in places for value in json.loads(place.read_text())]
    count = _CLIENTS * each
    asker, node, database = (1000 * part / count for part in parts)
    return Measured(count / seconds, taken, (asker, node, database))


def per_second(work: Callable[[], object], rounds: int) -> float:
    work()
    begun = time.perf_counter()
    for _ in range(rounds):
        work()
    return rounds / (time.perf_counter() - begun)


def signature_ms() -> float:
    """Processor ms of one signature made and checked: how fast this machine is just now."""
    key, base = Ed25519PrivateKey.generate(), secrets.token_bytes(900)
    public = key.public_key()
    begun = time.process_time()
    for _ in range(2_000):
        public.verify(key.sign(base), base)
    return (time.process_time() - begun) / 2


def authority(rounds: int) -> list[list[str]]:
    """Certificates with their issuance log, status and list; time stamps; one client."""
    at = timezone.now()
    orders = iter([NodeKeys.generate().order(f"node-{number}") for number in range(rounds + 1)])

    def certify() -> None:
        order = trust.order_certificates(actor=Actor.system("enrolment"), order=next(orders), at=at)
        trust.approve_order(actor=Actor.system("console"), order=order.id, at=at)

    question = trust.make_time_question(bytes(32), nonce=5)
    root = x509.load_pem_x509_certificate(trust.root_certificates(at=at)[-1].encode())
    found = trust.find_node("district-b", at=at)
    assert found is not None
    status = trust.question_about(x509.load_der_x509_certificate(found.sign_certificate), root)
    certificates = 2 * per_second(certify, rounds)
    answers = per_second(lambda: trust.certificate_status(status, at=at), rounds * 4)
    stamps = per_second(lambda: trust.stamp_time(question, at=at), rounds * 4)
    return [
        ["certificates (two an order), entered in the ledger", f"{certificates:,.0f}", ""],
        ["answers about a certificate (OCSP)", f"{answers:,.0f}", ""],
        ["time stamps, each kept", f"{stamps:,.0f}", ""],
    ]


def main() -> None:
    each = 20 if "--tiny" in sys.argv else 300
    clients = Clients(_CLIENTS, {"look_ups": look_ups, "floor": floor})
    words = granian("yiwang.server.node_wsgi:application", workers=1, threads=2)
    words[-1:-1] = ["--ssl-certificate", str(files.tls_folder() / files.CHAIN)]
    words[-1:-1] = ["--ssl-keyfile", str(files.tls_folder() / files.KEY), "--ssl-protocol-min", "tls1.3"]
    words[-1:-1] = ["--ssl-ca", str(files.tls_folder() / files.ROOT), "--ssl-client-verify"]
    port = free_port()
    keys = prepare(port)
    connections.close_all()
    words[words.index("{port}")] = str(port)
    env = {"YIWANG_NODE": "district-b", "YIWANG_NODE_PORT": str(port)}
    with serving(words, log=Path(_FOLDER.name) / "listener.log", env=env, port=port):
        measure(clients, keys, max(each // 10, 5))
        before = NodeMessage.objects.count(), TraceLine.objects.count()
        signature = signature_ms()
        found = measure(clients, keys, each)
        signature = (signature + signature_ms()) / 2
        logged = NodeMessage.objects.count() - before[0], TraceLine.objects.count() - before[1]
    count = _CLIENTS * each + _CLIENTS  # each asker tries one before the start
    assert logged == (2 * count, 2 * count), logged
    seconds, _ = clients.run("floor", [[each] for _ in range(_CLIENTS)])
    bare = _CLIENTS * each / seconds
    clients.stop()
    quantiles = statistics.quantiles(found.taken, n=100)
    table(
        ["act", "per second", "of the floor"],
        [
            ["look-ups from node to node", f"{found.rate:,.0f}", f"{found.rate / bare:.2f}"],
            ["floor: two signatures, two checks, two commits", f"{bare:,.0f}", ""],
            *authority(5 if "--tiny" in sys.argv else 50),
        ],
    )
    print(f"look-up: median {quantiles[49] * 1000:.1f} ms, p99 {quantiles[98] * 1000:.1f} ms")
    asker, node, database = found.processor
    print(f"processor ms of one: asker {asker:.2f}, answering node {node:.2f}, database {database:.2f}")
    times = sum(found.processor) / signature
    print(f"together {times:.0f} signatures made and checked ({signature:.3f} ms before and after)")


if __name__ == "__main__":
    main()
