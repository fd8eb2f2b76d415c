"""Make the data folder: whole or not at all.

Everything happens in ``data.new`` (initdb, role, database, extensions in single-user mode), which then
becomes ``data`` by one rename; an interrupted run leaves only ``data.new``, which the next one removes.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from yiwang.launcher.contracts import DatabaseFailed, DiskFull, NoPostgis
from yiwang.launcher.postgres_programs import PostgresPrograms, choose, list_installed
from yiwang.platform.private_database.dsn import DATABASE, ROLE
from yiwang.platform.private_database.place import Place, run_as
from yiwang.platform.private_database.sizing import memory_of_machine, sized

#: A new cluster with PostGIS takes 60 MB, its write-ahead log up to 1 GB when busy.
NEEDED_MB = 500

#: Extensions go into template1, so that databases made for tests have them without a superuser.
_BOOTSTRAP = f"""
CREATE EXTENSION IF NOT EXISTS postgis;

CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE EXTENSION IF NOT EXISTS pgcrypto;

CREATE ROLE {ROLE} LOGIN CREATEDB;

CREATE DATABASE {DATABASE} OWNER {ROLE} TEMPLATE template1;

"""

_SETTINGS = """\
# Written at each start.
listen_addresses = ''
port = 5432
unix_socket_directories = {socket}
unix_socket_permissions = 0700
max_connections = 100
fsync = on
synchronous_commit = on
full_page_writes = on
jit = off
log_line_prefix = '%m [%p] %a '
# A refused statement quotes what people typed, its detail whole rows; the city's own log tells its code.
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
cluster_name = 'yiwang'
{sizes}
"""


_WHO_MAY_ENTER = "# Whoever may enter the socket's folder is trusted.\nlocal all all trust\n"


def find_programs(place: Place) -> PostgresPrograms:
    """The server for this data: of the version that wrote them, or the newest for new data."""
    installed = list_installed()
    version = data_version(place)
    programs = choose(installed, version=version)
    if programs is None and version is not None:
        reason = f"the data were written by PostgreSQL {version}, which is not installed any more"
        raise DatabaseFailed(reason=reason, log=str(place.log))
    if programs is None:
        names = ", ".join(f"PostgreSQL {each.version}" for each in installed)
        raise NoPostgis(found=names or "—")
    return programs


def data_version(place: Place) -> int | None:
    """Major version of existing data, or None."""
    try:
        return int((place.data / "PG_VERSION").read_text().strip())
    except FileNotFoundError:
        return None


def make_cluster(place: Place, programs: PostgresPrograms) -> None:
    """Initialise, create role, database and extensions, then give the folder its name."""
    require_space(place.home)
    fresh = place.home / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    _run(
        place,
        [
            programs.program("initdb"),
            "--pgdata=data.new",
            "--username=postgres",
            "--encoding=UTF8",
            # One order on every machine and release; ICU orders are asked for by name.
            "--locale=C.UTF-8",
            "--auth=reject",
            "--auth-local=trust",
        ],
    )
    with (fresh / "postgresql.conf").open("a") as configuration:
        configuration.write("\ninclude = 'yiwang.conf'\n")
    write_settings(place, fresh)
    (fresh / "pg_hba.conf").write_text(_WHO_MAY_ENTER)
    _run(
        place,
        [
            programs.program("postgres"),
            "--single",
            "-j",
            "-D",
            "data.new",
            "template1",
        ],
        stdin=_BOOTSTRAP,
    )
    fresh.rename(place.data)


def write_settings(place: Place, data: Path) -> None:
    """Write our settings; the socket's folder may have moved with the project."""
    path = data / "yiwang.conf"
    sizes = "\n".join(f"{name} = {value}" for name, value in sized(memory_of_machine()).items())
    path.write_text(_SETTINGS.format(socket=_quoted(place.socket), sizes=sizes))
    if os.geteuid() == 0:
        os.chown(path, place.owner.uid, place.owner.gid)


def require_space(home: Path) -> None:
    """Refuse to begin on a disk that cannot hold the result."""
    free = shutil.disk_usage(home).free // 1_000_000
    if free < NEEDED_MB:
        raise DiskFull(place=str(home), needed_mb=NEEDED_MB, free_mb=free)


def failure(place: Place, output: str) -> DatabaseFailed | DiskFull:
    """Translate the server's own words."""
    if "No space left on device" in output or "Disk quota exceeded" in output:
        free = shutil.disk_usage(place.home).free // 1_000_000
        return DiskFull(place=str(place.home), needed_mb=NEEDED_MB, free_mb=free)
    lines = [line for line in output.splitlines() if "FATAL" in line or "ERROR" in line or "error:" in line]
    reason = (lines or output.splitlines() or ["?"])[-1].strip()
    return DatabaseFailed(reason=reason, log=str(place.log))


def _run(place: Place, command: list[str], *, stdin: str | None = None) -> None:
    done = run_as(place.owner, command, cwd=place.home, stdin=stdin)
    # Single-user mode reports an error and ends with 0; its exit_on_error would also end it at the errors
    # that PostGIS raises and catches while it installs.
    if done.returncode != 0 or "ERROR:" in done.stderr:
        shutil.rmtree(place.home / "data.new", ignore_errors=True)
        raise failure(place, done.stdout + done.stderr)


def _quoted(path: Path) -> str:
    """A folder as one element of a list setting: quoted for the list, then for the file."""
    element = '"' + str(path).replace('"', '""') + '"'
    return "'" + element.replace("\\", "\\\\").replace("'", "''") + "'"
