"""Where the socket goes, and which folders are trusted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from yiwang.launcher.contracts import DatabaseFailed
from yiwang.launcher.postgres_programs import PostgresPrograms, choose, list_installed
from yiwang.platform.private_database.dsn import private_dsn
from yiwang.platform.private_database.place import Owner, choose_socket_folder, guard_folder

ME = Owner(uid=os.geteuid(), gid=os.getegid(), name="me")


@pytest.mark.parametrize(("length", "beside"), [(86, True), (87, False)])
def test_a_socket_path_of_107_bytes_still_fits(length: int, beside: bool) -> None:
    home = Path("/" + "x" * (length - 1))

    folder = choose_socket_folder(home, uid=7, temporary=Path("/tmp"))

    assert (folder == home / "socket") is beside
    assert len(os.fsencode(folder / ".s.PGSQL.5432")) <= 107


def test_bytes_count_not_characters() -> None:
    home = Path("/" + "城" * 40)

    assert choose_socket_folder(home, uid=7, temporary=Path("/tmp")).parent == Path("/tmp")


def test_a_guarded_folder_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    folder.mkdir(mode=0o777)

    guard_folder(folder, ME)

    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_a_stranger_prepared_is_refused(tmp_path: Path) -> None:
    (tmp_path / "target").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "target")

    with pytest.raises(DatabaseFailed):
        guard_folder(tmp_path / "link", ME)
    with pytest.raises(DatabaseFailed):
        guard_folder(tmp_path / "target", Owner(uid=ME.uid + 1, gid=ME.gid, name="stranger"))


def test_addresses_survive_any_path_and_hide_from_logs() -> None:
    dsn = private_dsn(Path("/项 目/it's&you"))

    assert dsn.url == "postgresql://yiwang@/yiwang?host=%2F%E9%A1%B9%20%E7%9B%AE%2Fit%27s%26you"
    assert "postgresql" not in repr(dsn)


def test_servers_are_found_and_the_newest_fit_one_is_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("YIWANG_POSTGRES_BIN", raising=False)
    for version in ("14", "15", "16", "17"):
        folder = tmp_path / "usr/lib/postgresql" / version / "bin"
        folder.mkdir(parents=True)
        (folder / "initdb").touch()
        (folder / "postgres").touch()
    for version in ("14", "15", "16"):
        control = tmp_path / "usr/share/postgresql" / version / "extension/postgis.control"
        control.parent.mkdir(parents=True)
        control.touch()

    found = list_installed(tmp_path)

    assert [(each.version, each.is_fit) for each in found] == [
        (16, True),
        (15, True),
        (17, False),
        (14, False),
    ]
    assert choose(found) == found[0]
    assert choose(found, version=15) == found[1]
    assert choose(found, version=14) is None
    assert choose(list[PostgresPrograms]()) is None
