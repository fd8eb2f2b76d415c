"""What the worker does for the sites: what was ordered for now, or for a time when no worker ran."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db.models import Q

from yiwang.kernel.errors import YiwangError
from yiwang.platform.contracts import Actor
from yiwang.portal.sites.commands.carry_out_terms import carry_out_terms
from yiwang.portal.sites.models import PageTerms
from yiwang.portal.sites.rules.terms import Due

log = structlog.get_logger()
_MOST_AT_ONCE = 200


def carry_out_due(at: datetime) -> int:
    """Publish and take off what is due, a transaction each; gives how many were done."""
    is_due = Q(publish_at__lte=at) | Q(withdraw_at__lte=at)
    found = PageTerms.objects.filter(is_due, page__site__active=True).order_by("publish_at", "pk")
    done = 0
    for site, page in found.values_list("page__site__code", "page_id")[:_MOST_AT_ONCE]:
        try:
            what = carry_out_terms(actor=Actor.system("sites"), at=at, site=site, page=page)
        except YiwangError:  # one page's fault must not keep the others
            log.exception("sites.terms_not_carried_out", page=page)
            continue
        done += what is not Due.NOTHING
    return done
