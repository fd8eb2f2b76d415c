"""Which cases an officer finds in lists: one condition for the search and for maps."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from yiwang.cases.models import Case, Task
from yiwang.cases.queries.boards import visible_organisations
from yiwang.cases.queries.rights import READ
from yiwang.platform.contracts import Actor


def visible_cases(actor: Actor) -> Q | None:
    """Cases of the organisations within reach, those with a child there, and those in which he works.

    None is every case of the city. Children are looked up case by case, so a few rows stay cheap.

    Raises:
        OperationNotAllowed: the actor has no such right.
    """
    seen = visible_organisations(actor, READ)
    if seen is None:
        return None
    below = Case.objects.filter(parent=OuterRef("pk"), organisation__in=seen)
    worked = Task.objects.filter(case=OuterRef("pk"), organisation=actor.organisation)
    return Q(organisation__in=seen) | Q(Exists(below)) | Q(Exists(worked))
