"""Say when a page may go out, when it goes out by itself, and when it comes off again."""

from __future__ import annotations

from datetime import datetime

from yiwang.kernel.errors import InvalidInput
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor
from yiwang.portal.sites.commands.publish_page import check_whole
from yiwang.portal.sites.contracts import AlreadyPublished
from yiwang.portal.sites.locking import locked_page
from yiwang.portal.sites.models import PageTerms
from yiwang.portal.sites.operations import SCHEDULE
from yiwang.portal.sites.queries.sites import scope_of
from yiwang.portal.sites.reviewing import add_step, check_revision, refuse_if, standing_of
from yiwang.portal.sites.rules.reviews import StepKind, why_not_out
from yiwang.portal.sites.rules.terms import Terms, faults


@command(operation=SCHEDULE)
def set_terms(*, actor: Actor, at: datetime, site: str, page: int, revision: int, terms: Terms) -> None:
    """Set all three at once; an instant that is not given is taken away.

    A publication is ordered for the revision that the publisher saw, once its reviews are done; at its time
    all is asked again.

    Raises:
        SiteNotFound, SitePageNotFound: no such site, or it has no such page.
        RevisedMeanwhile: a later revision was saved.
        InvalidInput: instants that do not fit together, or the page is not fit to go out.
        AlreadyPublished: what should be published is out.
        StepRefused: reviews or proofs are missing.
    """
    row = locked_page(site, page)
    permit(scope_of(row.site.organisation), subject=f"page:{row.pk}")
    check_revision(row, revision)
    before = PageTerms.objects.filter(page=row).first()
    old = before.terms if before is not None else Terms()
    problems = tuple(one for one in faults(terms, at) if getattr(old, one.path) != getattr(terms, one.path))
    if problems:
        raise InvalidInput(problems=problems)
    if terms.publish_at is not None:
        if row.live and not row.has_unpublished_changes:
            raise AlreadyPublished
        refuse_if(why_not_out(standing_of(row)))
        check_whole(row, at=terms.publish_at)
    PageTerms.objects.update_or_create(
        page=row,
        defaults={
            "embargo_until": terms.embargo_until,
            "publish_at": terms.publish_at,
            "publish_revision": revision,
            "withdraw_at": terms.withdraw_at,
            "ordered_by": actor.account_id,
            "refused_at": None,
            "refusal": {},
        },
    )
    for kind, was, now in (
        (StepKind.EMBARGO, old.embargo_until, terms.embargo_until),
        (StepKind.SCHEDULED, old.publish_at, terms.publish_at),
        (StepKind.EXPIRY, old.withdraw_at, terms.withdraw_at),
    ):
        if was != now:
            add_step(row, kind, actor=actor, at=at, due=now)
    note(site=site, revision=revision)
