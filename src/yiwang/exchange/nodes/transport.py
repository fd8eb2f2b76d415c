"""Connections to other nodes: TLS 1.3, both sides with certificates of the city's authority.

By the standard library: a request by httpx takes three times the work of one by ``http.client`` (1.1 and 0.3
ms), which was a third of what a look at another node costs the asking side.
"""

from __future__ import annotations

import select
import ssl
from functools import lru_cache
from http.client import HTTPException, HTTPSConnection
from threading import Lock
from urllib.parse import urlsplit

from yiwang.exchange.nodes.contracts import HttpMessage, NodeUnreachable, Peer
from yiwang.exchange.nodes.files import CHAIN, KEY, ROOT, tls_folder
from yiwang.exchange.nodes.rules.messages import MOST_BYTES

_CONNECT_SECONDS, _ANSWER_SECONDS = 2.0, 10.0
_MOST_ANSWER = 10 * MOST_BYTES
#: Idle connections kept to each node.
_KEPT = 16
_SIGNED = ("content-digest", "content-type", "date", "yiwang-message", "signature-input", "signature")


def send(peer: Peer, request: HttpMessage) -> HttpMessage:
    """Send and give the answer as it came; nothing of it is believed yet.

    Raises:
        NodeUnreachable
    """
    try:
        stamp = (tls_folder() / CHAIN).stat().st_mtime_ns
        status, found, body = _connections(stamp).exchange(request)
    except (OSError, HTTPException, ValueError):
        raise NodeUnreachable(node=peer.node, retryable=True) from None
    if len(body) > _MOST_ANSWER:
        raise NodeUnreachable(node=peer.node)
    if "signature" not in found:
        # Refused before it could be believed, or stopped: not evidence of anything, to be asked again.
        raise NodeUnreachable(node=peer.node, retryable=status >= 500)
    kept = {name: found[name] for name in _SIGNED if name in found}
    return HttpMessage(status=status, headers=kept, body=body)


class _Connections:
    """Open connections by address; a question takes one out and puts it back when the answer is read."""

    def __init__(self) -> None:
        folder = tls_folder()
        self._context = ssl.create_default_context(cafile=str(folder / ROOT))
        self._context.minimum_version = ssl.TLSVersion.TLSv1_3
        self._context.load_cert_chain(folder / CHAIN, folder / KEY)
        self._lock = Lock()
        self._idle: dict[tuple[str, int], list[HTTPSConnection]] = {}

    def exchange(self, request: HttpMessage) -> tuple[int, dict[str, str], bytes]:
        """Status, headers by name in lower case, and body; at most a byte more than allowed of it."""
        address = urlsplit(request.target)
        place = (address.hostname or "", address.port or 443)
        connection = self._taken(place)
        try:
            connection.request(request.method, address.path, body=request.body, headers=dict(request.headers))
            answer = connection.getresponse()
            body = answer.read(_MOST_ANSWER + 1)
        except BaseException:
            connection.close()
            raise
        if answer.will_close or not answer.isclosed():
            connection.close()
        else:
            self._put_back(place, connection)
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body

    def _taken(self, place: tuple[str, int]) -> HTTPSConnection:
        while True:
            with self._lock:
                idle = self._idle.get(place)
                kept = idle.pop() if idle else None
            if kept is None:
                return self._opened(place)
            waiting = select.poll()
            waiting.register(kept.sock, select.POLLIN)
            # Something to read where nothing was asked: the other side has closed it.
            if not waiting.poll(0):
                return kept
            kept.close()

    def _opened(self, place: tuple[str, int]) -> HTTPSConnection:
        made = HTTPSConnection(*place, timeout=_CONNECT_SECONDS, context=self._context)
        made.connect()
        made.sock.settimeout(_ANSWER_SECONDS)
        return made

    def _put_back(self, place: tuple[str, int], connection: HTTPSConnection) -> None:
        with self._lock:
            idle = self._idle.setdefault(place, [])
            if len(idle) < _KEPT:
                idle.append(connection)
                return
        connection.close()


@lru_cache(maxsize=2)
def _connections(stamp: int) -> _Connections:
    """One pool a process and certificate; a renewed certificate opens a new one."""
    return _Connections()
