"""What stands before the framework: a page that is the same for everybody is answered from what is kept.

A kept page is given while a look that is younger than 1.4 s knows of nothing that has touched it, so that
every process of every machine shows a publication or a withdrawal within two seconds, whoever was killed
between.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.http import HttpResponse

from yiwang.platform.environment import environment
from yiwang.portal.keeping import copy_files
from yiwang.portal.keeping.contracts import Kept
from yiwang.portal.keeping.looking import Watch
from yiwang.portal.keeping.marking import parts_shown
from yiwang.portal.keeping.rules import requests
from yiwang.portal.keeping.rules.requests import Key

Headers = list[tuple[str, str]]
#: What a process holds in memory at most; and for how long it holds a page without making it anew, since a
#: few show something that is not of the sites (a service, a survey).
MOST_BYTES, LONGEST = 64_000_000, 300.0
#: Seconds after which a thread makes a page although another is at it.
_LONGEST_WAIT = 3.0
_POLICY = "public, no-cache"
_VARY = "Accept-Encoding, Cookie"
#: Made for each answer, or said anew here.
_NOT_KEPT = frozenset({"x-request-id", "content-length", "cache-control", "vary", "etag", "content-type"})

#: Asked by supervisors, and what pages are dressed in: they need no database, or say so themselves.
_READY, _ALWAYS = "/readyz", ("/static/", "/healthz", "/readyz", "/favicon.ico")
_PROGRAMS = "/api/"
_OF_503 = frozenset({"cache-control", "content-type", "content-length"})


class Front:
    """A WSGI application around the installation's own."""

    def __init__(self, application: WSGIApplication, watch: Watch, *, own_hosts: Mapping[str, str]) -> None:
        self._application = application
        self._watch = watch
        self._own_hosts = own_hosts
        self._kept: dict[Key, Kept] = {}
        self._bytes = 0
        self._locks = [threading.Lock() for _ in range(64)]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Give what is kept, or have it made."""
        key = requests.key_of(environ, self._own_hosts.keys())
        if key is not None or environ["PATH_INFO"] == _READY:
            self._watch.begin()
        if self._watch.is_down and not str(environ["PATH_INFO"]).startswith(_ALWAYS):
            return self._without_database(key, environ, start_response)
        if key is None or not self._watch.is_trusted():
            return self._own(key, environ, start_response)
        kept = self._good(key)
        if kept is None:
            with self._alone(key):
                kept = self._good(key)
                if kept is None:
                    return self._made(key, environ, start_response)
        return give(kept, environ, start_response)

    def _good(self, key: Key) -> Kept | None:
        kept = self._kept.get(key)
        if kept is None or time.monotonic() - kept.made >= LONGEST:
            return None
        return kept if self._watch.holds(kept.parts, kept.look) else None

    @contextmanager
    def _alone(self, key: Key) -> Iterator[None]:
        """One thread makes a page while the others wait for it: readers come in crowds after a publication.

        A page that is long in the making keeps nobody waiting longer than that.
        """
        lock = self._locks[hash(key) % len(self._locks)]
        is_first = lock.acquire(timeout=_LONGEST_WAIT)
        try:
            yield
        finally:
            if is_first:
                lock.release()

    def _made(self, key: Key, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        look = self._watch.number
        answered = Answered()
        answer = self._application(requests.anybodys(environ, key), answered)
        names = {name.lower() for name, _ in answered.headers}
        parts = parts_shown(answer)
        if isinstance(answer, HttpResponse) and parts and "set-cookie" not in names:
            body = answer.content
            answer.close()
            kept = keep(body, answered.headers, parts, look)
            self._hold(key, kept)
            return give(kept, environ, start_response)
        if answered.status.startswith("200") or "set-cookie" in names:  # it is this reader's own
            _close(answer)
            return self._own(key, environ, start_response)
        return self._passed_on(answer, answered, key, environ, start_response)

    def _own(
        self, key: Key | None, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """The answer for this reader alone."""
        answered = Answered()
        answer = self._application(environ, answered)
        return self._passed_on(answer, answered, key, environ, start_response)

    def _passed_on(
        self,
        answer: Iterable[bytes],
        answered: Answered,
        key: Key | None,
        environ: WSGIEnvironment,
        start_response: StartResponse,
    ) -> Iterable[bytes]:
        """As it is, unless it failed because the database went since the last look."""
        if answered.status.startswith("500"):
            self._watch.begin()
            self._watch.try_look()
            if self._watch.is_down:
                _close(answer)
                return self._without_database(key, environ, start_response)
        start_response(answered.status, answered.headers)
        return answer

    def _without_database(
        self, key: Key | None, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """A page from memory or from the copy; for all else the honest word that it does not work now.

        Nobody can withdraw anything while the database is down, and what was withdrawn before is not in the
        copy, nor current here.
        """
        host = environ.get("HTTP_HOST", "").partition(":")[0].lower()
        own = host if host in self._own_hosts else ""
        asked = requests.anybodys(environ, key) if key else {**environ, "HTTP_COOKIE": ""}
        asked["REQUEST_METHOD"] = "GET"
        language = "/en" if str(environ["PATH_INFO"]).startswith("/en/") else ""
        asked |= {"PATH_INFO": f"{language}/unavailable/", "QUERY_STRING": ""}
        if str(environ["PATH_INFO"]).startswith(_PROGRAMS):
            asked["HTTP_ACCEPT"] = "application/json"
        if own:
            asked["HTTP_HOST"] = urlsplit(environment().address()).netloc
        answered = Answered()
        unavailable = self._application(asked, answered)
        if key is not None:
            kept = self._kept.get(key)
            if kept is not None and self._watch.holds(kept.parts, kept.look):
                _close(unavailable)
                return give(kept, environ, start_response)
            copied = self._copied(own, key, answered.headers)
            if copied is not None:
                _close(unavailable)
                return give(copied, environ, start_response)
        headers = [(name, text) for name, text in answered.headers if name.lower() != "cache-control"]
        headers += [("Cache-Control", "no-store"), ("Retry-After", "60")]
        start_response(_line(HTTPStatus.SERVICE_UNAVAILABLE), headers)
        return unavailable

    def _copied(self, own: str, key: Key, headers: Headers) -> Kept | None:
        """A page of the copy, unless this process knows that it changed after the copy was made."""
        _, _, path, query, _ = key
        inner = path.removeprefix("/en").removeprefix("/hant")
        address = f"{self._own_hosts[own]}{inner}" if own else inner.removeprefix("/sites/")
        body = copy_files.read(own, path, query)
        if body is None or not self._watch.holds_since((f"page:{address}",), copy_files.position()):
            return None
        media_type = (
            "application/xml"
            if path.endswith(("/feed/", "/feed/rss/", ".xml"))
            else "text/html; charset=utf-8"
        )
        same = [(name, text) for name, text in headers if name.lower() not in _OF_503]
        return keep(body, [*same, ("Content-Type", media_type)], (), 0)

    def _hold(self, key: Key, kept: Kept) -> None:
        self._let_go(key)
        self._kept[key] = kept
        self._bytes += _size(kept)
        while self._bytes > MOST_BYTES and self._kept:
            self._let_go(next(iter(self._kept)))

    def _let_go(self, key: Key) -> None:
        gone = self._kept.pop(key, None)
        if gone is not None:
            self._bytes -= _size(gone)


class Answered:
    """Takes status and headers of an answer."""

    def __init__(self) -> None:
        self.status = ""
        self.headers: Headers = []
        self._written: list[bytes] = []

    def __call__(
        self, status: str, headers: Headers, exc_info: object = None, /
    ) -> Callable[[bytes], object]:
        self.status, self.headers = status, list(headers)
        return self._written.append


def keep(body: bytes, headers: Headers, parts: tuple[str, ...], look: int) -> Kept:
    """An answer ready to be given again."""
    named = {name.lower(): text for name, text in headers}
    return Kept(
        look=look,
        parts=parts,
        made=time.monotonic(),
        tag=hashlib.sha256(body).hexdigest()[:32],
        media_type=named["content-type"],
        headers=tuple((name, text) for name, text in headers if name.lower() not in _NOT_KEPT),
        body=body,
        packed=gzip.compress(body, 6, mtime=0),
    )


def give(kept: Kept, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """The answer as this reader takes it: whole, packed, or that he has it."""
    packed = requests.takes_packed(environ)
    tag = f'"{kept.tag}{"-gz" if packed else ""}"'
    headers = [*kept.headers, ("Cache-Control", _POLICY), ("Vary", _VARY), ("ETag", tag)]
    if requests.knows(environ, kept.tag):
        start_response(_line(HTTPStatus.NOT_MODIFIED), headers)
        return [b""]
    body = kept.packed if packed else kept.body
    headers += [("Content-Type", kept.media_type), ("Content-Length", str(len(body)))]
    if packed:
        headers.append(("Content-Encoding", "gzip"))
    start_response(_line(HTTPStatus.OK), headers)
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]


def _line(status: HTTPStatus) -> str:
    return f"{status.value} {status.phrase}"


def _size(kept: Kept) -> int:
    return len(kept.body) + len(kept.packed) + 2_000


def _close(answer: Iterable[bytes]) -> None:
    if isinstance(answer, HttpResponse):
        answer.close()
