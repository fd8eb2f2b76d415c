"""A cheap client of HTTP/1.1: one process, raw sockets that stay open, bytes made before the clock starts.

It shares the machine with what it measures, so it must cost little, and tells what it cost: 30 to 60 µs of
processor an answer, most of it the kernel's, where the answer itself costs a millisecond.
"""

from __future__ import annotations

import selectors
import socket
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Load:
    """What so many clients saw: seconds in all, seconds of each answer, answers by status."""

    seconds: float = 0.0
    #: Processor seconds of this process, which shares the machine with what it measures.
    cpu: float = 0.0
    waits: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    last: bytes = b""

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.waits) / self.seconds

    def at(self, share: float) -> float:
        """The milliseconds within which this share of answers came."""
        ordered = sorted(self.waits)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def middle(self) -> float:
        """The median in milliseconds."""
        return 1000 * statistics.median(self.waits)


class _Client:
    def __init__(self, address: tuple[str, int], requests: Sequence[bytes]) -> None:
        self.socket = socket.create_connection(address)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.requests = requests
        self.next = 0
        self.begun = 0.0
        self.parts: list[bytes] = []
        #: Bytes read of the present answer, and how many it has, once its head told.
        self.got, self.whole = 0, 0

    def send(self) -> bool:
        """Send the next request; False when all are sent."""
        if self.next == len(self.requests):
            return False
        self.begun = time.perf_counter()
        self.socket.sendall(self.requests[self.next])
        self.next += 1
        return True

    def take(self) -> bytes | None:
        """Read what is there; the answer once it is whole."""
        came = self.socket.recv(1 << 18)
        if not came:
            raise ConnectionError("the server closed the connection in the middle of an answer")
        self.parts.append(came)
        self.got += len(self.parts[-1])
        if self.got < self.whole:
            return None
        answer = b"".join(self.parts)
        if self.whole:
            return self._taken(answer)
        head, found, rest = answer.partition(b"\r\n\r\n")
        self.parts = [answer]
        if not found:
            return None
        lowered = head.lower()
        if b"transfer-encoding: chunked" in lowered:
            return self._taken(answer) if rest.endswith(b"0\r\n\r\n") else None
        place = lowered.find(b"content-length:")
        length = int(lowered[place + 15 :].split(b"\r\n", 1)[0]) if place >= 0 else 0
        self.whole = len(head) + 4 + length
        return self._taken(answer) if self.got >= self.whole else None

    def _taken(self, answer: bytes) -> bytes:
        self.parts, self.got, self.whole = [], 0, 0
        return answer


def post(path: str, body: bytes, *headers: str) -> bytes:
    """The bytes of a request with a JSON body."""
    return (
        _request("POST", path, f"Content-Type: application/json\r\nContent-Length: {len(body)}", *headers)
        + body
    )


def get(path: str, *headers: str) -> bytes:
    """The bytes of a request without a body."""
    return _request("GET", path, *headers)


def _request(method: str, path: str, *headers: str) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: keep-alive", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def run(address: tuple[str, int], shares: Sequence[Sequence[bytes]]) -> Load:
    """Have one client for each share send it, one request after the other's answer, all side by side."""
    found = Load()
    with selectors.DefaultSelector() as selector:
        clients = [_Client(address, share) for share in shares]
        begun, spent = time.perf_counter(), time.process_time()
        for client in clients:
            selector.register(client.socket, selectors.EVENT_READ, client)
            client.send()
        open_ones = len(clients)
        while open_ones:
            for key, _ in selector.select():
                client = key.data
                answer = client.take()
                if answer is None:
                    continue
                found.waits.append(time.perf_counter() - client.begun)
                found.statuses[int(answer[9:12])] += 1
                found.last = answer
                if not client.send():
                    selector.unregister(client.socket)
                    client.socket.close()
                    open_ones -= 1
        found.seconds, found.cpu = time.perf_counter() - begun, time.process_time() - spent
    return found
