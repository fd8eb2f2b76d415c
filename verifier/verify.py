#!/usr/bin/env python3
"""Checks evidence of a Yiwang city offline. Stand-alone: Python 3.11 and ``cryptography``, nothing of Yiwang.

    python3 verify.py evidence.jsonl.gz --key BASE64 [--checkpoint earlier.txt …]

It reads three kinds of files:

* an evidence file (``.jsonl`` or ``.jsonl.gz``): the ledger's leaves in their order, with the trace lines
  that some of them commit to, and the signed heads;
* a file of proofs (JSON): single trace lines, each with its path to a signed head;
* a consistency proof (JSON), as ``/api/trust/consistency`` gives it.

The formats: a leaf is SHA-256(0x00 || entry), an inner node SHA-256(0x01 || left || right) (RFC 6962,
section 2.1). An entry is ``{"at":…,"content":…,"kind":…,"subject":…}`` as canonical JSON (RFC 8785), where
``content`` is the hexadecimal SHA-256(salt || content). A head is a C2SP checkpoint, signed with Ed25519.

Exit status: 0 the evidence holds, 1 it does not, 2 the file cannot be read.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import sys
import time
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

LOOKED = "exchange.looked"
LONGEST_LINE = 1 << 20
MOST_FAULTS = 20


class Unreadable(Exception):
    """The file is no evidence that this program knows."""


@dataclass
class Findings:
    """What was checked and what did not hold."""

    leaves: int = 0
    lines: int = 0
    faults: list[tuple[str, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    unlisted: int = 0

    def fault(self, chinese: str, english: str) -> None:
        """Note something that does not hold; only the first are listed."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append((chinese, english))
        else:
            self.unlisted += 1


@dataclass(frozen=True)
class Head:
    """A signed head, its signature checked."""

    size: int
    root: bytes


class Tree:
    """The right edge of a growing tree: the roots of its complete subtrees, the largest first."""

    def __init__(self, size: int = 0, edge: Sequence[bytes] = ()) -> None:
        if len(edge) != size.bit_count():
            raise Unreadable("the edge does not fit the size")
        self.size = size
        self._edge = list(edge)

    def add(self, leaf: bytes) -> None:
        """Append a leaf hash."""
        merged = self.size
        while merged & 1:
            leaf = sha256(b"\x01" + self._edge.pop() + leaf).digest()
            merged >>= 1
        self._edge.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The root over everything so far."""
        if not self._edge:
            return sha256(b"").digest()
        value = self._edge[-1]
        for left in reversed(self._edge[:-1]):
            value = sha256(b"\x01" + left + value).digest()
        return value


def read_head(note: str, key: bytes) -> Head:
    """Check a checkpoint's signature.

    Raises:
        ValueError: it is no checkpoint, or the key did not sign it.
    """
    body, separator, tail = note.partition("\n\n")
    lines, words = body.split("\n"), tail.strip().split(" ")
    if not separator or len(lines) != 3 or len(words) != 3 or words[1] != lines[0]:
        raise ValueError("not a checkpoint")
    signed = b64decode(words[2], validate=True)
    if signed[:4] != sha256(lines[0].encode() + b"\n\x01" + key).digest()[:4]:
        raise ValueError("signed with another key")
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signed[4:], f"{body}\n".encode())
    except InvalidSignature:
        raise ValueError("the signature does not hold") from None
    return Head(size=int(lines[1]), root=b64decode(lines[2], validate=True))


def canonical(value: dict[str, str]) -> bytes:
    """RFC 8785 for objects of texts."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def leaf_of(told: dict[str, str], findings: Findings, number: int) -> bytes:
    """The hash of a leaf; a trace line is hashed anew, so that a changed one no longer fits the tree."""
    if "content" in told:
        committed = sha256(bytes.fromhex(told["salt"]) + told["content"].encode()).hexdigest()
        findings.lines += 1
        _check_subject(told, findings, number)
    else:
        committed = told["committed"]
        if told["kind"] == LOOKED and told.get("erased") != "yes":
            findings.fault(
                f"第 {number} 条：查询留痕缺失（只剩账本记录）", f"leaf {number}: the trace line is missing"
            )
    entry = {"at": told["at"], "content": committed, "kind": told["kind"], "subject": told["subject"]}
    return sha256(b"\x00" + canonical(entry)).digest()


