"""Give a stored file to a browser: as its checked type, never run, never guessed."""

from __future__ import annotations

from django.http import FileResponse

from yiwang.platform.files import path_of
from yiwang.platform.models import StoredFile

#: Types that a browser may show in its window; all others are saved.
_SHOWN = frozenset({"application/pdf", "image/jpeg", "image/png"})


def download(stored: StoredFile) -> FileResponse:
    """Stream the bytes; access was asked for by the caller."""
    response = FileResponse(
        path_of(stored).open("rb"),
        as_attachment=stored.media_type not in _SHOWN,
        filename=stored.name,
        content_type=stored.media_type,
    )
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
