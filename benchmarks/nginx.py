"""The floor of ``bench portal``: nginx that gives the same bytes from files."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from benchmarks.progress import told

_CONFIGURATION = """
user root;
daemon off;
pid {home}/nginx.pid;
error_log stderr crit;
worker_processes 2;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
  default_type text/html;
  client_body_temp_path {home}/body;
  proxy_temp_path {home}/proxy;
  fastcgi_temp_path {home}/fastcgi;
  uwsgi_temp_path {home}/uwsgi;
  scgi_temp_path {home}/scgi;
  server {{ listen 127.0.0.1:{port}; root {home}/pages; }}
}}
"""


def nginx_command(home: Path, pages: Mapping[str, bytes], port: int) -> list[str] | None:
    """The words that start it on these pages by address; None, and why, where there is no nginx."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        told("Left out nginx: install it by `apt-get install nginx-light`")
        return None
    shutil.rmtree(home, ignore_errors=True)
    for path, body in pages.items():
        file = home / "pages" / path.strip("/") / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)
    (home / "nginx.conf").write_text(_CONFIGURATION.format(home=home, port=port))
    return [program, "-p", str(home), "-c", str(home / "nginx.conf")]
