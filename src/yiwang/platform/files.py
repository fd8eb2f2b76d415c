"""Files by content: what an upload is, is read from its bytes, never from its name.

Bytes lie under ``var/files/ab/abcdef…`` by SHA-256, written to a temporary file, synced and renamed, so
that a crash leaves no half file; the row is written in the caller's transaction.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import puremagic
from django.core.files.uploadedfile import UploadedFile

from yiwang.platform.contracts import StorageFull, UploadRefused
from yiwang.platform.environment import environment
from yiwang.platform.models import StoredFile

#: Kinds that people may send, by the extension that puremagic gives for their content.
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ofd": "application/ofd",
    "zip": "application/zip",
}
_ALIASES = {"jpeg": "jpg", "jfif": "jpg", "jpe": "jpg"}
_NAME_LIMIT = 200


def kind_of(head: bytes) -> str:
    """Give the kind by content, ``unknown`` if none is recognised."""
    try:
        found = puremagic.from_string(head).lstrip(".").lower()
    except (puremagic.PureError, ValueError):
        return "unknown"
    return _ALIASES.get(found, found) or "unknown"


def store_upload(
    upload: UploadedFile[bytes], *, accept: Iterable[str], most_bytes: int, owner: str, at: datetime
) -> StoredFile:
    """Check content and size, then keep the file.

    Raises:
        UploadRefused: another kind or too large; nothing was stored.
        StorageFull: the disk has no room.
    """
    wanted = ", ".join(sorted(accept)) + f" ≤ {most_bytes // 1_000_000} MB"
    if (upload.size or 0) > most_bytes:
        raise UploadRefused(found=f"{(upload.size or 0) / 1_000_000:.1f} MB", wanted=wanted)
    if not upload.size:
        raise UploadRefused(found="0 B", wanted=wanted)
    upload.seek(0)
    kind = kind_of(upload.read(65_536))
    if kind not in accept:
        raise UploadRefused(found=kind, wanted=wanted)
    upload.seek(0)
    return keep(
        b"".join(upload.chunks()), name=upload.name or kind, media_type=MEDIA_TYPES[kind], owner=owner, at=at
    )


def keep(content: bytes, *, name: str, media_type: str, owner: str, at: datetime) -> StoredFile:
    """Keep bytes that the platform made or has checked."""
    digest = hashlib.sha256(content).hexdigest()
    _write(_place(digest), content)
    shown = "".join(c for c in name if c.isprintable() and c not in '/\\:*?"<>|')[-_NAME_LIMIT:] or "file"
    return StoredFile.objects.create(
        sha256=digest, size=len(content), media_type=media_type, name=shown, owner=owner, stored_at=at
    )


def digest_of(file_id: int) -> str:
    """SHA-256 of a stored file; raises StoredFile.DoesNotExist."""
    return StoredFile.objects.values_list("sha256", flat=True).get(pk=file_id)


def read(stored: StoredFile) -> bytes:
    """Give the bytes."""
    return _place(stored.sha256).read_bytes()


def path_of(stored: StoredFile) -> Path:
    """Where the bytes lie."""
    return _place(stored.sha256)


def _place(digest: str) -> Path:
    return environment().var / "files" / digest[:2] / digest


def _write(place: Path, content: bytes) -> None:
    if place.exists():
        return
    temporary = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        temporary.replace(place)
    except OSError as problem:
        temporary.unlink(missing_ok=True)
        if problem.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StorageFull from problem
        raise