def _check_subject(told: dict[str, str], findings: Findings, number: int) -> None:
    if told["subject"] != f"trace:{json.loads(told['content']).get('trace')}":
        findings.fault(
            f"第 {number} 条：留痕编号与账本不符", f"leaf {number}: the line is not the one that it names"
        )


def check_evidence(lines: Iterator[dict[str, object]], key: bytes, held: Sequence[Head]) -> Findings:
    """Grow the tree from the leaves and compare it with every signed head on the way."""
    findings = Findings()
    heading = next(lines)
    heads = {head.size: head for head in _signed_heads(heading, key, findings)}
    last = max(heads, default=0)
    tree = Tree(int(str(heading["first"])), [bytes.fromhex(str(part)) for part in _listed(heading, "edge")])
    known = {head.size: head for head in held}
    if tree.size and tree.size not in known:
        findings.notes.append(
            (
                f"证据自第 {tree.size} 条起；请用 --checkpoint 提供此前保存的检查点",
                f"the evidence begins at leaf {tree.size}: give the checkpoint of that size that you kept",
            )
        )
    heads_to_meet = [(size, head) for source in (heads, known) for size, head in source.items()]
    wanted: dict[int, list[Head]] = {}
    for size, head in heads_to_meet:
        wanted.setdefault(size, []).append(head)
    _meet(tree, wanted, findings)
    for told in lines:
        tree.add(leaf_of({name: str(value) for name, value in told.items()}, findings, tree.size))
        _meet(tree, wanted, findings)
    findings.leaves = tree.size
    if tree.size != last:
        findings.fault(
            f"文件有 {tree.size} 条，签名的账本有 {last} 条",
            f"the file ends at leaf {tree.size}, the signed ledger has {last}",
        )
    for size in sorted(size for size in wanted if size > tree.size):
        findings.fault(f"账本没有达到检查点 {size}", f"the ledger never reached the checkpoint of {size}")
    return findings


def _signed_heads(heading: dict[str, object], key: bytes, findings: Findings) -> list[Head]:
    heads = []
    for note in _listed(heading, "checkpoints"):
        try:
            heads.append(read_head(str(note), key))
        except ValueError as problem:
            findings.fault(f"检查点无效：{problem}", f"a checkpoint does not hold: {problem}")
    return heads


def _meet(tree: Tree, wanted: dict[int, list[Head]], findings: Findings) -> None:
    """Compare the tree with the heads of its present size."""
    for head in wanted.get(tree.size, ()):
        if head.root != tree.root():
            findings.fault(
                f"前 {tree.size} 条与已签名的根不符：其中有记录被改动、删除或调换",
                f"the first {tree.size} leaves do not give the signed root: one was changed, lost or moved",
            )


def check_proofs(told: dict[str, object], key: bytes) -> Findings:
    """Check single lines, each by its path to the signed head."""
    findings = Findings()
    try:
        head = read_head(str(told["checkpoint"]), key)
    except ValueError as problem:
        findings.fault(f"检查点无效：{problem}", f"the checkpoint does not hold: {problem}")
        return findings
    for line in _listed(told, "lines"):
        if not isinstance(line, dict):
            raise Unreadable("a line is no object")
        number = int(line["index"])
        path = [bytes.fromhex(part) for part in line["path"]]
        leaf = leaf_of({name: str(value) for name, value in line.items()}, findings, number)
        if not included(leaf, number, head, path):
            findings.fault(f"第 {number} 条不在账本中", f"leaf {number} does not stand in the ledger")
    findings.leaves = head.size
    return findings


def included(leaf: bytes, index: int, head: Head, path: Sequence[bytes]) -> bool:
    """RFC 9162, section 2.1.3.2."""
    if not 0 <= index < head.size:
        return False
    fn, sn, value = index, head.size - 1, leaf
    for part in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            value = sha256(b"\x01" + part + value).digest()
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            value = sha256(b"\x01" + value + part).digest()
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and value == head.root


