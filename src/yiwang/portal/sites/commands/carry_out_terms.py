"""Do what is due of a page: publish what was ordered, take off what has expired. The worker's, and once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yiwang.kernel.errors import InvalidInput, YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.command import command, emit, note, permit
from yiwang.platform.contracts import Actor
from yiwang.portal.sites.commands.publish_page import publish_latest
from yiwang.portal.sites.commands.withdraw_page import withdraw_below
from yiwang.portal.sites.locking import locked_page
from yiwang.portal.sites.models import PageTerms, SitePage
from yiwang.portal.sites.operations import CARRY_OUT
from yiwang.portal.sites.queries.sites import scope_of
from yiwang.portal.sites.reviewing import add_step, check_revision
from yiwang.portal.sites.rules.reviews import StepKind
from yiwang.portal.sites.rules.terms import Due, due

_EXPIRED = Text("到撤下的时间还没有发布", "The time to take it off came before it was published")


@command(operation=CARRY_OUT)
def carry_out_terms(*, actor: Actor, at: datetime, site: str, page: int) -> Due:
    """Give what was done; nothing where another worker was first.

    The order is taken away in the transaction that carries it out, so that a worker that is killed leaves it
    and one that comes later does it once. A publication that is refused is taken away too: its publisher is
    told why on the desk and orders it anew.

    Raises:
        SiteNotFound, SitePageNotFound: no such site, or it has no such page.
    """
    row = locked_page(site, page)
    permit(scope_of(row.site.organisation), subject=f"page:{row.pk}")
    terms = PageTerms.objects.select_for_update().filter(page=row).first()
    what = due(terms.terms, at) if terms is not None else Due.NOTHING
    if terms is None or what is Due.NOTHING:
        return Due.NOTHING
    if what is Due.WITHDRAW:
        _withdraw(row, terms, actor, at)
    else:
        _publish(row, terms, actor, at)
    terms.save()
    note(site=site, done=str(what))
    return what


def _withdraw(row: SitePage, terms: PageTerms, actor: Actor, at: datetime) -> None:
    terms.withdraw_at = None
    if row.live:
        withdraw_below(row, actor=actor, at=at, kind=StepKind.EXPIRED)
    elif terms.publish_at is not None:
        _refuse(row, terms, actor, at, _EXPIRED)
    terms.publish_at = None


def _publish(row: SitePage, terms: PageTerms, actor: Actor, at: datetime) -> None:
    terms.publish_at = None
    if row.live and not row.has_unpublished_changes:
        return
    try:
        with transaction.atomic():
            check_revision(row, terms.publish_revision)
            publish_latest(row, at=at)
    except YiwangError as refused:
        _refuse(row, terms, actor, at, _why(refused))
        return
    add_step(row, StepKind.PUBLISHED, actor=actor, at=at)
    emit("sites.page_published", f"page:{row.pk}", site=row.site.code, address=row.address)


def _refuse(row: SitePage, terms: PageTerms, actor: Actor, at: datetime, why: Text) -> None:
    terms.refused_at, terms.refusal = at, {"zh": why.zh, "en": why.en}
    add_step(row, StepKind.REFUSED, actor=actor, at=at)
    emit("sites.publication_refused", f"page:{row.pk}", site=row.site.code, address=row.address)


def _why(refused: YiwangError) -> Text:
    """The reason; of a page that is not fit every one, each once."""
    if not isinstance(refused, InvalidInput):
        return refused.sentence
    texts = list(dict.fromkeys(problem.text for problem in refused.problems))
    return Text("；".join(one.zh for one in texts), "; ".join(one.en for one in texts))
