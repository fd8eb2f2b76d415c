"""Forget a document that was sent in for severing: the office's own file keeps the original."""

from __future__ import annotations

from datetime import datetime

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.platform.files import discard
from yiwang.platform.models import StoredFile
from yiwang.portal.disclosure.documents import case_of, is_source

#: Operation: done by the installation alone.
PURGE = "portal.document.purge"


@command(operation=PURGE)
def purge_document(*, actor: Actor, at: datetime, file_id: int) -> bool:
    """False if it is gone already. The journal keeps the digest, so that it can be told which it was."""
    permit(Scope(), subject=f"file:{file_id}")
    stored = StoredFile.objects.select_for_update().filter(pk=file_id).first()
    if stored is None or not is_source(stored):
        return False
    note(sha256=stored.sha256, bytes=stored.size, case=case_of(stored.owner))
    discard(stored)
    return True
