"""`bench`: measure speed against floors and peers of the same run, in a scratch database of its own."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from typing import Annotated

import typer
from django.db import connection
from django.utils import timezone
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from yiwang.cli.console import out, say
from yiwang.kernel.text import Text
from yiwang.platform.environment import ROOT, environment

_SCRATCH = "yiwang_bench"
_NAMES = (
    "addresses, boards, cases, clocks, exchange, exported_shapes, exports, maps, matching, portal, "
    "registers, registers_http, search, trust, verification"
)
Name = Annotated[str, typer.Argument(help=_NAMES)]
Tiny = Annotated[bool, typer.Option("--tiny", help="少量轮次，只看能否运行 / few rounds, only to see it run")]
Large = Annotated[bool, typer.Option("--large", help="千万人口规模 / at the size of ten million people")]


def command(name: Name, tiny: Tiny = False, large: Large = False) -> int:
    """Run one benchmark; its table goes to standard output with date and machine."""
    names = sorted(path.stem for path in (ROOT / "benchmarks").glob("*.py") if _has_main(path.read_text()))
    if name not in names:
        known = ", ".join(names)
        say(Text(f"没有名为 {name} 的测量；可选：{known}", f"There is no benchmark {name!r}; known: {known}"))
        return 2
    out.print(_machine(), markup=False)
    address = _make_scratch()
    try:
        child_environment = {
            **os.environ,
            "YIWANG_DATABASE_URL": address,
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "DJANGO_SETTINGS_MODULE": "yiwang.server.settings",
        }
        migrate = [sys.executable, "-m", "django", "migrate", "--verbosity=0"]
        subprocess.run(migrate, cwd=ROOT, env=child_environment, check=True)
        options = [*(["--tiny"] if tiny else []), *(["--large"] if large else [])]
        arguments = [sys.executable, "-m", f"benchmarks.{name}", *options]
        return subprocess.run(arguments, cwd=ROOT, env=child_environment, check=False).returncode
    finally:
        _drop_scratch()


def _has_main(source: str) -> bool:
    return '__name__ == "__main__"' in source


def _machine() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        [version] = cursor.fetchone()
    load = os.getloadavg()[0]
    return (
        f"{timezone.localdate()}, {os.cpu_count()} cores ({platform.machine()}), load {load:.1f}, "
        f"Python {platform.python_version()}, PostgreSQL {version.split()[0]}"
    )


def _make_scratch() -> str:
    _drop_scratch()
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_SCRATCH)))
    found = conninfo_to_dict(environment().database_url)
    host, port = found.get("host", ""), found.get("port", "")
    user = f"{found['user']}@" if found.get("user") else ""
    return f"postgresql://{user}/{_SCRATCH}?host={host}&port={port}"


def _drop_scratch() -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(_SCRATCH)))
