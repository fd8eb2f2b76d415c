"""Take in a document that is to be severed; only the officer who sent it sees it."""

from __future__ import annotations

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.platform.files import store_upload
from yiwang.portal.disclosure.severing.contracts import SEVER, SourceKind

#: Megabytes of an upload.
MOST_MEGABYTES = 50


@command(operation=SEVER)
def take_document(*, actor: Actor, at: datetime, upload: UploadedFile[bytes]) -> int:
    """Give the id of the stored file.

    Raises:
        UploadRefused: not a PDF, JPEG or PNG, too large or damaged; nothing was stored.
        StorageFull: the disk has no room.
    """
    permit(Scope(organisations=(actor.organisation,)), subject=f"account:{actor.account_id}")
    stored = store_upload(
        upload, accept=[*SourceKind], most_bytes=MOST_MEGABYTES * 1_000_000, owner=owner_of(actor), at=at
    )
    note(sha256=stored.sha256, bytes=stored.size)
    return stored.pk


def owner_of(actor: Actor) -> str:
    """Whose documents for severing are whose."""
    return f"severing:{actor.account_id}"
