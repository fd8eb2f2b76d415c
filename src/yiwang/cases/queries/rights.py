"""Who may read a case: its applicant, the organisations that work on its family, and who watches the city."""

from __future__ import annotations

from django.db.models import Q

from yiwang.cases.contracts.errors import CaseNotFound
from yiwang.cases.models import Case, CaseEvent, Task
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor, Scope

READ = "cases.case.read"


def concerns(actor: Actor, person_id: int | None, entity_id: int | None) -> bool:
    """Whether something is the actor's own, or of the entity that they act for."""
    if entity_id is not None:
        return actor.for_entity == entity_id
    return person_id is not None and actor.person_id == person_id


def readable_case(actor: Actor, case_id: int | None, *, number: str = "") -> Case:
    """Give a case to an officer who may read it.

    Raises:
        CaseNotFound: there is none, or it is not for this officer: the two look alike.
    """
    by = Q(number=number) if case_id is None else Q(pk=case_id)
    row = Case.objects.filter(by).first()
    if row is None:
        raise CaseNotFound
    check_readable(actor, row)
    return row


def check_readable(actor: Actor, row: Case) -> None:
    """Raise CaseNotFound unless this officer may read the case."""
    if actor.kind == "citizen":
        raise CaseNotFound
    near = Scope(organisations=(row.organisation,))
    if guard().covers(actor, READ, near):
        return
    if not guard().covers(actor, READ, Scope(organisations=tuple(organisations_of(row)))):
        raise CaseNotFound


def own_case(actor: Actor, case_id: int | None, *, number: str = "") -> Case:
    """Give a case to its applicant or whoever acts for them now; child cases are the office's affair.

    Raises:
        CaseNotFound: there is none, or it is somebody else's.
    """
    by = Q(number=number) if case_id is None else Q(pk=case_id)
    row = Case.objects.filter(by, parent__isnull=True).first()
    if row is None or not concerns(actor, row.person_id, row.entity_id):
        raise CaseNotFound
    return row


def family(row: Case) -> Q:
    """The case that the applicant sees with all its children, as a condition on cases."""
    root = row.ancestors[0] if row.ancestors else row.pk
    return Q(pk=root) | Q(ancestors__contains=[root])


def organisations_of(row: Case) -> set[str]:
    """Every organisation that has or had work in the family of a case, also the window that took it in."""
    cases = Case.objects.filter(family(row))
    found = set(cases.values_list("organisation", flat=True))
    found |= set(Task.objects.filter(case__in=cases).values_list("organisation", flat=True))
    taken_in = CaseEvent.objects.filter(case__in=cases, act="opened").exclude(organisation="")
    return found | set(taken_in.values_list("organisation", flat=True))
