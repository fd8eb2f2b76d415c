"""Checks that were made, for the organisation that made them and the one that keeps the pipes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from pydantic import BaseModel, ConfigDict, TypeAdapter

from yiwang.kernel.errors import NotFound
from yiwang.kernel.text import Text
from yiwang.maps.analysis.commands.check_ground import OPERATION
from yiwang.maps.analysis.contracts import CheckNotFound, Opening, Owner, PipeFound
from yiwang.maps.analysis.queries.declared import reads_pipes
from yiwang.maps.models import GroundCheck
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor, Scope
from yiwang.registers.api import get_register

_MOST = 20


class Found(BaseModel):
    """What was found then."""

    model_config = ConfigDict(frozen=True)
    size: float
    pipes: tuple[PipeFound, ...]
    owners: tuple[Owner, ...]
    openings: tuple[Opening, ...]
    unknown: tuple[Text, ...]


_FOUND: TypeAdapter[Found] = TypeAdapter(Found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check as it was made."""

    id: int
    organisation: str
    checked_at: datetime
    reason: str
    outline: str
    depth: Decimal
    begins: date
    ends: date
    found: Found

    @property
    def number(self) -> str:
        """How people call it."""
        return f"DT{timezone.localtime(self.checked_at):%Y}-{self.id:06d}"


def may_check(actor: Actor) -> bool:
    """Whether somebody may look under the ground, and there is something to look at."""
    return guard().may(actor, OPERATION) and reads_pipes(actor)


def get_check(actor: Actor, number: int) -> Check:
    """Give a check.

    Raises:
        CheckNotFound: there is none, or neither the reader's organisation made it nor does it keep the pipes.
    """
    row = GroundCheck.objects.filter(pk=number).first()
    if row is None or not _reaches(actor, check := _check(row)):
        raise CheckNotFound
    return check


def list_checks(actor: Actor) -> Sequence[Check]:
    """The last checks of the reader's own organisation."""
    rows = GroundCheck.objects.filter(organisation=actor.organisation).order_by("-checked_at", "-pk")
    return [_check(row) for row in rows[:_MOST]]


def checks_for(actor: Actor, case: str) -> Sequence[Check]:
    """The last checks of the reader's own organisation whose reason begins with the number of a case."""
    rows = GroundCheck.objects.filter(organisation=actor.organisation, reason__startswith=f"{case} ")
    return [_check(row) for row in rows.order_by("-checked_at", "-pk")[:_MOST]]


def _reaches(actor: Actor, check: Check) -> bool:
    judge = guard()
    return judge.may(actor, OPERATION) and any(
        judge.covers(actor, OPERATION, Scope(organisations=(each,)))
        for each in (check.organisation, _keeper(check))
        if each
    )


def _keeper(check: Check) -> str:
    """The organisation that keeps all pipes of a check; nobody where there are several, or none."""
    owners = set()
    for code in {pipe.register for pipe in check.found.pipes}:
        try:
            owners.add(get_register(code).owner)
        except NotFound:
            return ""
    return owners.pop() if len(owners) == 1 else ""


def _check(row: GroundCheck) -> Check:
    return Check(
        id=row.pk,
        organisation=row.organisation,
        checked_at=row.checked_at,
        reason=row.reason,
        outline=row.outline,
        depth=row.depth,
        begins=row.begins,
        ends=row.ends,
        found=_FOUND.validate_python(row.found, strict=False),
    )
