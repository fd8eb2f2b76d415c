"""Take in a document that is to be severed: for an officer alone, or within a case for its office."""

from __future__ import annotations

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.platform.files import store_upload
from yiwang.portal.disclosure.documents import handled_case, owner_of
from yiwang.portal.disclosure.severing.contracts import SEVER, SourceKind

#: Megabytes of an upload.
MOST_MEGABYTES = 50


@command(operation=SEVER)
def take_document(*, actor: Actor, at: datetime, upload: UploadedFile[bytes], number: str = "") -> int:
    """Give the id of the stored file. ``number``: the case that it is for, of the actor's own office.

    Raises:
        CaseNotFound: no such request is handled by this office.
        UploadRefused: not a PDF, JPEG or PNG, too large or damaged; nothing was stored.
        StorageFull: the disk has no room.
    """
    case_id = handled_case(actor=actor, number=number, at=at).case.id if number else None
    subject = f"case:{case_id}" if case_id is not None else f"account:{actor.account_id}"
    permit(Scope(organisations=(actor.organisation,)), subject=subject)
    owner = owner_of(actor, case_id)
    stored = store_upload(
        upload, accept=[*SourceKind], most_bytes=MOST_MEGABYTES * 1_000_000, owner=owner, at=at
    )
    note(sha256=stored.sha256, bytes=stored.size)
    return stored.pk
