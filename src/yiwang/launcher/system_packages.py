"""Which of the system's packages are missing, and what they are called here. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum

from yiwang.launcher.contracts import NoBrowser, NoPostgis
from yiwang.launcher.machine import JUDGES, Machine
from yiwang.launcher.postgres_programs import OLDEST
from yiwang.launcher.project import Purpose


class Need(Enum):
    """A thing that only the system's packages bring; the value names it to people."""

    POSTGIS = "PostgreSQL >= 15 + PostGIS >= 3"
    FONTS = "Noto Sans CJK"
    VENV = "Python venv + ensurepip"
    BROWSER = "Chromium"
    PDFSIG = "poppler-utils (pdfsig)"
    QPDF = "qpdf"
    OPENSSL = "openssl"
    CURL = "curl"
    JAVA = "Java (Nu HTML Checker)"


def list_needs(
    machine: Machine, purpose: Purpose, *, other_database: bool, has_environment: bool
) -> list[Need]:
    """What is missing for this purpose."""
    needs = []
    if not other_database and not any(server.is_fit for server in machine.servers):
        needs.append(Need.POSTGIS)
    if not machine.has_fonts:
        needs.append(Need.FONTS)
    if not machine.has_venv and not has_environment:
        needs.append(Need.VENV)
    if purpose is Purpose.TEST:
        needs += [Need.BROWSER] * (machine.browser is None)
        needs += [Need[name.upper()] for name in JUDGES if name not in machine.judges]
    return needs


def package_names(needs: Iterable[Need], machine: Machine, offered: frozenset[str]) -> list[str]:
    """The packages to install. ``offered`` are those that apt knows; empty when it has no lists yet."""
    names: list[str] = []
    for need in needs:
        names += _names_of(need, machine, offered)
    return names


def _names_of(need: Need, machine: Machine, offered: frozenset[str]) -> list[str]:
    if need is Need.POSTGIS:
        return _postgis_names(machine, offered)
    if need is Need.FONTS:
        return ["fonts-noto-cjk"]
    if need is Need.VENV:
        exact = f"python{machine.python[0]}.{machine.python[1]}-venv"
        return [exact if exact in offered else "python3-venv"]
    if need is Need.BROWSER:
        if "chromium" not in offered and (offered or "ubuntu" in machine.family):
            raise NoBrowser
        return ["chromium"]
    return {Need.PDFSIG: ["poppler-utils"], Need.JAVA: ["default-jre-headless"]}.get(need, [need.value])


def _postgis_names(machine: Machine, offered: frozenset[str]) -> list[str]:
    """PostGIS for a server that is there, else the metapackages, else the newest pair by version."""
    by_version = {
        int(found[1]): name
        for name in offered
        if (found := re.fullmatch(r"postgresql-(\d+)-postgis-3", name))
    }
    for server in sorted(machine.servers, key=lambda each: each.version, reverse=True):
        if server.version >= OLDEST and server.version in by_version:
            return [by_version[server.version]]
    newest = max(by_version, default=0)
    if not offered:
        return ["postgresql", "postgresql-postgis"]
    if newest < OLDEST:
        has = ", ".join(f"PostgreSQL {version}" for version in sorted(by_version, reverse=True))
        raise NoPostgis(found=has or "—")
    if {"postgresql", "postgresql-postgis"} <= offered:
        return ["postgresql", "postgresql-postgis"]
    return [f"postgresql-{newest}", by_version[newest]]
