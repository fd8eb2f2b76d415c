"""What the machine has: read once, so that decisions about it stay pure."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from yiwang.launcher.postgres_programs import PostgresPrograms, list_installed

#: Programs that tests ask for a second opinion: seals, what is left in a severed document, certificates and
#: stamps, the guide's commands, the HTML of pages (the Nu checker runs on Java).
JUDGES = ("pdfsig", "qpdf", "openssl", "curl", "java")
_BROWSERS = ("chromium", "google-chrome-stable", "google-chrome", "/snap/bin/chromium", "chromium-browser")


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """Facts for the decisions in ``system_packages``."""

    family: frozenset[str]  # ID and ID_LIKE of /etc/os-release
    has_apt: bool
    servers: tuple[PostgresPrograms, ...]
    has_fonts: bool
    has_venv: bool
    browser: str | None
    judges: frozenset[str]  # of JUDGES, those that are there
    python: tuple[int, int]

    @property
    def is_debian_like(self) -> bool:
        """Debian, Ubuntu and their descendants, with apt."""
        return self.has_apt and bool(self.family & {"debian", "ubuntu"})


def look(system: Path = Path("/")) -> Machine:
    """Read the facts."""
    return Machine(
        family=read_family(system / "etc/os-release"),
        has_apt=shutil.which("apt-get") is not None,
        servers=tuple(list_installed(system)),
        has_fonts=_has_chinese_fonts(),
        has_venv=importlib.util.find_spec("ensurepip") is not None,
        browser=find_browser(),
        judges=frozenset(name for name in JUDGES if shutil.which(name)),
        python=sys.version_info[:2],
    )


def read_family(os_release: Path) -> frozenset[str]:
    """Names of the distribution and of those it descends from."""
    try:
        lines = os_release.read_text().splitlines()
    except OSError:
        return frozenset()
    words = [
        value.strip("\"'")
        for key, _, value in (line.partition("=") for line in lines)
        if key in ("ID", "ID_LIKE")
    ]
    return frozenset(" ".join(words).split())


def find_browser() -> str | None:
    """A Chromium or Chrome that runs; Ubuntu's `chromium-browser` may be a stub that only names the snap."""
    for name in (os.environ.get("YIWANG_CHROMIUM", ""), *_BROWSERS):
        path = shutil.which(name) if name else None
        if path and not _is_snap_stub(Path(path)):
            return path
    return None


def _is_snap_stub(path: Path) -> bool:
    if path.name != "chromium-browser" or Path("/snap/bin/chromium").exists():
        return False
    with path.open("rb") as program:
        return b"snap install" in program.read(4096)


def _has_chinese_fonts() -> bool:
    package = _output("dpkg-query", "-W", "-f", "${db:Status-Status}", "fonts-noto-cjk")
    return package == "installed" or bool(_output("fc-list", ":lang=zh-cn", "family"))


def _output(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=30).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return ""
