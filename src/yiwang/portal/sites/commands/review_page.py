"""Pass a revision at the next review (初审、复审、终审)."""

from __future__ import annotations

from datetime import datetime

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor
from yiwang.portal.sites.locking import locked_page
from yiwang.portal.sites.operations import FINAL_REVIEW, REVIEW
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
from yiwang.portal.sites.rules.reviews import StepKind, is_final, why_no_review


@command(operation=REVIEW)
def review_page(*, actor: Actor, at: datetime, site: str, page: int, revision: int, words: str = "") -> int:
    """Give which review it was; the final one needs the right to it, and every proof before it.

    Raises:
        SiteNotFound, SitePageNotFound: no such site, or it has no such page.
        RevisedMeanwhile: a later revision was saved.
        StepRefused: it is not submitted, every review is done, or it is not for this person.
        InvalidInput: the words are too long.
    """
    row = locked_page(site, page)
    scope = scope_of(row.site.organisation)
    permit(scope, subject=f"page:{row.pk}")
    check_revision(row, revision)
    check_words(words, needed=False)
    now = standing_of(row)
    refuse_if(why_no_review(now, actor.account_id, authors_of(row, steps_of(row))))
    if is_final(now):
        permit(scope, subject=f"page:{row.pk}", operation=FINAL_REVIEW)
    add_step(row, StepKind.REVIEW, actor=actor, at=at, number=now.next_review, words=words)
    note(site=site, revision=revision, review=now.next_review)
    return now.next_review
