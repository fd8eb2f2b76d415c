"""Take a page off its site at once, with everything under it; its revisions stay."""

from __future__ import annotations

from datetime import datetime

from yiwang.platform.command import command, emit, note, permit
from yiwang.platform.contracts import Actor
from yiwang.portal.sites.contracts import NotPublished
from yiwang.portal.sites.locking import locked_page
from yiwang.portal.sites.models import PageTerms, SitePage
from yiwang.portal.sites.operations import WITHDRAW
from yiwang.portal.sites.queries.sites import scope_of
from yiwang.portal.sites.reviewing import add_step, check_words
from yiwang.portal.sites.rules.reviews import StepKind
from yiwang.portal.sites.writing import record_uses


@command(operation=WITHDRAW)
def withdraw_page(*, actor: Actor, at: datetime, site: str, page: int, words: str) -> int:
    """Give how many pages were withdrawn; ``words`` say why. Their reviews begin anew.

    Raises:
        SiteNotFound, SitePageNotFound: no such site, or it has no such page.
        InvalidInput: there is no reason, or it is too long.
        NotPublished: it is not out.
    """
    row = locked_page(site, page)
    permit(scope_of(row.site.organisation), subject=f"page:{row.pk}")
    check_words(words, needed=True)
    if not row.live:
        raise NotPublished
    withdrawn = withdraw_below(row, actor=actor, at=at, kind=StepKind.WITHDRAWN, words=words)
    note(site=site, pages=withdrawn)
    return withdrawn


def withdraw_below(row: SitePage, *, actor: Actor, at: datetime, kind: StepKind, words: str = "") -> int:
    """Take a locked page and what is live under it off the site; give how many pages that were."""
    below = SitePage.objects.live().descendant_of(row, inclusive=True).order_by("path")
    withdrawn = [one.specific for one in below.select_for_update(of=("self",))]
    for one in withdrawn:
        revision = one.live_revision_id or 0
        one.unpublish(log_action=False)
        add_step(one, kind, actor=actor, at=at, words=words, revision=revision)
        record_uses(one, None)
        emit("sites.page_withdrawn", f"page:{one.pk}", site=row.site.code, address=one.address)
    # what is off is not put back by an order of before
    orders = PageTerms.objects.filter(page__in=[one.pk for one in withdrawn])
    orders.update(publish_at=None, withdraw_at=None)
    return len(withdrawn)
