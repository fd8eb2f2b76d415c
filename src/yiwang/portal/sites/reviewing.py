"""Steps of a page as rows: read for the rules, and written with the act that they are of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from wagtail.models import Revision

from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.portal.sites.contracts import RevisedMeanwhile, StepRefused
from yiwang.portal.sites.models import GroupSite, PageStep, SitePage
from yiwang.portal.sites.page_kinds import kind_of
from yiwang.portal.sites.rules import reviews
from yiwang.portal.sites.rules.reviews import Checks, Standing, Step, StepKind

MOST_WORDS = 1000
_WHY = Text("请写明理由", "Say why")
_TOO_LONG = Text("最多 {n} 字", "At most {n} characters")


def written_checks(site: GroupSite) -> Mapping[str, Checks]:
    """What the site's file says of reviews, by kind of page."""
    found = site.checks if isinstance(site.checks, dict) else {}
    return {
        kind: Checks(reviews=int(rule["reviews"]), proofs=int(rule["proofs"])) for kind, rule in found.items()
    }


def checks_of(page: SitePage) -> Checks:
    """How many reviews and proofs a page needs."""
    return reviews.checks_for(kind_of(page.specific_class), written_checks(page.site))


def steps_of(page: SitePage) -> tuple[Step, ...]:
    """Everything that was done to a page, in order."""
    return tuple(row.step for row in PageStep.objects.filter(page_id=page.pk).order_by("pk"))


def standing_of(page: SitePage) -> Standing:
    """How the last revision of a page stands."""
    return reviews.standing(steps_of(page), page.latest_revision_id or 0, checks_of(page))


def authors_of(page: SitePage, steps: tuple[Step, ...]) -> frozenset[int]:
    """Who wrote what would go out: every account that saved since what last went out."""
    latest = page.latest_revision_id or 0
    base = reviews.base_of(steps, latest, page.live_revision_id or 0)
    found = Revision.page_revisions.filter(object_id=str(page.pk), pk__gt=base, pk__lte=latest)
    within = found.filter(user_id__isnull=False)
    return frozenset(within.values_list("user_id", flat=True))


def add_step(
    page: SitePage,
    kind: StepKind,
    *,
    actor: Actor,
    at: datetime,
    number: int = 0,
    words: str = "",
    revision: int = 0,
    due: datetime | None = None,
) -> None:
    """Write a step upon a revision of a locked page; without one named, upon the last."""
    PageStep.objects.create(
        page=page,
        kind=kind,
        revision=revision or page.latest_revision_id or 0,
        number=number,
        by=actor.account_id,
        at=at,
        words=words.strip(),
        due=due,
    )


def check_revision(page: SitePage, revision: int) -> None:
    """Refuse an act upon what is no longer the last revision; raises RevisedMeanwhile."""
    if (page.latest_revision_id or 0) != revision:
        raise RevisedMeanwhile


def check_words(words: str, *, needed: bool) -> None:
    """Refuse words that are too long or lacking; raises InvalidInput at ``words``."""
    if needed and not words.strip():
        raise InvalidInput(problems=(FieldProblem("words", _WHY),))
    if len(words) > MOST_WORDS:
        raise InvalidInput(problems=(FieldProblem("words", _TOO_LONG.fill(n=MOST_WORDS)),))


def refuse_if(reason: Text | None) -> None:
    """Raise StepRefused for a reason; go on where there is none."""
    if reason is not None:
        raise StepRefused(reason=reason)
