"""Fetches documents of other catalogues, and nothing that lies inside this network.

The name is resolved once, every address is judged, and the connection goes to the address that was judged,
so that a name which changes its mind between looking and connecting (DNS rebinding) gains nothing.
Redirections are judged like the first address. Size and time are limited.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urljoin, urlsplit

from yiwang.exchange.rules.foreign import all_public, refuse_address
from yiwang.kernel.errors import UpstreamFailed
from yiwang.kernel.text import Text

MOST_BYTES = 20_000_000
_SECONDS = 30.0
_MOST_REDIRECTIONS = 3
_PIECE = 65_536
_SILENT = Text("没有回应", "no answer")
_PORTS = {"http": 80, "https": 443}
_ACCEPT = "text/turtle, application/ld+json, application/json;q=0.9, */*;q=0.1"


@dataclass(eq=False)
class NotFetched(UpstreamFailed):
    """A document could not be had; says why. Names no address: it may hold a secret."""

    reason: Text = _SILENT
    text: ClassVar[Text] = Text("没有读到目录：{reason}", "The catalogue was not read: {reason}")


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document and its media type."""

    body: bytes
    media_type: str


def fetch(address: str, *, inside: frozenset[str], most_bytes: int = MOST_BYTES) -> Fetched:
    """Get a document; hosts named in ``inside`` may lie within this network.

    Raises:
        NotFetched: the address is not allowed, or there is no whole answer in time.
    """
    until = time.monotonic() + _SECONDS
    for _ in range(_MOST_REDIRECTIONS + 1):
        refused = refuse_address(address)
        if refused is not None:
            raise NotFetched(reason=refused)
        answer = _ask(address, inside=inside, most_bytes=most_bytes, until=until)
        if isinstance(answer, Fetched):
            return answer
        address = urljoin(address, answer)
    raise NotFetched(reason=Text("重定向过多", "too many redirections"))


def _ask(address: str, *, inside: frozenset[str], most_bytes: int, until: float) -> Fetched | str:
    """One request: the document, or where it is said to be."""
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    number = _resolved(host, port, inside)
    connection = _Judged(parts.scheme, host, port, number)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("GET", path, headers={"Accept": _ACCEPT, "User-Agent": "Yiwang-Harvest/1"})
        answer = connection.getresponse()
        if answer.status in {301, 302, 303, 307, 308} and answer.headers.get("Location"):
            return str(answer.headers["Location"])
        if answer.status != 200:
            said = Text(f"回应{answer.status}", f"it answered {answer.status}")
            raise NotFetched(reason=said, retryable=answer.status >= 500)
        body = _read(answer, most_bytes, until)
    except (OSError, http.client.HTTPException):
        raise NotFetched(reason=Text("连接中断或超时", "the connection broke or took too long")) from None
    finally:
        connection.close()
    return Fetched(body, str(answer.headers.get_content_type()))


def _resolved(host: str, port: int, inside: frozenset[str]) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotFetched(reason=Text("找不到主机", "the host is not found")) from None
    numbers = [str(entry[4][0]) for entry in found]
    if host not in inside and not all_public(numbers):
        raise NotFetched(reason=Text("不读取内部网络的地址", "addresses of the inner network are not read"))
    return numbers[0]


def _read(answer: http.client.HTTPResponse, most_bytes: int, until: float) -> bytes:
    pieces, size = list[bytes](), 0
    while piece := answer.read1(
        _PIECE
    ):  # as it comes: a whole piece of a slow sender would outlast any limit
        size += len(piece)
        if size > most_bytes:
            raise NotFetched(reason=Text(f"超过{most_bytes:,}字节", f"larger than {most_bytes:,} bytes"))
        if time.monotonic() > until:
            raise NotFetched(reason=Text("超过时限", "it took too long"))
        pieces.append(piece)
    return b"".join(pieces)


class _Judged(http.client.HTTPConnection):
    """Connects to the address that was judged, and speaks to the name that was asked for."""

    def __init__(self, scheme: str, host: str, port: int, number: str) -> None:
        super().__init__(host, port, timeout=10.0)
        self._scheme, self._number = scheme, number
        # so that the header Host names a port only where it is unusual
        self.default_port = _PORTS[scheme]

    def connect(self) -> None:
        """To the number, with the certificate of the name."""
        self.sock = socket.create_connection((self._number, self.port), self.timeout)
        if self._scheme == "https":
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
