"""The configuration of nginx before an installation: it passes on; when nothing answers it gives the copy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

_ENDINGS = ("jpg", "png", "pdf", "docx", "xlsx", "ofd", "zip", "svg")
_PROXY = """
    location / {{
        proxy_pass http://{upstream};
        proxy_http_version 1.1;
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_set_header Connection "";
        proxy_connect_timeout 2s;
        error_page 502 504 = @copy;
    }}
    location @copy {{
        root {root}/{host};
        {headers}
        if ($request_method !~ ^(GET|HEAD)$) {{ return 503; }}
        try_files ${{uri}}$yiwang_screen ${{uri}}index.html $uri =503;
        error_page 503 /{unavailable};
    }}
    location ~ ^(/sites/[a-z0-9-]+)?/files/[0-9]+/$ {{
        proxy_pass http://{upstream};
        proxy_http_version 1.1;
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_set_header Connection "";
        proxy_connect_timeout 2s;
        error_page 502 504 = @file;
    }}
    location @file {{
        root {root}/{host};
        add_header Content-Security-Policy "default-src 'none'; sandbox" always;
        add_header X-Content-Type-Options nosniff always;
        try_files {files} =503;
    }}
    location = /{unavailable} {{
        internal;
        root {root}/_;
        {headers}
    }}
"""
_SERVER = """server {{
    listen {port};
    server_name {names};
    include mime.types;
    default_type text/html;
    charset utf-8;
    client_max_body_size 60m;
    recursive_error_pages on;{locations}}}
"""
_MAP = """# What a list's further screen is called in the copy.
map $arg_page $yiwang_screen {
    "~^(?<yiwang_number>[1-9][0-9]{0,3})$" page-$yiwang_number.html;
    default index.html;
}
"""


def configuration(
    *, upstream: str, root: Path, port: int, own_hosts: Iterable[str], headers: Mapping[str, str]
) -> str:
    """Blocks for ``http``: one server for the installation, one for each site with a host of its own."""
    said = "\n        ".join(f'add_header {name} "{text}" always;' for name, text in headers.items())
    files = " ".join(f"${{uri}}index.{ending}" for ending in _ENDINGS)
    servers = []
    for host in ("_", *own_hosts):
        locations = _PROXY.format(
            upstream=upstream, root=root, host=host, headers=said, files=files, unavailable=_UNAVAILABLE
        )
        names = f"{port} default_server" if host == "_" else str(port)
        servers.append(_SERVER.format(port=names, names=host, locations=locations))
    return "\n".join([_MAP, *servers])


_UNAVAILABLE = "unavailable/index.html"
