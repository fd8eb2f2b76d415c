"""Which requests are answered by a kept page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

#: Host, whether by TLS, address within the installation, query, view: what an answer may depend on.
Key = tuple[str, str, str, str, str]

_PUBLIC = re.compile(r"(?:/en|/hant)?/sites/[a-z0-9-]+/.*")
_QUERY = re.compile(r"(?:page=[1-9][0-9]{0,3})?")
_VIEW = re.compile(r"(?:^|;\s*)yiwang_view=(large|elder)(?:;|$)")
_FILES = "/files/"
#: What the page never depends on, and so is not told; a view of the reader's choice is told by itself.
_OWN = (
    "HTTP_ACCEPT_ENCODING",
    "HTTP_COOKIE",
    "HTTP_AUTHORIZATION",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_RANGE",
    "HTTP_X_REQUESTED_WITH",
)


def key_of(environ: Mapping[str, object], own_hosts: Set[str]) -> Key | None:
    """What to look for; None where the answer is not the same for everybody."""
    path, query = str(environ["PATH_INFO"]), str(environ.get("QUERY_STRING", ""))
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or (query and not _QUERY.fullmatch(query)):
        return None
    host = str(environ.get("HTTP_HOST", "")).lower()
    if _FILES in path or (host.partition(":")[0] not in own_hosts and not _PUBLIC.fullmatch(path)):
        return None
    if "json" in str(environ.get("HTTP_ACCEPT", "")):
        return None
    scheme = str(environ.get("HTTP_X_FORWARDED_PROTO", ""))
    return host, scheme, path, query, view_of(str(environ.get("HTTP_COOKIE", "")))


def view_of(cookie: str) -> str:
    """The view that the reader chose; empty for none, and for what is no such view."""
    found = _VIEW.search(cookie) if cookie else None
    return found[1] if found else ""


def anybodys(environ: Mapping[str, object], key: Key) -> dict[str, object]:
    """The request without what tells one reader from another; HEAD becomes GET."""
    found = {name: value for name, value in environ.items() if name not in _OWN}
    found["REQUEST_METHOD"] = "GET"
    if key[-1]:
        found["HTTP_COOKIE"] = f"yiwang_view={key[-1]}"
    return found


def takes_packed(environ: Mapping[str, object]) -> bool:
    """Whether the reader takes gzip."""
    return "gzip" in str(environ.get("HTTP_ACCEPT_ENCODING", ""))


def knows(environ: Mapping[str, object], tag: str) -> bool:
    """Whether the reader has this already, packed or not."""
    known = environ.get("HTTP_IF_NONE_MATCH")
    return known is not None and (tag in str(known) or str(known).strip() == "*")
