"""Connections to other nodes: TLS 1.3, both sides with certificates of the city's authority."""

from __future__ import annotations

import ssl
from functools import lru_cache

import httpx

from yiwang.exchange.nodes.contracts import HttpMessage, NodeUnreachable, Peer
from yiwang.exchange.nodes.files import CHAIN, KEY, ROOT, tls_folder
from yiwang.exchange.nodes.rules.messages import MOST_BYTES

_SECONDS = httpx.Timeout(10.0, connect=2.0)
_MOST_ANSWER = 10 * MOST_BYTES
_CONNECTIONS = 16


def send(peer: Peer, request: HttpMessage) -> HttpMessage:
    """Send and give the answer as it came; nothing of it is believed yet.

    Raises:
        NodeUnreachable
    """
    stamp = (tls_folder() / CHAIN).stat().st_mtime_ns
    try:
        with _client(stamp).stream(
            request.method, request.target, headers=dict(request.headers), content=request.body
        ) as answer:
            body = b""
            for part in answer.iter_bytes():
                body += part
                if len(body) > _MOST_ANSWER:
                    raise NodeUnreachable(node=peer.node)
    except httpx.HTTPError:
        raise NodeUnreachable(node=peer.node, retryable=True) from None
    if "signature" not in answer.headers:
        # Refused before it could be believed, or stopped: not evidence of anything, to be asked again.
        raise NodeUnreachable(node=peer.node, retryable=answer.status_code >= 500)
    headers = {name.lower(): value for name, value in answer.headers.items()}
    kept = {name: headers[name] for name in _SIGNED if name in headers}
    return HttpMessage(status=answer.status_code, headers=kept, body=body)


_SIGNED = ("content-digest", "content-type", "date", "yiwang-message", "signature-input", "signature")


@lru_cache(maxsize=2)
def _client(stamp: int) -> httpx.Client:
    """One pool a process and certificate; a renewed certificate opens a new one."""
    folder = tls_folder()
    context = ssl.create_default_context(cafile=str(folder / ROOT))
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_cert_chain(folder / CHAIN, folder / KEY)
    limits = httpx.Limits(max_connections=_CONNECTIONS, max_keepalive_connections=_CONNECTIONS)
    return httpx.Client(
        verify=context, timeout=_SECONDS, limits=limits, follow_redirects=False, trust_env=False
    )
