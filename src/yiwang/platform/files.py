"""Files by content: what an upload is, is read from its bytes, never from its name.

Bytes lie under ``var/files/ab/abcdef…`` by SHA-256, written to a temporary file, synced and renamed, so
that a crash leaves no half file; the row is written in the caller's transaction. Only the installation's
user reads them: they are people's papers.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import LiteralString

from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction

from yiwang.platform import sql
from yiwang.platform.contracts import StorageFull, UploadRefused
from yiwang.platform.environment import environment
from yiwang.platform.file_content import EMPTY, UNRECOGNISED, fault_in, misnamed, read_kind
from yiwang.platform.http.uploads import is_full
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
_NAME_LIMIT = 200
_SHARED: LiteralString = "SELECT pg_advisory_xact_lock_shared(%s)"
_ALONE: LiteralString = "SELECT pg_advisory_xact_lock(%s)"


def store_upload(
    upload: UploadedFile[bytes], *, accept: Iterable[str], most_bytes: int, owner: str, at: datetime
) -> StoredFile:
    """Check content and size, then keep the file.

    Raises:
        UploadRefused: see ``check_upload``; nothing was stored.
        StorageFull: the disk has no room.
    """
    kind = check_upload(upload, accept=accept, most_bytes=most_bytes)
    content = b"".join(upload.chunks())
    return keep(content, name=upload.name or kind, media_type=MEDIA_TYPES[kind], owner=owner, at=at)


def check_upload(upload: UploadedFile[bytes], *, accept: Iterable[str], most_bytes: int) -> str:
    """Give the kind of an upload that may be kept.

    Raises:
        UploadRefused: empty, too large, of another kind, not of the kind that its name says, or damaged.
        StorageFull: the disk had no room for it on its way in.
    """
    accepted, size = frozenset(accept), upload.size or 0
    wanted = ", ".join(sorted(accepted)).upper() + f" ≤ {most_bytes // 1_000_000} MB"
    if is_full(upload):
        raise StorageFull
    if size > most_bytes:
        raise UploadRefused(found=f"{size / 1_000_000:.1f} MB", wanted=wanted)
    if not size:
        raise UploadRefused(found=EMPTY, wanted=wanted)
    kind = read_kind(upload)
    if kind not in accepted:
        raise UploadRefused(found=UNRECOGNISED if kind == "unknown" else kind.upper(), wanted=wanted)
    fault = misnamed(upload.name or "", kind) or fault_in(upload, kind, size)
    if fault is not None:
        raise UploadRefused(found=fault, wanted=wanted)
    return kind


def keep(content: bytes, *, name: str, media_type: str, owner: str, at: datetime) -> StoredFile:
    """Keep bytes that the platform made or has checked."""
    digest = hashlib.sha256(content).hexdigest()
    _hold(digest, shared=True)
    _write(_place(digest), content)
    shown = "".join(c for c in name if c.isprintable() and c not in '/\\:*?"<>|')[-_NAME_LIMIT:] or "file"
    return StoredFile.objects.create(
        sha256=digest, size=len(content), media_type=media_type, name=shown, owner=owner, stored_at=at
    )


def discard(stored: StoredFile) -> None:
    """Forget a file: its row now, its bytes once that is committed and nobody else keeps the same."""
    digest = stored.sha256
    stored.delete()
    transaction.on_commit(lambda: _sweep(digest))


def _sweep(digest: str) -> None:
    with transaction.atomic():
        _hold(digest, shared=False)
        if not StoredFile.objects.filter(sha256=digest).exists():
            _place(digest).unlink(missing_ok=True)


def _hold(digest: str, *, shared: bool) -> None:
    """Until the transaction ends nobody sweeps bytes that another is about to name, and the other way."""
    if connection.in_atomic_block:
        sql.execute(_SHARED if shared else _ALONE, [int(digest[:15], 16)])


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
        for folder in (place.parent.parent, place.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        temporary.replace(place)
    except OSError as problem:
        temporary.unlink(missing_ok=True)
        if problem.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StorageFull from problem
        raise
