"""Keep a severed document, with what was taken out of what in the journal."""

from __future__ import annotations

from datetime import datetime

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.platform.files import keep
from yiwang.portal.disclosure.documents import owner_of
from yiwang.portal.disclosure.severing.contracts import SEVER, Severed


@command(operation=SEVER)
def keep_severed(*, actor: Actor, at: datetime, severed: Severed, name: str) -> int:
    """Give the id of the stored file. The journal holds digests and counts, never what was taken out."""
    permit(Scope(organisations=(actor.organisation,)), subject=f"account:{actor.account_id}")
    stored = keep(severed.content, name=name, media_type="application/pdf", owner=owner_of(actor), at=at)
    note(
        source=severed.source_sha256,
        sha256=severed.sha256,
        pages=severed.pages,
        regions=len(severed.regions),
    )
    return stored.pk
