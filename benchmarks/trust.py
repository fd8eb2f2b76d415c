"""Seals and ledger entries per second, each against its floor measured in the same run.

The floor of a seal is the bare SHA-256 and ECDSA signature of the same bytes; that of an entry a bare INSERT
of the same row, all in one transaction that is rolled back. Before them real commits: the smallest act of
the city with its leaf in the same transaction, beside the same act without, by one, two and eight clients.

Run: ``./yiwang bench trust``, with ``--tiny`` for a few rounds.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import LiteralString

import django
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import connection, transaction

django.setup()

from benchmarks.clients import Clients, Run  # noqa: E402
from benchmarks.table import table  # noqa: E402

from yiwang.kernel.text import Text  # noqa: E402 - Django first
from yiwang.platform import sql  # noqa: E402
from yiwang.platform.command import command, permit, write_at_end  # noqa: E402
from yiwang.platform.contracts import Actor, Scope  # noqa: E402
from yiwang.platform.operations import declare  # noqa: E402
from yiwang.trust import api  # noqa: E402
from yiwang.trust.testing import licence_data  # noqa: E402

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
REASON = Text("核发许可证", "Licence issued")


def per_second(work: Callable[[], object], rounds: int) -> float:
    work()
    begun = time.perf_counter()
    for _ in range(rounds):
        work()
    return rounds / (time.perf_counter() - begun)


def row(name: str, got: float, floor: float) -> None:
    print(f"| {name} | {got:,.0f} | {floor:,.0f} | {got / floor:.3f} |")


def insert_bare() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO trust_ledgerleaf (kind, subject, salt, committed, recorded_at, leaf_hash)"
            " VALUES ('bench.entry', 'case:1', %s, %s, %s, %s) RETURNING id",
            [bytes(16), bytes(32), NOW, bytes(32)],
        )
        cursor.fetchone()


def seals() -> None:
    api.ensure_seal("planning", Text("广州市规划局", "Planning"), at=NOW)
    data = licence_data()
    plain = api.render(api.LICENCE, data).content
    sealed = api.seal_pdf(plain, organisation="planning", subject="case:1", reason=REASON, at=NOW).content
    key = ec.generate_private_key(ec.SECP256R1())
    floor = per_second(lambda: key.sign(plain, ec.ECDSA(hashes.SHA256())), 500)
    render = per_second(lambda: api.render(api.LICENCE, data), 50)
    row("set a licence with Typst", render, floor)
    row(
        "seal a PDF, enter its use",
        per_second(
            lambda: api.seal_pdf(plain, organisation="planning", subject="case:1", reason=REASON, at=NOW), 50
        ),
        floor,
    )
    row(
        "set and seal a licence",
        per_second(
            lambda: api.issue(
                api.LICENCE, data, organisation="planning", subject="case:1", reason=REASON, at=NOW
            ),
            50,
        ),
        floor,
    )
    row("verify a sealed PDF", per_second(lambda: api.verify_pdf(sealed, at=NOW), 50), floor)


def sequence() -> int:
    """Give every waiting leaf its place; how many there were."""
    done = 0
    while taken := api.sequence_leaves(at=NOW):
        done += taken
    return done


def entries() -> None:
    floor = per_second(insert_bare, 1000)
    content = {"outcome": "granted", "case": 1}
    row(
        "record an entry",
        per_second(lambda: api.record("bench.entry", "case:1", content, at=NOW), 1000),
        floor,
    )
    begun = time.perf_counter()
    done = sequence()
    row(f"sequence and sign {done} entries", done / (time.perf_counter() - begun), floor)
    leaf = api.record("bench.entry", "case:1", content, at=NOW)
    sequence()
    row("prove an entry", per_second(lambda: api.inclusion_proof(leaf), 200), floor)


#: An act's row: as long as an opinion with its grounds.
_ACT: LiteralString = "INSERT INTO bench_act (content) VALUES (%(act_content)s) RETURNING id"
_CONTENT = {"outcome": "granted", "opinion": "符合条件" * 60, "case": 1}


def acts(share: Sequence[object]) -> Run:
    """A client that does small acts."""
    return _committing(share, with_leaf=False)


def acts_with_leaves(share: Sequence[object]) -> Run:
    """The same, each with its leaf."""
    return _committing(share, with_leaf=True)


@command(operation="bench.act")
def act(*, actor: Actor, at: datetime, with_leaf: bool) -> None:
    """The least that an act of the city does: a row of its own, and the journal's."""
    permit(Scope(everyone=True), subject="case:1")
    parts = [sql.Part("act", _ACT, {"act_content": sql.json_text(_CONTENT)})]
    if with_leaf:
        parts.append(api.record_part("bench.act", "case:1", _CONTENT, at=at))
    write_at_end(parts)


def _committing(share: Sequence[object], *, with_leaf: bool) -> Run:
    (rounds,) = (int(str(each)) for each in share)
    actor = Actor.system("bench")

    def run() -> None:
        for _ in range(rounds):
            act(actor=actor, at=NOW, with_leaf=with_leaf)

    for _ in range(20):
        act(actor=actor, at=NOW, with_leaf=with_leaf)
    return run


def commits(clients: Clients, rounds: int) -> None:
    """Commits a second with and without a leaf, in turns."""
    rows = []
    for count in (1, 2, 8):
        rates: dict[str, list[float]] = {"acts": [], "acts_with_leaves": []}
        for _ in range(5):
            for engine, found in rates.items():
                seconds, _ = clients.run(engine, [[rounds // count] for _ in range(count)])
                found.append(rounds // count * count / seconds)
        ratios = [leaf / bare for leaf, bare in zip(rates["acts_with_leaves"], rates["acts"], strict=True)]
        bare, leaf = (statistics.median(found) for found in rates.values())
        middle = f"{statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})"
        rows.append((str(count), f"{bare:,.0f}", f"{leaf:,.0f}", middle))
    table(("clients", "commits a second", "with a leaf of the ledger", "ratio (aim 0.9)"), rows)


def main() -> None:
    declare("bench.act", Text("测量", "Measure"), roles=frozenset({"system"}))
    clients = Clients(8, {"acts": acts, "acts_with_leaves": acts_with_leaves})
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_act (id bigint GENERATED ALWAYS AS IDENTITY, content jsonb)")
    connection.close()
    commits(clients, 80 if "--tiny" in sys.argv else 2_400)
    clients.stop()
    print("| act | per second | floor | ratio |")
    print("|---|---|---|---|")
    with transaction.atomic():
        seals()
        entries()
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
