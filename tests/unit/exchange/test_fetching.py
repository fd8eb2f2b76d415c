"""A catalogue that is sent a byte at a time does not hold the worker."""

from __future__ import annotations

import socket
import time
from threading import Thread

import pytest

from yiwang.exchange.catalogue import fetching


def _drip(listening: socket.socket, sent: list[bytes]) -> None:
    connection, _ = listening.accept()
    with connection:
        connection.recv(10_000)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/turtle\r\nContent-Length: 1000\r\n\r\n")
        try:
            for _ in range(1_000):
                connection.sendall(b"x")
                sent.append(b"x")
                time.sleep(0.1)
        except OSError:
            return


def test_a_slow_sender_is_left_in_time(monkeypatch):
    monkeypatch.setattr(fetching, "_SECONDS", 0.4)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        sent: list[bytes] = []
        sender = Thread(target=_drip, args=(listening, sent))
        sender.start()

        with pytest.raises(fetching.NotFetched) as refused:
            fetching.fetch(f"http://127.0.0.1:{listening.getsockname()[1]}/", inside=frozenset({"127.0.0.1"}))

        assert refused.value.reason.en == "it took too long"
        sender.join()
    assert len(sent) < 1_000
