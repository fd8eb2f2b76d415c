"""One POST to somebody else's system: to the number that was judged, without redirects, within seconds."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from yiwang.exchange.callbacks.rules.addresses import may_be_called, networks_of
from yiwang.platform.environment import environment

_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of a try: an HTTP status, or the name of what went wrong."""

    status: int | None
    problem: str = ""

    @property
    def is_success(self) -> bool:
        """Only 2xx says that it was heard."""
        return self.status is not None and 200 <= self.status < 300


def send(url: str, body: bytes, headers: dict[str, str]) -> Heard:
    """POST once, to the number that the name has now: it can't change between judging and calling."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    try:
        number = _resolved(host, port)
        if number is None:
            return Heard(None, "address_not_allowed")
        with httpx.Client(timeout=_SECONDS, trust_env=False, follow_redirects=False) as client:
            placed = httpx.URL(url).copy_with(host=number)
            request = client.build_request(
                "POST", placed, content=body, headers=headers | {"Host": parts.netloc},
                extensions={"sni_hostname": host},
            )  # fmt: skip
            answer = client.send(request, stream=True)
            answer.close()
            return Heard(answer.status_code)
    except (httpx.HTTPError, OSError, ValueError) as problem:
        return Heard(None, type(problem).__name__)


def _resolved(host: str, port: int) -> str | None:
    """The first number of a name, if every number of it may be called."""
    allowed = networks_of(environment().callback_networks)
    found = [str(line[4][0]) for line in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    return found[0] if found and all(may_be_called(number, allowed) for number in found) else None
