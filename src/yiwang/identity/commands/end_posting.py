"""An officer leaves a post."""

from __future__ import annotations

from datetime import datetime

from yiwang.identity.contracts import AlreadyEnded, PostingUnknown
from yiwang.identity.models import Posting
from yiwang.platform.command import command, emit, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation="identity.posting.end")
def end_posting(*, actor: Actor, at: datetime, posting_id: int) -> None:
    """End the posting now; what was delegated from it ends with it."""
    posting = (
        Posting.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .filter(pk=posting_id)
        .first()
    )
    if posting is None:
        raise PostingUnknown
    organisation = posting.organisation.code
    permit(Scope(organisations=(organisation,)), subject=f"account:{posting.account_id}")
    if posting.ends_at is not None and posting.ends_at <= at:
        raise AlreadyEnded
    posting.ends_at = at
    posting.save(update_fields=["ends_at"])
    emit("PostingEnded", f"account:{posting.account_id}", organisation=organisation, posting=posting.pk)
