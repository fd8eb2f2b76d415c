"""Publish before all reviews are done, for a written reason; they are made up afterwards (先发后审)."""

from __future__ import annotations

from datetime import datetime

from yiwang.platform.command import command, emit, note, permit
from yiwang.platform.contracts import Actor
from yiwang.portal.sites.commands.publish_page import publish_latest
from yiwang.portal.sites.locking import locked_page
from yiwang.portal.sites.operations import PUBLISH_URGENTLY
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
from yiwang.portal.sites.rules.reviews import StepKind, why_not_urgent


@command(operation=PUBLISH_URGENTLY)
def publish_urgently(*, actor: Actor, at: datetime, site: str, page: int, revision: int, words: str) -> None:
    """Publish a submitted revision now; the gate holds as ever, and one who did not write it answers for it.

    What is still missing of reviews and proofs goes on upon the same revision and is owed until it is done.

    Raises:
        SiteNotFound, SitePageNotFound: no such site, or it has no such page.
        RevisedMeanwhile: a later revision was saved.
        StepRefused: it is not submitted, nothing is missing, it is out, or the person is its author.
        InvalidInput: there is no reason, or the page is not fit to go out.
    """
    row = locked_page(site, page)
    permit(scope_of(row.site.organisation), subject=f"page:{row.pk}")
    check_revision(row, revision)
    check_words(words, needed=True)
    is_out = row.live and not row.has_unpublished_changes
    authors = authors_of(row, steps_of(row))
    refuse_if(why_not_urgent(standing_of(row), actor.account_id, authors, is_out=is_out))
    publish_latest(row, at=at, urgently=True)
    add_step(row, StepKind.URGENT, actor=actor, at=at, words=words)
    note(site=site, revision=revision)
    emit("sites.page_published", f"page:{row.pk}", site=site, address=row.address)
