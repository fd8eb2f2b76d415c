"""The static copy of the whole group: made anew where something was published, by the worker.

One round works for a moment, so that the worker's other loops go on. What is taken away goes first. The place
in the changes is kept on the disk once all of them are done: a worker that is killed does the last ones
again, and misses none.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from wsgiref.types import WSGIEnvironment
from wsgiref.util import setup_testing_defaults

import structlog
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpResponse

from yiwang.platform.environment import ROOT, environment
from yiwang.platform.files import path_of
from yiwang.portal.keeping import copy_files
from yiwang.portal.keeping.contracts import PageChange
from yiwang.portal.keeping.front import Answered
from yiwang.portal.keeping.looking import look
from yiwang.portal.keeping.rules.affected import affected, whole
from yiwang.portal.sites import api as sites

log = structlog.get_logger()
_SECONDS = 0.6
_POLICIES = frozenset(
    {
        "content-security-policy",
        "x-content-type-options",
        "x-frame-options",
        "referrer-policy",
        "permissions-policy",
        "cross-origin-opener-policy",
        "strict-transport-security",
    }
)
_PAGES = re.compile(rb'href="[^"]*\?page=([0-9]{1,4})"')
_STATIC = ("theme/", "platform/", "portal/")
_PUBLISHED = """
SELECT p.address, replace(t.model, 'page', '')
FROM sites_sitepage p JOIN wagtailcore_page w ON w.id = p.page_ptr_id
JOIN django_content_type t ON t.id = w.content_type_id JOIN sites_groupsite s ON s.id = p.site_id
WHERE w.live AND s.active
"""


class Copier:
    """What still has to be made anew; lives as long as the worker."""

    def __init__(self) -> None:
        self._position: int | None = None
        self._waiting: dict[str, None] = {}
        self._sites: dict[str, None] = {}
        self._full = False
        self._taken_up: frozenset[PageChange] = frozenset()

    def copy_changes(self, at: datetime) -> int:
        """Work for one round; gives how many addresses were written or taken away."""
        begun, done = time.monotonic(), 0
        state = copy_files.read_state()
        if self._position is None:
            self._full = state.get("build") != build()
            self._position = 0 if self._full else int(str(state.get("position", 0)))
        found = look(_rows, self._position)
        # a transaction that stays open holds the position back, and what was taken up is told again
        fresh = [change for change in found.changes if change not in self._taken_up]
        self._taken_up = frozenset(found.changes)
        if fresh or self._full:
            self._take_up(fresh)
        self._position = found.position
        try:
            while self._waiting and time.monotonic() - begun < _SECONDS:
                address = next(iter(self._waiting))
                try:
                    done += copy_address(address)
                except RuntimeError as problem:  # one faulty page keeps no other out
                    log.warning("keeping.page_not_copied", problem=str(problem))
                del self._waiting[address]
            while self._sites and not self._waiting:
                copy_site_files(next(iter(self._sites)))
                del self._sites[next(iter(self._sites))]
            if not self._waiting and (done or state.get("position") != self._position):
                copy_files.write_state(position=self._position, build=build())
        except OSError as problem:  # no room: what lies there stays, and this is tried again
            log.warning("keeping.copy_not_written", problem=problem.strerror, waiting=len(self._waiting))
        return done

    def _take_up(self, changes: Sequence[PageChange]) -> None:
        pages = {str(address): str(kind) for address, kind in _rows(_PUBLISHED, {})}
        if self._full or any(not change.address for change in changes):
            self._full = False
            self._waiting = dict.fromkeys(whole(pages))
            self._sites = dict.fromkeys(address.partition("/")[0] for address in pages)
            copy_static()
            return
        for change in changes:
            self._waiting |= dict.fromkeys(affected(change, pages))
            self._sites[change.address.partition("/")[0]] = None
            if change.address not in pages:
                take_away(change.address)


def copy_address(address: str) -> int:
    """Write what an address says now, in both languages and with its further screens; or take it away."""
    done = 0
    for host, path in _places(address):
        body = answer(host, path)
        if body is None:
            copy_files.take_away(host, path)
            done += 1
            continue
        _put(host, path, "", body)
        screens = max((int(number) for number in _PAGES.findall(body)), default=1)
        for screen in range(2, screens + 1):
            more = answer(host, path, f"page={screen}")
            if more is not None:
                _put(host, path, f"page={screen}", more)
        done += screens
    return done


def take_away(address: str) -> None:
    """Remove an address from the copy at once."""
    for host, path in _places(address):
        copy_files.take_away(host, path)


def copy_site_files(site: str) -> None:
    """Have the pictures and attachments that published pages of a site use, and no others."""
    wanted = dict(sites.files_in_use(site))
    for host, path in _places(f"{site}/"):
        inside = copy_files.file_of(host, f"{path}files/")
        if inside is None or path.startswith("/en/"):
            continue
        for there in inside.parent.glob("*/index.*"):
            if not there.parent.name.isdigit() or int(there.parent.name) not in wanted:
                there.unlink(missing_ok=True)
        for file, stored in wanted.items():
            ending = Path(stored.name).suffix.lower() or ".bin"
            copy_files.link(inside.parent / str(file) / f"index{ending}", path_of(stored))


def copy_static() -> None:
    """Have style sheets, scripts and signs, and the page that says that nothing works now."""
    target = copy_files.folder() / "pages" / copy_files.HERE / "static"
    for finder in get_finders():
        for name, storage in finder.list(None):
            if name.startswith(_STATIC):
                with storage.open(name) as source:
                    copy_files.write(target / name, source.read())
    for path in ("/unavailable/", "/en/unavailable/", "/sites/", "/en/sites/"):
        body = answer("", path)
        if body is not None:
            _put("", path, "", body)


def policies() -> dict[str, str]:
    """The headers of every public page that tell a browser what it may do."""
    said = Answered()
    _application()(_asked("", "/unavailable/", ""), said).close()
    return {name: text for name, text in said.headers if name.lower() in _POLICIES}


def answer(host: str, path: str, query: str = "") -> bytes | None:
    """What the installation answers to anybody; None where there is no page."""
    said = Answered()
    asked = _asked(host, path, query)
    response = _application()(asked, said)
    body = response.content if isinstance(response, HttpResponse) else b""
    response.close()
    if said.status[:3] in {"404", "410"}:
        return None
    if said.status[:3] != "200":
        raise RuntimeError(f"{path} answers {said.status}")
    return body


def _asked(host: str, path: str, query: str) -> WSGIEnvironment:
    address = urlsplit(environment().address())
    asked: WSGIEnvironment = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": host or address.netloc,
        "HTTP_X_FORWARDED_PROTO": address.scheme,
    }
    setup_testing_defaults(asked)
    return asked


@cache
def build() -> str:
    """A digest of the code and templates that make pages: a copy of others is made anew."""
    total = hashlib.sha256()
    for place in (ROOT / "src" / "yiwang", ROOT / "cities" / environment().city):
        for path in sorted(place.rglob("*")):
            if path.suffix in {".py", ".html", ".xml", ".yaml", ".csv", ".svg", ".js"}:
                found = path.stat()
                total.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return total.hexdigest()[:32]


@cache
def _application() -> WSGIHandler:
    return WSGIHandler()


def _put(host: str, path: str, query: str, body: bytes) -> None:
    file = copy_files.file_of(host, path, query)
    if file is not None:
        copy_files.write(file, body)


def _places(address: str) -> Iterable[tuple[str, str]]:
    """Hosts and paths at which an address stands, in both languages."""
    site, _, inner = address.partition("/")
    hosts = [host for host, code in settings.YIWANG_SITE_HOSTS.items() if code == site]
    for language in ("", "/en"):
        yield "", f"{language}/sites/{address}"
        yield from ((host, f"{language}/{inner}") for host in hosts)


def _rows(statement: str, params: dict[str, int]) -> Sequence[Sequence[object]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        found: list[tuple[object, ...]] = cursor.fetchall()
    return found
