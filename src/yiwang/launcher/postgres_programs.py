"""Where the PostgreSQL server's programs are, and whether PostGIS stands beside them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

#: MERGE, `security_invoker` views and the public schema closed by default came with 15.
OLDEST = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresPrograms:
    """One installed server: its major version, its folder of programs, and whether PostGIS is there."""

    version: int
    folder: Path
    postgis: bool

    @property
    def is_fit(self) -> bool:
        """New enough and with PostGIS."""
        return self.version >= OLDEST and self.postgis

    def program(self, name: str) -> str:
        """The path of one program, e.g. ``initdb``."""
        return str(self.folder / name)


def list_installed(system: Path = Path("/")) -> list[PostgresPrograms]:
    """Every server on this machine, fit and newest first: in Debian's folders, then on PATH."""
    found = [*_debian_folders(system), *_path_folder()]
    unique = {programs.folder.resolve(): programs for programs in reversed(found)}
    return sorted(unique.values(), key=lambda each: (each.is_fit, each.version), reverse=True)


def choose(installed: Iterable[PostgresPrograms], *, version: int | None = None) -> PostgresPrograms | None:
    """The newest fit server, or for existing data the fit server of exactly that version."""
    fit = [each for each in installed if each.is_fit and version in (None, each.version)]
    return max(fit, key=lambda each: each.version, default=None)


def _debian_folders(system: Path) -> Iterator[PostgresPrograms]:
    for folder in (system / "usr/lib/postgresql").glob("*/bin"):
        name = folder.parent.name
        if name.isdigit() and (folder / "postgres").exists() and (folder / "initdb").exists():
            control = system / "usr/share/postgresql" / name / "extension/postgis.control"
            yield PostgresPrograms(version=int(name), folder=folder, postgis=control.exists())


def _path_folder() -> Iterator[PostgresPrograms]:
    named = os.environ.get("YIWANG_POSTGRES_BIN")
    server = str(Path(named) / "postgres") if named else shutil.which("postgres")
    if server is None or not Path(server).exists():
        return
    folder = Path(server).resolve().parent
    version = re.search(r"(\d+)", _output(str(folder / "postgres"), "--version"))
    share = _output(str(folder / "pg_config"), "--sharedir")
    if version and (folder / "initdb").exists():
        control = Path(share or "/nonexistent") / "extension/postgis.control"
        yield PostgresPrograms(version=int(version[1]), folder=folder, postgis=control.exists())


def _output(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=20).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return ""
