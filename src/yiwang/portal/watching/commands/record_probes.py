"""Record tries of sites' first pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import F
from django.utils.timezone import localdate

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.watching.models import ProbeDay
from yiwang.portal.watching.operations import PROBE


@command(operation=PROBE)
def record_probes(*, actor: Actor, at: datetime, failed: Mapping[str, bool | None]) -> None:
    """Count a try of each site; None says that it is known from now on and was not tried yet."""
    permit(Scope(everyone=True), subject="sites")
    for site, was_failure in failed.items():
        row, _ = ProbeDay.objects.get_or_create(site=site, day=localdate(at), defaults={"last_at": at})
        if was_failure is not None:
            ProbeDay.objects.filter(pk=row.pk).update(
                tries=F("tries") + 1, failed=F("failed") + int(was_failure), last_at=at
            )
    note(sites=len(failed))
