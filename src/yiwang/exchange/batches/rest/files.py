"""Give a large file over HTTP: streamed, whole or one range of it (RFC 9110, section 14), with its digest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from yiwang.exchange.callbacks.rules.signing import digest_header_of

_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")
_BLOCK = 1 << 18


def file_response(request: HttpRequest, path: Path, *, media_type: str, sha256: str) -> HttpResponseBase:
    """The file; ``Range`` counts unless ``If-Range`` names another version. Kept by nobody on the way."""
    size, tag = path.stat().st_size, f'"{sha256}"'
    wanted = request.headers.get("Range", "")
    if wanted and request.headers.get("If-Range", tag) != tag:
        wanted = ""
    found = _RANGE.fullmatch(wanted)
    headers = {
        "ETag": tag,
        "Accept-Ranges": "bytes",
        "Repr-Digest": digest_header_of(sha256),
        "Cache-Control": "private, no-store",
        "Content-Type": media_type,
    }
    if found is None:
        return StreamingHttpResponse(_bytes(path, 0, size), headers=headers | {"Content-Length": str(size)})
    first, last = _ends(found[1], found[2], size)
    if first > last:
        return HttpResponse(status=416, headers=headers | {"Content-Range": f"bytes */{size}"})
    headers |= {"Content-Range": f"bytes {first}-{last}/{size}", "Content-Length": str(last - first + 1)}
    return StreamingHttpResponse(_bytes(path, first, last - first + 1), status=206, headers=headers)


def _ends(begin: str, end: str, size: int) -> tuple[int, int]:
    """First and last byte; the first beyond the last where nothing of the file is meant."""
    if not begin:
        return (max(0, size - int(end)), size - 1) if end and int(end) else (1, 0)
    first = int(begin)
    last = min(int(end), size - 1) if end else size - 1
    return (first, last) if first < size else (1, 0)


def _bytes(path: Path, first: int, number: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(first)
        while number and (block := file.read(min(_BLOCK, number))):
            number -= len(block)
            yield block
