"""Install the system's packages: as root, through sudo, or by telling the one line to run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from yiwang.kernel.text import Text
from yiwang.launcher import outside
from yiwang.launcher.contracts import (
    NoNetwork,
    NoRightToInstall,
    SystemPackagesFailed,
    UnknownSystem,
)
from yiwang.launcher.machine import Machine, look
from yiwang.launcher.progress import Progress
from yiwang.launcher.project import Project, Purpose
from yiwang.launcher.system_packages import Need, list_needs, package_names

_TITLE = Text("安装系统软件包", "Installing system packages")
_WHAT = Text("系统软件包", "the system packages")
_LISTS = Text("更新软件包目录", "Updating the package lists")
_NAMES = (
    r"^(postgresql|postgresql-postgis|postgresql-[0-9]+|postgresql-[0-9]+-postgis-3"
    r"|fonts-noto-cjk|python3(\.[0-9]+)?-venv|chromium|poppler-utils|qpdf|openssl|curl)$"
)
#: PostgreSQL with PostGIS and fonts take 400 MB unpacked, Chromium 350 MB more.
_NEEDED_MB = 800
_SYSTEM_DISK = Path("/usr")

#: Debian makes and starts a cluster of its own when PostgreSQL is first installed; nobody here wants it.
#: The drop-in stands only while apt runs, so a later installation by hand behaves as ever.
_INSTALL = """
drop=/etc/postgresql-common/createcluster.d/yiwang-setup.conf
trap 'rm -f "$drop"' EXIT
trap 'exit 130' INT TERM
mkdir -p "${drop%/*}" && echo 'create_main_cluster = false' > "$drop"
DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get install --yes --no-install-recommends \
    -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120 "$@"
"""


def ensure_system_packages(project: Project, purpose: Purpose) -> None:
    """See what is missing and install it, or stop with the reason."""
    machine = look()
    needs = _needs(project, machine, purpose)
    if not needs:
        return
    if not machine.is_debian_like:
        raise UnknownSystem(missing=", ".join(need.value for need in needs))
    rights = _rights()
    if rights is None:
        raise NoRightToInstall(line=_line(package_names(needs, machine, _offered())))
    _update_lists(project, rights)
    names = package_names(needs, machine, _offered())
    outside.require_space(_SYSTEM_DISK, _NEEDED_MB)
    _install(project, rights, names)
    still = _needs(project, look(), purpose)
    if still:
        raise SystemPackagesFailed(packages=", ".join(need.value for need in still), log=str(project.log))


def _needs(project: Project, machine: Machine, purpose: Purpose) -> list[Need]:
    return list_needs(
        machine,
        purpose,
        other_database=bool(os.environ.get("YIWANG_DATABASE_URL")),
        has_environment=project.python.exists(),
    )


def _rights() -> list[str] | None:
    """The words before a command that only root may run; None if this user may not."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    if subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return ["sudo"] if sys.stdin.isatty() and sys.stderr.isatty() else None


def _line(names: list[str]) -> str:
    packages = " ".join(names)
    if shutil.which("sudo"):
        return f"sudo apt-get update && sudo apt-get install --yes {packages}"
    return f"su -c 'apt-get update && apt-get install --yes {packages}'"


def _offered() -> frozenset[str]:
    found = subprocess.run(["apt-cache", "search", "--names-only", _NAMES], capture_output=True, text=True)
    return frozenset(line.split(" ", 1)[0] for line in found.stdout.splitlines())


def _update_lists(project: Project, rights: list[str]) -> None:
    """A failure here is no reason to stop: old lists may do, and installing tells better what is wrong."""
    with Progress(_LISTS):
        outside.run([*rights, "env", "LC_ALL=C", "apt-get", "update"], log=project.log)


def _install(project: Project, rights: list[str], names: list[str]) -> None:
    lines = AptProgress()
    with Progress(_TITLE) as progress:
        command = [*rights, "sh", "-c", _INSTALL, "sh", *names]
        done = outside.run(command, log=project.log, on_line=lambda line: progress.at(lines.read(line)))
        if done.code == 0:
            return
        otherwise = SystemPackagesFailed(packages=" ".join(names), log=str(project.log))
        if "Unable to locate package" in done.tail or "has no installation candidate" in done.tail:
            raise NoNetwork(what=_WHAT, log=str(project.log))
        raise outside.reason(
            done,
            what=_WHAT,
            place=_SYSTEM_DISK,
            needed_mb=_NEEDED_MB,
            log=project.log,
            otherwise=otherwise,
        )


class AptProgress:
    """How much is done, from apt's own lines: fetched, unpacked and set up count alike for each package.

    apt's machine-readable status on the same pipe made maintainers' scripts fail with EAGAIN.
    """

    def __init__(self) -> None:
        self._total = 0
        self._seen = 0

    def read(self, line: str) -> float:
        """Take one line; gives the share done so far."""
        if found := re.match(r"(\d+) upgraded, (\d+) newly installed", line):
            self._total = 3 * (int(found[1]) + int(found[2]))
        self._seen += line.startswith(("Get:", "Unpacking ", "Setting up "))
        return self._seen / self._total if self._total else 0.0
