"""Seals and ledger entries per second, each against its floor measured in the same run.

The floor of a seal is the bare SHA-256 and ECDSA signature of the same bytes; that of an entry a bare INSERT
of the same row. Needs a migrated database (``YIWANG_DATABASE_URL``) and rolls everything back, keys included.
Run: ``PYTHONPATH=src DJANGO_SETTINGS_MODULE=yiwang.server.settings python -m benchmarks.trust``
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

import django
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import connection, transaction

django.setup()

from yiwang.kernel.text import Text  # noqa: E402 - Django first
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


def entries() -> None:
    floor = per_second(insert_bare, 1000)
    content = {"outcome": "granted", "case": 1}
    row(
        "record an entry",
        per_second(lambda: api.record("bench.entry", "case:1", content, at=NOW), 1000),
        floor,
    )
    begun = time.perf_counter()
    done = api.sequence_leaves(at=NOW)
    row(f"sequence and sign {done} entries", done / (time.perf_counter() - begun), floor)
    leaf = api.record("bench.entry", "case:1", content, at=NOW)
    api.sequence_leaves(at=NOW)
    row("prove an entry", per_second(lambda: api.inclusion_proof(leaf), 200), floor)


def main() -> None:
    print("| act | per second | floor | ratio |")
    print("|---|---|---|---|")
    with transaction.atomic():
        seals()
        entries()
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
