"""How fast evidence of looks is written out and checked offline, against bare hashing of the same bytes.

Makes trace lines with their leaves in an empty, migrated database, signs the ledger, writes the evidence file
and runs ``verifier/`` on it as an auditor does. The floor reads the unpacked file and hashes it.

Run: ``./yiwang bench verification``
"""

from __future__ import annotations

import gzip
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import django

django.setup()

from benchmarks.progress import told  # noqa: E402 - Django first
from benchmarks.table import table  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from yiwang.exchange.api import evidence_file  # noqa: E402
from yiwang.exchange.contracts import EvidenceAsked  # noqa: E402
from yiwang.exchange.evidence import LEAF_KIND, LEAF_SUBJECT, evidence_of  # noqa: E402
from yiwang.exchange.models import TraceLine  # noqa: E402
from yiwang.platform.environment import ROOT  # noqa: E402
from yiwang.trust import api as trust  # noqa: E402

_AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
_BATCH = 2_000


def main(arguments: list[str]) -> None:
    lines = 20_000 if "--tiny" in arguments else 1_000_000
    made = timed(lambda: make_lines(lines))
    told("Signing the ledger")
    signed = timed(sign)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "evidence.jsonl.gz"
        told("Writing the evidence")
        written = timed(lambda: write(file, lines))
        told("Checking it")
        checked = timed(lambda: check(file))
        floor = timed(lambda: hash_alone(file))
        size = file.stat().st_size / 2**20
    rows = [
        ("seconds to make lines and leaves", f"{made:.1f}"),
        ("seconds to sequence and sign", f"{signed:.1f}"),
        ("seconds to write the evidence", f"{written:.1f}"),
        ("size of the evidence, MiB", f"{size:.0f}"),
        ("seconds to check it (aim 60 for 1,000,000)", f"{checked:.1f}"),
        ("lines checked a second", f"{lines / checked:,.0f}"),
        ("seconds to unpack and hash the same bytes", f"{floor:.1f}"),
        ("ratio of checking to that", f"{checked / floor:.1f}"),
    ]
    table((f"{lines:,} trace lines", "verification"), rows)
    connection.close()


def timed(work: Callable[[], None]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def make_lines(count: int) -> None:
    told(f"Making {count:,} trace lines")
    for start in range(0, count, _BATCH):
        with transaction.atomic():
            for line in TraceLine.objects.bulk_create(
                [a_line(number) for number in range(start, min(start + _BATCH, count))]
            ):
                trust.record(LEAF_KIND, f"{LEAF_SUBJECT}{line.pk}", evidence_of(line), at=line.at)


def a_line(number: int) -> TraceLine:
    return TraceLine(
        at=_AT + timedelta(milliseconds=number),
        organisation="labour",
        account_id=number % 900,
        kind="request",
        subject=f"person:{sha256(str(number % 50_000).encode()).hexdigest()}",
        resource="person_basic",
        fields=["name", "birth_day", "residence_division"],
        purpose="case",
        reference=f"440100-2026-{number:06}",
        grant_id=number % 40,
        size=1,
        correlation=uuid.UUID(int=number),
    )


def sign() -> None:
    while trust.sequence_leaves(at=_AT + timedelta(days=1)):
        pass


def write(file: Path, lines: int) -> None:
    with file.open("wb") as out:
        for part in evidence_file(EvidenceAsked(first=0, size=lines)):
            out.write(part)


def check(file: Path) -> None:
    subprocess.run([sys.executable, "-I", str(ROOT / "verifier"), str(file)], check=True)


def hash_alone(file: Path) -> None:
    with gzip.open(file) as source:
        for line in source:
            sha256(line).digest()


if __name__ == "__main__":
    main(sys.argv[1:])
