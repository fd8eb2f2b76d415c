"""Send a submitted revision back to its author, with the reasons."""

from __future__ import annotations

from datetime import datetime

from yiwang.platform.command import command, emit, note, permit
from yiwang.platform.contracts import Actor
from yiwang.portal.sites.locking import locked_page
from yiwang.portal.sites.operations import SEND_BACK
from yiwang.portal.sites.queries.sites import scope_of
from yiwang.portal.sites.reviewing import (
    add_step,
    authors_of,
    check_revision,
    check_words,
    refuse_if,
    standing_of,
    steps_of,
)
from yiwang.portal.sites.rules.reviews import StepKind, why_not_sent_back


@command(operation=SEND_BACK)
def send_back_page(*, actor: Actor, at: datetime, site: str, page: int, revision: int, words: str) -> None:
    """End the round of a revision: what was done in it no longer counts.

    Raises:
        SiteNotFound, SitePageNotFound: no such site, or it has no such page.
        RevisedMeanwhile: a later revision was saved.
        StepRefused: it is not submitted, or it is out, or the person is its author.
        InvalidInput: there is no reason, or it is too long.
    """
    row = locked_page(site, page)
    permit(scope_of(row.site.organisation), subject=f"page:{row.pk}")
    check_revision(row, revision)
    check_words(words, needed=True)
    is_out = row.live and not row.has_unpublished_changes
    authors = authors_of(row, steps_of(row))
    refuse_if(why_not_sent_back(standing_of(row), actor.account_id, authors, is_out=is_out))
    add_step(row, StepKind.SENT_BACK, actor=actor, at=at, words=words)
    note(site=site, revision=revision)
    emit("sites.page_sent_back", f"page:{row.pk}", site=site, address=row.address)
