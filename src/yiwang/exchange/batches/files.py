"""Where keys and answers of jobs lie: in folders that only the installation's user reads."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Protocol

from yiwang.exchange.batches.contracts import MOST_A_JOB, MOST_AT_ONCE, InputRefused
from yiwang.kernel.text import Text
from yiwang.platform.environment import environment
from yiwang.platform.http.json_bodies import read_json

_TOO_MANY = Text(f"最多 {MOST_A_JOB:,} 个编号", f"at most {MOST_A_JOB:,} keys")
_NO_KEY = Text("应为 1 至 200 个字符的 JSON 字符串", "not a JSON string of 1 to 200 characters")
_NO_KEYS = Text("没有编号", "there are no keys")
_LONGEST_LINE = 2_000
_BLOCK = 1 << 20
_LINES = 1 << 16


def folder(code: str) -> Path:
    """The folder of a job."""
    return environment().var / "exchange" / "jobs" / code


def keys_path(code: str) -> Path:
    """The keys, one JSON string a line."""
    return folder(code) / "keys"


def result_path(code: str) -> Path:
    """The answers, one JSON object a line, in the order of the keys."""
    return folder(code) / "answers.jsonl"


def part_path(code: str, number: int) -> Path:
    """The answers of one part, before all are put together."""
    return folder(code) / f"part-{number:04}"


def keep_keys(code: str, lines: Iterator[bytes]) -> tuple[int, str]:
    """Write keys as they come, each judged; gives how many, and the SHA-256 of what came.

    Raises:
        InputRefused: a line is no key, or there are too many or none; nothing is left.
    """
    folder(code).mkdir(mode=0o700, parents=True)
    digest, number = hashlib.sha256(), 0
    try:
        with os.fdopen(os.open(keys_path(code), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for number, line in enumerate(lines, start=1):
                digest.update(line)
                _refuse_no_key(line, number)
                file.write(line.rstrip(b"\r\n") + b"\n")
            file.flush()
            os.fsync(file.fileno())
            _refuse_nothing(number)
    except BaseException:
        drop(code)
        raise
    return number, digest.hexdigest()


def _refuse_nothing(number: int) -> None:
    if not number:
        raise InputRefused(line=1, reason=_NO_KEYS)


def _refuse_no_key(line: bytes, number: int) -> None:
    if number > MOST_A_JOB:
        raise InputRefused(line=number, reason=_TOO_MANY)
    try:
        key = read_json(line) if len(line) <= _LONGEST_LINE else None
    except (ValueError, RecursionError):
        key = None
    if not isinstance(key, str) or not 1 <= len(key) <= 200 or not key.isprintable():
        raise InputRefused(line=number, reason=_NO_KEY)


class Body(Protocol):
    """A file or a request, read in blocks: servers differ in how their bodies give lines."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, nothing at the end."""


def lines_of(body: Body) -> Iterator[bytes]:
    """Lines of a body of any size; one without an end is cut, and then refused."""
    rest = b""
    while block := body.read(_LINES):
        *lines, rest = (rest + block).split(b"\n")
        for line in lines:
            yield line + b"\n"
        if len(rest) > _LONGEST_LINE:
            yield rest
            return
    if rest:
        yield rest


def keys_of_part(code: str, number: int) -> list[str]:
    """The keys of a part, counted from 0."""
    with keys_path(code).open("rb") as file:
        lines = islice(file, number * MOST_AT_ONCE, (number + 1) * MOST_AT_ONCE)
        return [json.loads(line) for line in lines]


def write_part(code: str, number: int, content: bytes) -> None:
    """Write a part whole, on the disk before the caller's transaction ends."""
    place = part_path(code, number)
    temporary = place.with_name(f"{place.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(place)


def put_together(code: str, numbers: Sequence[int]) -> tuple[int, str]:
    """Make one file of the parts; gives its size and SHA-256. Done again it gives the same."""
    digest, size = hashlib.sha256(), 0
    place = result_path(code)
    temporary = place.with_name(f"answers.{secrets.token_hex(4)}")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for number in numbers:
            with part_path(code, number).open("rb") as part:
                while block := part.read(_BLOCK):
                    digest.update(block)
                    size += len(block)
                    file.write(block)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(place)
    return size, digest.hexdigest()


def drop(code: str) -> None:
    """Delete everything of a job."""
    shutil.rmtree(folder(code), ignore_errors=True)


def drop_working_files(code: str) -> None:
    """Delete keys and parts of a job that ended; its answers stay."""
    for path in folder(code).iterdir():
        if path != result_path(code):
            path.unlink(missing_ok=True)
