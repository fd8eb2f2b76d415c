"""The three kinds of files that the ledger gives out, told apart by their first object."""

from __future__ import annotations

import gzip
import io
import json
from base64 import b64decode
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from .consistency import check_consistency
from .findings import Findings, Unreadable
from .heads import read_head
from .single_lines import check_proofs
from .whole_ledger import check_evidence

LONGEST_LINE = 1 << 20


def check(path: Path, key: bytes | None, held: Sequence[str]) -> tuple[Findings, bytes]:
    """Check a file of the ledger's; the key that it names is used when none is given."""
    with opened(path) as file:
        lines = iter([json.load(file)]) if path.suffix == ".json" else objects(file)
        told = next(lines)
        used = key or b64decode(str(told.get("key", "")), validate=True)
        if len(used) != 32:
            raise Unreadable("the file names no key; give one with --key")
        if "older" in told:
            return check_consistency(told, used), used
        if told.get("format") == "yiwang-proofs":
            return check_proofs(told, used), used
        if told.get("format") == "yiwang-evidence":
            heads = [read_head(note, used) for note in held]
            return check_evidence(_after(told, lines), used, heads), used
    raise Unreadable("no evidence of a known format")


def objects(file: IO[bytes]) -> Iterator[dict[str, object]]:
    """The JSON objects of a file, one a line, or the one object of the whole file."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise Unreadable(f"line {number} is too long")
        told = json.loads(line)
        if not isinstance(told, dict):
            raise Unreadable(f"line {number} is no object")
        yield told
    if number == 0:
        raise Unreadable("the file is empty")


def opened(path: Path) -> IO[bytes]:
    """The file, unpacked as it is read."""
    if path.suffix == ".gz":
        return io.BufferedReader(gzip.GzipFile(path))
    return path.open("rb")


def _after(first: dict[str, object], rest: Iterator[dict[str, object]]) -> Iterator[dict[str, object]]:
    yield first
    yield from rest
