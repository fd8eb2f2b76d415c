"""Record that a revision was proofread (一校、二校、三校)."""

from __future__ import annotations

from datetime import datetime

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor
from yiwang.portal.sites.locking import locked_page
from yiwang.portal.sites.operations import PROOF
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
from yiwang.portal.sites.rules.reviews import StepKind, why_no_proof


@command(operation=PROOF)
def record_proof(*, actor: Actor, at: datetime, site: str, page: int, revision: int, words: str = "") -> int:
    """Give which proof it was; ``words`` say what was looked at.

    Raises:
        SiteNotFound, SitePageNotFound: no such site, or it has no such page.
        RevisedMeanwhile: a later revision was saved.
        StepRefused: it is not submitted, every proof is done, or it is not for this person.
        InvalidInput: the words are too long.
    """
    row = locked_page(site, page)
    permit(scope_of(row.site.organisation), subject=f"page:{row.pk}")
    check_revision(row, revision)
    check_words(words, needed=False)
    now = standing_of(row)
    refuse_if(why_no_proof(now, actor.account_id, authors_of(row, steps_of(row))))
    add_step(row, StepKind.PROOF, actor=actor, at=at, number=now.next_proof, words=words)
    note(site=site, revision=revision, proof=now.next_proof)
    return now.next_proof
