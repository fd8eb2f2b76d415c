"""Whether the startup steps must run again: a digest of everything they read, kept in the database itself.

It lies in the database because it tells about the database: removed, restored or replaced data bring
their own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import psycopg

_FOLDERS = (("src/yiwang", "*"), ("packs", "*"), ("cities", "*"), ("requirements", "*.txt"))
#: What pages load of vendors' packages.
_LOCK = "package-lock.json"
#: Made by Python, or read from its place at each page.
_PASSED_BY = {".pyc", ".html"}
_TABLE = "CREATE TABLE IF NOT EXISTS yiwang_startup (digest text NOT NULL)"


def compute(root: Path, *facts: str) -> str:
    """Digest of code, what pages load, packs and cities; editors' leavings and caches do not count."""
    total = hashlib.sha256("\n".join(facts).encode())
    for path in _files(root):
        content = path.read_bytes()
        total.update(f"\0{path.relative_to(root)}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def is_current(url: str, digest: str) -> bool:
    """The steps ran with this digest on this database."""
    with psycopg.connect(url, connect_timeout=10) as connection:
        there = connection.execute("SELECT to_regclass('public.yiwang_startup')").fetchone()
        if there is None or there[0] is None:
            return False
        return connection.execute("SELECT digest FROM public.yiwang_startup").fetchall() == [(digest,)]


def record(url: str, digest: str) -> None:
    """The steps have run."""
    with psycopg.connect(url) as connection:
        connection.execute(_TABLE)
        connection.execute("DELETE FROM yiwang_startup")
        connection.execute("INSERT INTO yiwang_startup VALUES (%s)", [digest])


def _files(root: Path) -> Iterable[Path]:
    found = (path for folder, pattern in _FOLDERS for path in (root / folder).rglob(pattern))
    return sorted(path for path in (*found, root / _LOCK) if path.is_file() and _counts(path))


def _counts(path: Path) -> bool:
    return path.suffix not in _PASSED_BY and "__pycache__" not in path.parts and not path.name.startswith(".")
