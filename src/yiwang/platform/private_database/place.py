"""Where the private database lies, who owns it, and where its socket is.

PostgreSQL refuses to run as root. When root starts it, another user runs it, who must be able to walk
to the data: under ``/root`` he cannot, so the data then lie in ``/var/lib/yiwang/<hash>`` and
``var/postgres`` points there.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from yiwang.launcher.contracts import DatabaseFailed, NoWritePermission

#: sockaddr_un holds 108 bytes with the closing zero (unix(7)).
SOCKET_PATH_LIMIT = 107
SOCKET_NAME = ".s.PGSQL.5432"
#: Where data go that their owner could not reach inside the project.
SYSTEM_HOMES = Path("/var/lib/yiwang")
#: Not TMPDIR: every command must find the same place, whatever its environment. Ownership is verified.
_TEMPORARY = Path("/tmp")  # noqa: S108
_SERVANTS = ("postgres", "nobody", "daemon")


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """The system user who runs the server."""

    uid: int
    gid: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The home of one private database (0700, the owner's) and its socket folder (the same)."""

    home: Path
    socket: Path
    owner: Owner

    @property
    def data(self) -> Path:
        """PostgreSQL's data folder; it exists only when it is whole."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.home / "server.log"


def run_as(
    owner: Owner, command: list[str], *, cwd: Path, stdin: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a program as the owner, without the caller's groups and with a plain environment."""
    other = os.geteuid() == 0 and owner.uid != 0
    return subprocess.run(  # noqa: S603  fixed programs; paths are arguments
        command,
        cwd=cwd,
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        # pg_ctl's server inherits these: pipes would never close, so output goes to a file.
        capture_output=True,
        text=True,
        errors="replace",
        user=owner.uid if other else None,
        group=owner.gid if other else None,
        extra_groups=[] if other else None,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "PGTZ": "UTC"},
        check=False,
    )


def choose_socket_folder(home: Path, *, uid: int, temporary: Path) -> Path:
    """``home/socket`` if the kernel can address it, else a folder of this home's own under ``temporary``."""
    beside = home / "socket"
    if len(os.fsencode(beside / SOCKET_NAME)) <= SOCKET_PATH_LIMIT:
        return beside
    short = f"yiwang-{uid}-{_digest(home)}"
    return temporary / short


def find_place(var: Path) -> Place | None:
    """The existing private database of an installation, or None."""
    home = (var / "postgres").resolve()
    if not home.is_dir():
        return None
    try:
        owner = _user(home.stat().st_uid)
    except PermissionError:
        raise NoWritePermission(place=str(home)) from None
    return Place(home=home, socket=_socket(home, owner), owner=owner)


def make_place(var: Path, *, system_homes: Path = SYSTEM_HOMES) -> Place:
    """Find or make the folders, safe and owned rightly."""
    found = find_place(var)
    try:
        home, owner = (found.home, found.owner) if found else _make_home(var, system_homes)
        _require_reach(home, owner)
        place = Place(home=home, socket=_socket(home, owner), owner=owner)
        guard_folder(place.socket, owner)
    except PermissionError as refused:
        raise NoWritePermission(place=refused.filename or str(var)) from None
    return place


def guard_folder(folder: Path, owner: Owner) -> None:
    """Make a folder that only its owner enters; one that somebody else prepared is refused."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        pass
    else:
        if os.geteuid() == 0:
            os.chown(folder, owner.uid, owner.gid)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner.uid:
        raise DatabaseFailed(reason=f"{folder} belongs to somebody else", log=str(folder))
    if stat.S_IMODE(found.st_mode) != 0o700:
        folder.chmod(0o700)


def _make_home(var: Path, system_homes: Path) -> tuple[Path, Owner]:
    var.mkdir(parents=True, exist_ok=True)
    link = var / "postgres"
    if link.is_symlink():  # its target is gone
        link.unlink()
    owner = _choose_owner()
    home = var.resolve() / "postgres"
    if os.geteuid() != 0 or _can_reach(var.resolve(), owner):
        guard_folder(home, owner)
        return home, owner
    system_homes.mkdir(parents=True, exist_ok=True)
    elsewhere = system_homes / _digest(home)
    guard_folder(elsewhere, owner)
    link.symlink_to(elsewhere)
    return elsewhere.resolve(), owner


def _choose_owner() -> Owner:
    if os.geteuid() != 0:
        return _user(os.geteuid())
    for name in _SERVANTS:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return Owner(uid=found.pw_uid, gid=found.pw_gid, name=name)
    raise DatabaseFailed(reason="no unprivileged system user (postgres, nobody) to run it", log="/etc/passwd")


def _user(uid: int) -> Owner:
    try:
        found = pwd.getpwuid(uid)
    except KeyError:
        return Owner(uid=uid, gid=os.getegid() if uid == os.geteuid() else uid, name=str(uid))
    return Owner(uid=uid, gid=found.pw_gid, name=found.pw_name)


def _require_reach(home: Path, owner: Owner) -> None:
    if os.geteuid() not in (0, owner.uid):
        raise NoWritePermission(place=str(home))
    if os.geteuid() == 0 and owner.uid == 0:
        raise DatabaseFailed(reason=f"{home} belongs to root, and PostgreSQL refuses root", log=str(home))
    if os.geteuid() == 0 and not _can_reach(home, owner):
        raise DatabaseFailed(reason=f"the system user {owner.name} cannot reach {home}", log=str(home))


def _can_reach(folder: Path, owner: Owner) -> bool:
    tried = run_as(owner, ["/bin/sh", "-c", 'test -x "$1"', "sh", str(folder)], cwd=Path("/"))
    return tried.returncode == 0


def _socket(home: Path, owner: Owner) -> Path:
    return choose_socket_folder(home, uid=owner.uid, temporary=_TEMPORARY)


def _digest(home: Path) -> str:
    return hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
