"""Submit the saved draft of a page for review (送审)."""

from __future__ import annotations

from datetime import datetime

from yiwang.platform.command import command, emit, note, permit
from yiwang.platform.contracts import Actor
from yiwang.portal.sites.commands.publish_page import check_whole
from yiwang.portal.sites.locking import locked_page
from yiwang.portal.sites.operations import SUBMIT
from yiwang.portal.sites.queries.sites import scope_of
from yiwang.portal.sites.reviewing import add_step, check_revision, refuse_if, standing_of
from yiwang.portal.sites.rules.reviews import StepKind, why_no_submission


@command(operation=SUBMIT)
def submit_page(*, actor: Actor, at: datetime, site: str, page: int, revision: int) -> None:
    """Begin the reviews and proofs of a revision; one that was sent back begins anew.

    Raises:
        SiteNotFound, SitePageNotFound: no such site, or it has no such page.
        RevisedMeanwhile: a later revision was saved.
        StepRefused: it is submitted already, or pages like it need no review.
        InvalidInput: something is missing that a published page must have, or the gate keeps it in.
    """
    row = locked_page(site, page)
    permit(scope_of(row.site.organisation), subject=f"page:{row.pk}")
    check_revision(row, revision)
    refuse_if(why_no_submission(standing_of(row)))
    check_whole(row, at=at)
    add_step(row, StepKind.SUBMITTED, actor=actor, at=at)
    note(site=site, revision=revision)
    emit("sites.page_submitted", f"page:{row.pk}", site=site, address=row.address)
