"""nginx itself reads the configuration, and gives the copy while the installation is down."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from yiwang.portal.keeping.nginx import configuration

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed here")
PAGES = {
    "_/sites/environment/news/index.html": "news",
    "_/sites/environment/news/page-2.html": "second screen",
    "_/sites/environment/files/7/index.jpg": "river",
    "_/static/theme/theme.css": "dress",
    "_/unavailable/index.html": "not now",
    "env.example/news/index.html": "own host",
}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    for name, text in PAGES.items():
        file = tmp_path / "pages" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    port, dead = free_port(), free_port()
    blocks = configuration(
        upstream=f"127.0.0.1:{dead}", root=tmp_path / "pages", port=port, own_hosts=["env.example"],
        headers={"Content-Security-Policy": "default-src 'none'; style-src 'self'"},
    )  # fmt: skip
    (tmp_path / "mime.types").write_text("types { text/css css; image/jpeg jpg; text/html html; }")
    temporary = "".join(
        f"{name}_temp_path {tmp_path}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = (
        f"daemon off; user root; pid {tmp_path}/pid; error_log stderr; events {{}} "
        f"http {{ access_log off; {temporary} {blocks} }}"
    )
    (tmp_path / "nginx.conf").write_text(whole)
    words = [str(NGINX), "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    tried = subprocess.run([*words, "-t"], capture_output=True, text=True, check=False)
    assert "syntax is ok" in tried.stderr, tried.stderr
    process = subprocess.Popen(words, stderr=subprocess.DEVNULL)
    try:
        for _ in range(1_200):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                break
        yield port
    finally:
        process.terminate()
        process.wait(120)


def test_b38_nginx_gives_the_copy_while_the_installation_is_down(port: int):
    def ask(path: str, *, method: str = "GET", host: str = "city.example") -> tuple[int, str, str]:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request(method, path, headers={"Host": host})
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, body, answer.headers.get("Content-Security-Policy", "")

    policy = "default-src 'none'; style-src 'self'"
    assert ask("/sites/environment/news/") == (200, "news", policy)
    assert ask("/sites/environment/news/?page=2") == (200, "second screen", policy)
    assert ask("/sites/environment/news/?page=../2") == (200, "news", policy)
    assert ask("/sites/environment/files/7/") == (200, "river", "default-src 'none'; sandbox")
    assert ask("/static/theme/theme.css")[:2] == (200, "dress")
    assert ask("/news/", host="env.example") == (200, "own host", policy)
    assert ask("/account/") == (503, "not now", policy)
    assert ask("/sites/environment/news/", method="POST")[:2] == (503, "not now")
