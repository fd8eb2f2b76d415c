"""Programs that others wrote, each in a process of its own; what they ask is answered in the transaction."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.test import Client

from yiwang.identity.testing import sign_in
from yiwang.platform.contracts import Actor

_TURNS = 900


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


def _answer(actor: Actor | None, environ, start):
    """As the test's own client asks: a real request would close the connection on which the test stands."""
    asked = f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}"
    named = {name: environ[name] for name in ("HTTP_HOST", "HTTP_ACCEPT") if name in environ}
    client = Client() if actor is None else sign_in(Client(), actor)
    answer = client.generic(environ["REQUEST_METHOD"], asked, **named)
    start(f"{answer.status_code} {answer.reason_phrase}", list(answer.items()))
    return [answer.content]


def read_by(
    script: str, path: str = "/ogc/", *, actor: Actor | None = None, python: str = sys.executable
) -> dict[str, object]:
    """What a script prints as JSON; its argument is the address of ``path``, where ``actor`` is signed in."""
    with make_server("127.0.0.1", 0, partial(_answer, actor), handler_class=_Quiet) as server:
        server.timeout = 0.2
        at = f"http://127.0.0.1:{server.server_port}{path}"
        with subprocess.Popen(
            [python, "-c", script, at], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as client:
            for _ in range(_TURNS):
                if client.poll() is not None:
                    break
                server.handle_request()
            client.kill()
            said, wrong = client.communicate()
    assert said, wrong[-2000:]
    found = json.loads(said)
    assert isinstance(found, dict)
    return found
