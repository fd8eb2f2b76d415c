"""The static copy as files: where each address lies in it, written whole or not at all.

``var/copy/pages/<host>/sites/environment/news/index.html``; the second screen of a list is ``page-2.html``
beside it. ``_`` is the host of the installation; sites with a host of their own lie there once more.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from yiwang.platform.environment import environment

HERE = "_"
_ADDRESS = re.compile(r"/(?:[a-z0-9._-]+/)*(?:[a-z0-9-]+\.xml)?")
_UNFINISHED = re.compile(r"\.[0-9a-f]{12}")
_SCREEN = re.compile(r"page=([1-9][0-9]{0,3})")


def folder() -> Path:
    """Where the copy lies."""
    return environment().var / "copy"


def file_of(host: str, path: str, query: str = "") -> Path | None:
    """The file of an address; None for one that no copy has."""
    screen = _SCREEN.fullmatch(query) if query else None
    if not _ADDRESS.fullmatch(path) or "/." in path or "/" in host or (query and not screen):
        return None
    place = folder() / "pages" / (host or HERE) / path.strip("/")
    if path.endswith(".xml"):
        return place
    return place / (f"page-{screen[1]}.html" if screen and screen[1] != "1" else "index.html")


def read(host: str, path: str, query: str) -> bytes | None:
    """What the copy has at an address."""
    file = file_of(host, path, query)
    try:
        return file.read_bytes() if file else None
    except OSError:
        return None


def write(file: Path, body: bytes) -> None:
    """Put a file in place by one rename; where there is no room the one before stays (OSError)."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{secrets.token_hex(6)}")
    try:
        fresh.write_bytes(body)
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)


def link(file: Path, source: Path) -> None:
    """Have an uploaded file in the copy without taking room twice."""
    if file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{secrets.token_hex(6)}")
    try:
        try:
            os.link(source, fresh)
        except OSError:  # another file system
            shutil.copyfile(source, fresh)
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)


def take_away(host: str, path: str) -> None:
    """Remove what the copy has at an address, with its further screens."""
    file = file_of(host, path)
    if file is None:
        return
    for one in (file, *file.parent.glob("page-*.html")) if file.name == "index.html" else (file,):
        one.unlink(missing_ok=True)


def take_screens_after(file: Path, last: int) -> None:
    """Remove the screens of a list that it no longer has."""
    for one in file.parent.glob("page-*.html"):
        number = one.stem.removeprefix("page-")
        if number.isdigit() and int(number) > last:
            one.unlink(missing_ok=True)


def addresses_below(top: Path) -> Iterator[str]:
    """Where pages lie in a folder: ``news/water/``, and empty for one in the folder itself.

    What was never put in place is cleared away.
    """
    for place, _, names in os.walk(top):
        for name in names:
            if _UNFINISHED.fullmatch(name):  # by a worker that was killed
                Path(place, name).unlink(missing_ok=True)
        if "index.html" in names:
            inner = Path(place).relative_to(top).as_posix()
            yield "" if inner == "." else f"{inner}/"


def read_state() -> dict[str, object]:
    """How far the copy is; empty where there is none.

    ``position`` as below, ``seen`` up to where the changes were taken up, the ``build`` that made it, and
    ``unfinished``, the last address that a whole copy has reached.
    """
    try:
        found = json.loads((folder() / "state.json").read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def position() -> int:
    """All that was published or withdrawn before is in the copy."""
    found = read_state().get("position")
    return found if isinstance(found, int) else 0


def write_state(**state: object) -> None:
    """Say how far it is."""
    write(folder() / "state.json", json.dumps(state).encode())
