"""The private database on real servers: each test makes, breaks and removes one of its own."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from yiwang.launcher.contracts import DatabaseFailed, DiskFull, NoPostgis, OtherDatabaseUnfit
from yiwang.platform import private_database
from yiwang.platform.private_database import cluster
from yiwang.platform.private_database.place import find_place


@pytest.fixture
def var() -> Iterator[Path]:
    """A folder that the server's own user can reach; pytest's own are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="yiwang-test-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder / "var"
    private_database.destroy(folder / "var")
    shutil.rmtree(folder)


def _ask(dsn: private_database.Dsn, question: str) -> object:
    with psycopg.connect(dsn.url) as connection:
        row = connection.execute(question).fetchone()
    assert row is not None
    return row[0]


def _wait_gone(pid: int) -> None:
    deadline = time.monotonic() + 120
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)


def test_it_starts_answers_and_stops(var: Path) -> None:
    assert private_database.status(var).version is None

    dsn = private_database.ensure_running(var)

    running = private_database.status(var)
    assert running.is_running
    assert running.dsn == dsn
    assert _ask(dsn, "SELECT postgis_lib_version() >= '3.3'") is True
    assert _ask(dsn, "SHOW listen_addresses") == ""
    assert _ask(dsn, "SHOW fsync") == "on"
    assert _ask(dsn, "SHOW server_encoding") == "UTF8"
    assert _ask(dsn, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
    assert private_database.ensure_running(var) == dsn
    assert private_database.status(var).pid == running.pid

    assert private_database.stop(var) is True
    assert private_database.stop(var) is False
    assert private_database.status(var).is_running is False


def test_its_log_quotes_no_row_and_no_statement(var: Path) -> None:
    dsn = private_database.ensure_running(var)
    with psycopg.connect(dsn.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE people (id_number text PRIMARY KEY)")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO people VALUES ('440103199001011234'), ('440103199001011234')")
        with pytest.raises(psycopg.DataError):
            connection.execute("SELECT '440103199001011234x'::text::date")
    place = find_place(var)
    assert place is not None
    written = place.log.read_text()

    assert "440103199001011234" not in written
    assert "people" not in written
    assert "ready to accept connections" in written


def test_only_the_owner_can_enter(var: Path) -> None:
    private_database.ensure_running(var)
    place = find_place(var)
    assert place is not None

    assert place.owner.uid != 0
    assert {place.home.stat().st_uid, place.socket.stat().st_uid} == {place.owner.uid}
    assert [oct(folder.stat().st_mode & 0o777) for folder in (place.home, place.socket, place.data)] == [
        "0o700"
    ] * 3


def test_committed_rows_outlive_kill_9(var: Path) -> None:
    dsn = private_database.ensure_running(var)
    with psycopg.connect(dsn.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("INSERT INTO kept SELECT generate_series(1, 1000)")
    pid = private_database.status(var).pid
    assert pid is not None

    os.kill(pid, signal.SIGKILL)
    _wait_gone(pid)
    assert private_database.status(var).is_running is False
    dsn = private_database.ensure_running(var)

    assert _ask(dsn, "SELECT count(*) FROM kept") == 1000
    assert private_database.status(var).pid != pid


def test_a_backend_that_outlived_its_postmaster_is_ended_first(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yiwang.platform.private_database.server._ORPHAN_SECONDS", 0.5)
    dsn = private_database.ensure_running(var)
    connection = psycopg.connect(dsn.url)
    backend = connection.info.backend_pid
    pid = private_database.status(var).pid
    assert pid is not None

    os.kill(backend, signal.SIGSTOP)
    os.kill(pid, signal.SIGKILL)
    _wait_gone(pid)
    dsn = private_database.ensure_running(var)

    assert _ask(dsn, "SELECT 1") == 1
    assert not os.path.exists(f"/proc/{backend}/cwd")
    connection.close()


def test_a_stale_pid_file_of_a_living_stranger_does_not_matter(var: Path) -> None:
    private_database.ensure_running(var)
    private_database.stop(var)
    place = find_place(var)
    assert place is not None
    stale = place.data / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{place.data}\n1\n5432\n{place.socket}\n\n  0 0\nready\n")

    assert private_database.status(var).is_running is False
    dsn = private_database.ensure_running(var)

    assert _ask(dsn, "SELECT 1") == 1


def test_a_half_made_cluster_is_made_anew(var: Path) -> None:
    private_database.ensure_running(var)
    private_database.stop(var)
    place = find_place(var)
    assert place is not None
    place.data.rename(place.home / "data.new")
    (place.home / "data.new" / "PG_VERSION").unlink()

    dsn = private_database.ensure_running(var)

    assert _ask(dsn, "SELECT current_database()") == "yiwang"
    assert not (place.home / "data.new").exists()


def test_a_moved_project_takes_its_database_along(var: Path) -> None:
    first = private_database.ensure_running(var)
    moved = var.with_name("迁 移's $(var)")
    var.rename(moved)

    second = private_database.ensure_running(moved)

    assert second != first
    assert _ask(second, "SELECT 1") == 1
    assert private_database.stop(moved) is True
    moved.rename(var)


def test_a_long_path_gets_a_short_socket(var: Path) -> None:
    deep = var.parent / ("很长的目录" * 8) / "var"

    dsn = private_database.ensure_running(deep)

    place = find_place(deep)
    assert place is not None
    assert place.socket.parent != place.home
    assert oct(place.socket.stat().st_mode & 0o777) == "0o700"
    assert _ask(dsn, "SELECT 1") == 1
    private_database.destroy(deep)
    assert not place.home.exists()
    assert not place.socket.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another user")
def test_data_that_the_servant_cannot_reach_lie_elsewhere(var: Path) -> None:
    closed = var.parent / "closed"
    closed.mkdir(mode=0o700)

    dsn = private_database.ensure_running(closed / "var", system_homes=var.parent / "homes")

    assert _ask(dsn, "SELECT 1") == 1
    assert (closed / "var/postgres").is_symlink()
    assert [home.name for home in (var.parent / "homes").iterdir()] == [
        (closed / "var/postgres").resolve().name
    ]
    private_database.destroy(closed / "var")
    assert list((var.parent / "homes").iterdir()) == []
    assert not (closed / "var/postgres").is_symlink()


def test_without_postgis_nothing_is_made(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "list_installed", list)

    with pytest.raises(NoPostgis):
        private_database.ensure_running(var)

    assert not (var / "postgres/data").exists()


def test_a_full_disk_is_told_before_anything_is_made(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "NEEDED_MB", 10**12)

    with pytest.raises(DiskFull) as told:
        private_database.ensure_running(var)

    assert told.value.needed_mb == 10**12
    assert not (var / "postgres/data").exists()
    assert not (var / "postgres/data.new").exists()


def test_broken_data_are_reported_and_left_alone(var: Path) -> None:
    private_database.ensure_running(var)
    private_database.stop(var)
    control = var / "postgres/data/global/pg_control"
    control.rename(control.with_suffix(".away"))

    with pytest.raises(DatabaseFailed) as told:
        private_database.ensure_running(var)

    assert "pg_control" in told.value.reason
    assert control.with_suffix(".away").exists()


def test_another_server_is_examined(var: Path) -> None:
    dsn = private_database.ensure_running(var)

    assert private_database.check_other(dsn.url).private is False
    with psycopg.connect(dsn.url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE bare ENCODING UTF8 TEMPLATE template0")
        connection.execute("CREATE DATABASE latin ENCODING LATIN1 LOCALE 'C' TEMPLATE template0")
    bare = dsn.url.replace("/yiwang?", "/bare?")
    with pytest.raises(OtherDatabaseUnfit, match="CREATE EXTENSION postgis"):
        private_database.check_other(bare)
    with pytest.raises(OtherDatabaseUnfit, match="LATIN1"):
        private_database.check_other(dsn.url.replace("/yiwang?", "/latin?"))
    private_database.stop(var)
    with pytest.raises(OtherDatabaseUnfit, match="cannot be reached"):
        private_database.check_other(dsn.url)
    with pytest.raises(OtherDatabaseUnfit, match="malformed"):
        private_database.check_other("nonsense")
