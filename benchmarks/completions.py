"""Department completions per second, side by side in the same run: the command, its floor, SpiffWorkflow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from unittest import mock

import psycopg
from benchmarks import scratch, spiff
from benchmarks.city import People
from benchmarks.clients import Clients, Run
from benchmarks.floor import Capture, Family, Replay, Transaction, for_family
from benchmarks.joint_approvals import STEPS, Child, Step, dealt, open_families
from benchmarks.progress import told
from django.db import connection
from psycopg import Cursor

from yiwang.cases.contracts import facts
from yiwang.cases.rows import work
from yiwang.platform import sql
from yiwang.platform.contracts import Fact
from yiwang.platform.outbox import subscribe

Families = list[list[Child]]


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured. A slice is what one engine does in one round: families of twelve completions."""

    clients: tuple[int, ...] = (1, 2, 8)
    rounds: int = 5
    families: int = 12
    documents: int = 6


TINY = Size(clients=(1, 2), rounds=1, families=1, documents=1)
ENGINES = ("command", "unrecorded", "floor", "spiff", "spiff_aside")


@dataclass(slots=True)
class Measured:
    """Completions per second, and processor seconds of the client a completion, by engine and clients."""

    rates: dict[tuple[str, int], list[float]] = field(default_factory=lambda: defaultdict(list))
    cpu: dict[tuple[str, int], list[float]] = field(default_factory=lambda: defaultdict(list))

    def ratios(self, engine: str, other: str, clients: int) -> list[float]:
        """Round by round, so that a slow minute of the machine weighs on both."""
        pairs = zip(self.rates[engine, clients], self.rates[other, clients], strict=True)
        return [ours / theirs for ours, theirs in pairs]


def command_client(share: Sequence[Step]) -> Run:
    """Completions by direct command; the tasks are looked up before the start."""
    tasks = [(step, step.task()) for step in share]

    def run() -> None:
        for step, task_id in tasks:
            step.complete(task_id)

    return run


def unrecorded_client(share: Sequence[Step]) -> Run:
    """The same acts with the same statement, but no leaf of the ledger."""
    run = command_client(share)

    def run_without() -> None:
        with mock.patch.object(work, "record_part", _no_leaf):
            run()

    return run_without


def _no_leaf(*said: object, **more: object) -> sql.Part:
    return sql.Part("ledger_leaf", "SELECT NULL::bigint AS id", {})


def listen() -> None:
    """Let every fact of cases have a consumer, so that each is written to the outbox."""
    for name in (getattr(facts, constant) for constant in dir(facts) if constant.isupper()):
        subscribe(name, "bench", _forget)


def _forget(fact: Fact, *, at: object) -> None:
    """The bench delivers nothing."""


def measure(size: Size, people: People) -> Measured:
    """Open all cases, capture the floor's writes in a copy, then run round by round."""
    slices = _Slices(size)
    opened = _opened(size, slices, people)
    told("Capturing what completions write")
    pattern = Pattern(open_families(people, 1)[0])
    with psycopg.connect(scratch.dsn()) as server:
        server.execute(spiff.TABLE)
    connection.close()  # the clients are forked: each makes its own
    clients = Clients(
        max(size.clients),
        {
            "command": command_client,
            "unrecorded": unrecorded_client,
            "floor": Replay(scratch.dsn()),
            "spiff": spiff.Documents(scratch.dsn(), aside=False),
            "spiff_aside": spiff.Documents(scratch.dsn(), aside=True),
        },
    )
    measured = Measured()
    try:
        for engine, count, round_ in slices.order():
            told(f"{engine}, {count} clients, round {round_ or 'to warm up'}")
            found = opened.get((engine, count, round_), [])
            seconds, cpu, done = _round(clients, size, engine, count, found, pattern)
            if round_:
                measured.rates[engine, count].append(done / seconds)
                measured.cpu[engine, count].append(cpu / done)
    finally:
        clients.stop()
    return measured


def _opened(size: Size, slices: _Slices, people: People) -> dict[tuple[str, int, int], Families]:
    """Cases for every slice. The planner is told of the growing tables, as autovacuum would in time."""
    opened: dict[tuple[str, int, int], Families] = {}
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        for done, each in enumerate(slices.all()):
            told(f"Opening joint approvals, {done * size.families}")
            opened[each] = open_families(people, size.families)
            if done in {0, 3, 10}:
                cursor.execute("ANALYZE")
    scratch.vacuum()
    return opened


@dataclass(frozen=True, slots=True)
class _Slices:
    """Which engine runs when. Round 0 warms up all clients."""

    size: Size

    def order(self) -> list[tuple[str, int, int]]:
        warm = [(engine, max(self.size.clients), 0) for engine in ENGINES]
        return warm + [
            (engine, count, round_)
            for round_ in range(1, self.size.rounds + 1)
            for count in self.size.clients
            for engine in (ENGINES if round_ % 2 else ENGINES[::-1])
        ]

    def all(self) -> list[tuple[str, int, int]]:
        return [each for each in self.order() if each[0] in {"command", "unrecorded", "floor"}]


def _round(
    clients: Clients,
    size: Size,
    engine: str,
    count: int,
    families: Families,
    pattern: Pattern,
) -> tuple[float, float, int]:
    if engine.startswith("spiff"):
        return _spiff_round(clients, size, engine, count)
    seconds = cpu = done = 0
    for node, outcome in STEPS:
        shares: list[list] = [
            [Step(child, node, outcome) for child in share] for share in dealt(families, count)
        ]
        if engine == "floor":
            with psycopg.connect(scratch.dsn()) as server, server.cursor() as cursor:
                shares = [pattern.share(cursor, share) for share in shares]
        took, used = clients.run(engine, shares)
        seconds, cpu, done = seconds + took, cpu + used, done + sum(map(len, shares))
    return seconds, cpu, done


def _spiff_round(clients: Clients, size: Size, engine: str, count: int) -> tuple[float, float, int]:
    documents = list(range(max(size.documents, 2 * count if size.documents > 1 else 1)))
    with psycopg.connect(scratch.dsn()) as server:
        server.execute("TRUNCATE bench_spiff")
        spiff.seed(server, spiff.JOINT, documents, aside=engine == "spiff_aside")
    seconds = cpu = done = 0
    for node, outcome in STEPS:
        waiting = [spiff.Completion(d, node, outcome) for _ in spiff.DEPARTMENTS for d in documents]
        shares = [waiting[client::count] for client in range(count)]
        took, used = clients.run(engine, shares)
        seconds, cpu, done = seconds + took, cpu + used, done + len(waiting)
    return seconds, cpu, done


class Pattern:
    """What the completions of one family write, to be fitted to any other."""

    def __init__(self, family: list[Child]) -> None:
        with scratch.undone() as cursor:
            capture = Capture(cursor)
            capture.begin()
            self._family = Family.of(cursor, family[0].parent)
            for node, outcome in STEPS:
                for child in family:
                    step = Step(child, node, outcome)
                    task_id = step.task()
                    capture.next_act((child.organisation, node), [child.parent, child.id])
                    step.complete(task_id)
            self._transactions = capture.transactions()
        self._families: dict[int, Family] = {}

    def share(self, cursor: Cursor, steps: Sequence[Step]) -> list[Transaction]:
        """The transactions of these steps; a family is looked at before its first one."""
        for parent in {step.child.parent for step in steps} - self._families.keys():
            self._families[parent] = Family.of(cursor, parent)
        return [
            for_family(
                self._transactions[step.child.organisation, step.node],
                self._family,
                self._families[step.child.parent],
            )
            for step in steps
        ]
