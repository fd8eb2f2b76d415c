"""The command line: what file, checked against what; what was found, in both languages."""

from __future__ import annotations

import argparse
import time
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Sequence
from pathlib import Path

from .findings import NOT_READ, Broken, Findings, Unreadable
from .ledger_files import check
from .message import check_container
from .unpacking import unpacked


def say(chinese: str, english: str) -> None:
    """Print in both languages."""
    print(f"{chinese} / {english}")


def ask(words: Sequence[str] | None) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description="离线核验证据 / check evidence offline")
    parser.add_argument("file", type=Path)
    parser.add_argument("--key", help="账本公钥（Base64）/ the ledger's public key")
    parser.add_argument(
        "--checkpoint", type=Path, action="append", default=[], help="此前保存的检查点 / kept earlier"
    )
    parser.add_argument("--root", type=Path, help="城市根证书（PEM）/ the city's root certificate")
    return parser.parse_args(words)


def look(asked: argparse.Namespace) -> Findings:
    """Check the file that the command line names."""
    key = b64decode(asked.key, validate=True) if asked.key else None
    held = [path.read_text() for path in asked.checkpoint]
    if zipfile.is_zipfile(asked.file):
        root = asked.root.read_bytes() if asked.root else None
        return check_container(unpacked(asked.file), root, key, held)
    findings, used = check(asked.file, key, held)
    if key is None:
        findings.notes.append(
            (
                f"公钥取自文件：{b64encode(used).decode()}，请与公布的公钥核对",
                "the key is the file's own: compare it with the published one",
            )
        )
    return findings


def main(words: Sequence[str] | None = None) -> int:
    """Check a file and say what was found."""
    asked = ask(words)
    begun = time.monotonic()
    try:
        findings = look(asked)
    except (OSError, EOFError, *NOT_READ, StopIteration, Unreadable, Broken, zipfile.BadZipFile) as problem:
        say(f"无法读取：{problem!r}", "cannot be read")
        return 2
    for note in findings.notes:
        say(*note)
    for chinese, english in findings.proven:
        say(f"✓ {chinese}", english)
    for fault in findings.faults:
        say(*fault)
    if findings.unlisted:
        say(f"另有 {findings.unlisted} 处不符", f"and {findings.unlisted} more")
    seconds = time.monotonic() - begun
    if findings.leaves:
        say(
            f"账本 {findings.leaves} 条，核验留痕 {findings.lines} 条，用时 {seconds:.1f} 秒",
            f"{findings.leaves} leaves, {findings.lines} trace lines checked",
        )
    if findings.faults:
        say("证据不成立", "THE EVIDENCE DOES NOT HOLD")
        return 1
    say("证据成立", "the evidence holds")
    return 0