def check_consistency(told: dict[str, object], key: bytes) -> Findings:
    """Check that the older ledger begins the newer one."""
    findings = Findings()
    try:
        older, newer = (read_head(str(told[name]), key) for name in ("older", "newer"))
    except ValueError as problem:
        findings.fault(f"检查点无效：{problem}", f"a checkpoint does not hold: {problem}")
        return findings
    path = [b64decode(str(part), validate=True) for part in _listed(told, "path")]
    if not consistent(older, newer, path):
        findings.fault("旧账本不是新账本的开头", "the older ledger is not the beginning of the newer")
    findings.leaves = newer.size
    return findings


def consistent(older: Head, newer: Head, path: Sequence[bytes]) -> bool:
    """RFC 9162, section 2.1.4.2."""
    if not 0 < older.size <= newer.size:
        return False
    if older.size == newer.size:
        return not path and older.root == newer.root
    parts = [older.root, *path] if older.size & (older.size - 1) == 0 else list(path)
    if not parts:
        return False
    fn, sn = older.size - 1, newer.size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    first = second = parts[0]
    for part in parts[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            first, second = sha256(b"\x01" + part + first).digest(), sha256(b"\x01" + part + second).digest()
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            second = sha256(b"\x01" + second + part).digest()
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and first == older.root and second == newer.root


def _listed(told: dict[str, object], name: str) -> list[object]:
    value = told.get(name)
    if not isinstance(value, list):
        raise Unreadable(f"no list {name!r}")
    return value


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


def check(path: Path, key: bytes | None, held: Sequence[str]) -> tuple[Findings, bytes]:
    """Check a file of any kind; the key that it names is used when none is given."""
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


def opened(path: Path) -> IO[bytes]:
    """The file, unpacked as it is read."""
    if path.suffix == ".gz":
        return io.BufferedReader(gzip.GzipFile(path))
    return path.open("rb")


def _after(first: dict[str, object], rest: Iterator[dict[str, object]]) -> Iterator[dict[str, object]]:
    yield first
    yield from rest


def say(chinese: str, english: str) -> None:
    """Print in both languages."""
    print(f"{chinese} / {english}")


def main() -> int:
    """Check the file that the command line names."""
    parser = argparse.ArgumentParser(description="离线核验证据 / check evidence offline")
    parser.add_argument("file", type=Path)
    parser.add_argument("--key", help="账本公钥（Base64）/ the ledger's public key")
    parser.add_argument(
        "--checkpoint", type=Path, action="append", default=[], help="此前保存的检查点 / kept earlier"
    )
    asked = parser.parse_args()
    begun = time.monotonic()
    try:
        key = b64decode(asked.key, validate=True) if asked.key else None
        findings, used = check(asked.file, key, [path.read_text() for path in asked.checkpoint])
    except (OSError, EOFError, ValueError, KeyError, TypeError, StopIteration, Unreadable) as problem:
        say(f"无法读取：{problem!r}", "cannot be read")
        return 2
    if key is None:
        say(
            f"公钥取自文件：{b64encode(used).decode()}，请与公布的公钥核对",
            "the key is the file's own: compare it with the published one",
        )
    for note in findings.notes:
        say(*note)
    for fault in findings.faults:
        say(*fault)
    if findings.unlisted:
        say(f"另有 {findings.unlisted} 处不符", f"and {findings.unlisted} more")
    seconds = time.monotonic() - begun
    say(
        f"账本 {findings.leaves} 条，核验留痕 {findings.lines} 条，用时 {seconds:.1f} 秒",
        f"{findings.leaves} leaves, {findings.lines} trace lines checked",
    )
    if findings.faults:
        say("证据不成立", "THE EVIDENCE DOES NOT HOLD")
        return 1
    say("证据成立", "the evidence holds")
    return 0


if __name__ == "__main__":
    sys.exit(main())
