"""Whether a case is a reason to look at data: it is open, and the organisation takes part in it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from yiwang.cases.models import Case, Task
from yiwang.exchange.contracts import Purpose
from yiwang.platform.contracts import Actor


def is_reason(actor: Actor, purpose: Purpose, *, organisation: str, at: datetime) -> bool:
    """The check of the purpose ``case``: at most three statements, all by index.

    A department takes part that has the case, its parent or a child of either, or a task in one of them.
    """
    found = Case.objects.filter(number=purpose.reference, closed_at=None).only("id", "ancestors").first()
    if found is None or not organisation:
        return False
    upwards = [found.pk, *found.ancestors]
    family = Case.objects.filter(Q(pk__in=upwards) | Q(parent_id__in=upwards))
    if family.filter(organisation=organisation).exists():
        return True
    return Task.objects.filter(case__in=family, organisation=organisation).exists()
