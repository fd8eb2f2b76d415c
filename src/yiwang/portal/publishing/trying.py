"""One look at an outside address: at the number that was judged, without reading what it says, in seconds."""

from __future__ import annotations

import socket
import ssl
from urllib.parse import urljoin, urlsplit

import httpx

from yiwang.exchange.api import may_be_called, networks_of
from yiwang.portal.publishing.rules.trying import Answer, judged

_SECONDS = 5.0
_MOST_REDIRECTIONS = 3
_PORTS = {"http": 80, "https": 443}
_HEADERS = {"User-Agent": "Yiwang-Link-Check/1", "Accept": "*/*"}


def try_address(url: str, *, allowed: str = "") -> Answer:
    """Try an address and where it leads on to; ``allowed`` names inner networks that may be asked.

    Every hop is resolved once, every number of it judged, and the connection goes to the number that was
    judged: no page can make this server ask what only it reaches (server-side request forgery).
    """
    for _ in range(_MOST_REDIRECTIONS + 1):
        answer = _ask(url, allowed)
        if isinstance(answer, Answer):
            return answer
        url = urljoin(url, answer)
    return Answer(problem="broken")


def _ask(url: str, allowed: str) -> Answer | str:
    """One request: what it says, or where it leads on to."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)
        if not host or not port:
            return Answer(problem="no_host")
        found = [str(line[4][0]) for line in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, ValueError):
        return Answer(problem="no_host")
    networks = networks_of(allowed)
    if not found or not all(may_be_called(number, networks) for number in found):
        return Answer(problem="not_allowed")
    try:
        with httpx.Client(timeout=_SECONDS, trust_env=False, follow_redirects=False) as client:
            request = client.build_request(
                "GET",
                httpx.URL(url).copy_with(host=found[0]),
                headers={**_HEADERS, "Host": parts.netloc.rpartition("@")[2]},
                extensions={"sni_hostname": host},
            )
            answer = client.send(request, stream=True)
            answer.close()
    except httpx.ConnectError as problem:
        is_certificate = isinstance(problem.__context__, ssl.SSLError) or "CERTIFICATE" in str(problem)
        return Answer(problem="certificate" if is_certificate else "silent")
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError):
        return Answer(problem="silent")
    where = answer.headers.get("Location", "")
    return where if answer.has_redirect_location and where else judged(answer.status_code)
