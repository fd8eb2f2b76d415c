"""Reviews and proofs as the desk shows them: how a page stands, who did what, what waits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import F, OuterRef, Q, Subquery

from yiwang.identity.api import account_names
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.portal.sites.contracts import ReviewView, SitePageNotFound, SiteView, StepView
from yiwang.portal.sites.models import PageStep, PageTerms, SitePage
from yiwang.portal.sites.queries.sites import site_to_edit
from yiwang.portal.sites.reviewing import authors_of, checks_of, steps_of
from yiwang.portal.sites.rules.reviews import (
    ORDERS,
    Checks,
    Standing,
    Step,
    StepKind,
    is_owed,
    name_of,
    standing,
)
from yiwang.portal.sites.rules.terms import Terms

_OPEN = (StepKind.SUBMITTED, StepKind.PROOF, StepKind.REVIEW)
_TITLES = {
    StepKind.SUBMITTED: Text("送审", "Submitted for review"),
    StepKind.SENT_BACK: Text("退回", "Sent back"),
    StepKind.PUBLISHED: Text("发布", "Published"),
    StepKind.URGENT: Text("紧急发布，事后补审", "Published urgently, to be reviewed afterwards"),
    StepKind.WITHDRAWN: Text("撤回", "Withdrawn"),
    StepKind.EXPIRED: Text("到期撤下", "Taken off at its time"),
    StepKind.EMBARGO: Text("设定解禁时间", "Embargo set"),
    StepKind.SCHEDULED: Text("设定发布时间", "Publication ordered"),
    StepKind.EXPIRY: Text("设定撤下时间", "Time to come off set"),
    StepKind.REFUSED: Text("定时发布没有执行", "The ordered publication was refused"),
}


def review_of(actor: Actor, site: str, page: int) -> ReviewView:
    """How the last revision of a page stands.

    Raises:
        SitePageNotFound: the site has no such page.
        SiteNotFound, OperationNotAllowed: no such site, or another's.
    """
    own = site_to_edit(actor, site)
    row = SitePage.objects.filter(pk=page, site_id=own.id).select_related("site", "content_type").first()
    if row is None:
        raise SitePageNotFound
    steps, checks = steps_of(row), checks_of(row)
    now = standing(steps, row.latest_revision_id or 0, checks)
    authors = authors_of(row, steps)
    terms = PageTerms.objects.filter(page=row).first()
    refusal = terms.refusal if terms is not None and terms.refused_at is not None else {}
    names = account_names({*authors, *(step.by for step in steps if step.by is not None)})
    return ReviewView(
        standing=now,
        steps=tuple(_view(step, names, now, checks) for step in reversed(steps)),
        authors=authors,
        author_names=tuple(names[one] for one in sorted(authors) if one in names),
        owed=row.live and is_owed(steps, row.live_revision_id or 0, checks),
        terms=terms.terms if terms is not None else Terms(),
        refusal=Text(refusal["zh"], refusal["en"]) if refusal else None,
        refused_at=terms.refused_at if terms is not None else None,
    )


def steps_of_pages(pages: Iterable[SitePage]) -> Mapping[int, tuple[Step, ...]]:
    """The steps of several pages by page, each in order."""
    found: dict[int, tuple[Step, ...]] = {}
    for row in PageStep.objects.filter(page_id__in=[page.pk for page in pages]).order_by("pk"):
        found[row.page_id] = (*found.get(row.page_id, ()), row.step)
    return found


def waiting(site: SiteView) -> tuple[int, ...]:
    """The pages of a site whose last revision is under review, also where it went out urgently."""
    last = PageStep.objects.filter(page_id=OuterRef("pk")).exclude(kind__in=ORDERS).order_by("-pk")
    found = SitePage.objects.filter(site_id=site.id).annotate(
        last_kind=Subquery(last.values("kind")[:1]), last_revision=Subquery(last.values("revision")[:1])
    )
    under = Q(last_kind__in=[*_OPEN, StepKind.URGENT], last_revision=F("latest_revision_id"))
    return tuple(found.filter(under).values_list("pk", flat=True))


def _view(step: Step, names: Mapping[int, str], now: Standing, checks: Checks) -> StepView:
    numbered = step.kind in {StepKind.PROOF, StepKind.REVIEW}
    return StepView(
        title=name_of(step.kind, step.number, checks) if numbered else _TITLES[step.kind],
        step=step,
        by=names.get(step.by, "") if step.by is not None else "",
        counts=not numbered or step in (*now.proofs, *now.reviews),
    )
