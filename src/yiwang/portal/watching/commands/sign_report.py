"""Sign off the yearly report of one's own site; from then on the public reads it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.timezone import localdate

from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.sites.api import get_site
from yiwang.portal.watching.contracts import AlreadySigned, YearNotOver
from yiwang.portal.watching.models import SignedReport
from yiwang.portal.watching.operations import SIGN
from yiwang.portal.watching.queries.yearly import known_of
from yiwang.portal.watching.rules.yearly import NOT_COUNTED, figures_of, whole

_MOST = 10_000_000_000
_WRONG = Text("请填写不小于0的整数，不清楚的留空", "Give a whole number from 0 on, or leave it empty")


@command(operation=SIGN)
def sign_report(*, actor: Actor, at: datetime, site: str, year: int, given: Mapping[str, int]) -> None:
    """Keep the figures as they are now, with those that nothing here counts and the publisher gives.

    Raises:
        SiteNotFound: no such site.
        YearNotOver: the year has not ended.
        AlreadySigned: it was signed off.
        InvalidInput: a figure was given that is counted here, or that is none.
    """
    own = get_site(site)
    permit(Scope(organisations=(own.organisation,)), subject=f"site:{site}")
    if localdate(at).year <= year:
        raise YearNotOver(year=year)
    wrong = [key for key, value in given.items() if key not in NOT_COUNTED or not 0 <= value < _MOST]
    if wrong:
        raise InvalidInput(problems=tuple(FieldProblem(key, _WRONG) for key in wrong))
    counted = figures_of(known_of(own, year), year)
    _, made = SignedReport.objects.get_or_create(
        site=site,
        year=year,
        defaults={
            "figures": whole(counted, given),
            "given": sorted(given),
            "signed_by": actor.account_id or 0,
            "signed_name": actor.name,
            "signed_at": at,
        },
    )
    if not made:
        raise AlreadySigned(year=year)
    note(site=site, year=year)
