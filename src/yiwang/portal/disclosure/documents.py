"""Documents for severing: by their officer, or within a case by the office that handles it."""

from __future__ import annotations

from datetime import datetime, timedelta

from yiwang.cases.api import case_for_officer, case_id_of, ended_before
from yiwang.cases.contracts import CaseForOfficer, CaseNotFound
from yiwang.platform.contracts import Actor
from yiwang.platform.files import MEDIA_TYPES
from yiwang.platform.models import StoredFile
from yiwang.portal.contracts import FileNotThere
from yiwang.portal.disclosure.report.gathering import TYPE
from yiwang.portal.disclosure.severing.contracts import SourceKind

#: Days after which what was severed outside of any case is forgotten.
KEPT_DAYS = 30
_PREFIX = "severing:"
_OF_CASE = "severing:case:"


def owner_of(actor: Actor, case_id: int | None = None) -> str:
    """Whose documents for severing are whose: a case's, else the officer's own."""
    return f"{_PREFIX}{actor.account_id}" if case_id is None else f"{_OF_CASE}{case_id}"


def case_of(owner: str) -> int | None:
    """The case that an owner names."""
    return int(owner.removeprefix(_OF_CASE)) if owner.startswith(_OF_CASE) else None


def is_source(stored: StoredFile) -> bool:
    """Whether it was sent in for severing (or made by it outside of a case)."""
    return stored.owner.startswith(_PREFIX)


def handled_case(*, actor: Actor, number: str, at: datetime) -> CaseForOfficer:
    """A request that the actor's own office handles.

    Raises:
        CaseNotFound: there is none, or another office's: the two look alike.
    """
    view = case_for_officer(actor=actor, case_id=case_id_of(number), at=at)
    if view.case.type_code != TYPE or view.case.organisation != actor.organisation:
        raise CaseNotFound
    return view


def own_document(*, actor: Actor, file_id: int, case_id: int | None = None) -> tuple[StoredFile, SourceKind]:
    """A document and its kind; ``case_id``: that of a case which ``handled_case`` gave to this actor.

    Raises:
        FileNotThere: there is none, or somebody else sent it: the two look alike.
    """
    stored = StoredFile.objects.filter(pk=file_id, owner=owner_of(actor, case_id)).first()
    kinds = {MEDIA_TYPES[kind]: kind for kind in SourceKind}
    if stored is None or stored.media_type not in kinds:
        raise FileNotThere
    return stored, kinds[stored.media_type]


def documents_of(case_id: int) -> tuple[StoredFile, ...]:
    """The documents that wait within a case to be severed, for who was given the case."""
    return tuple(StoredFile.objects.filter(owner=f"{_OF_CASE}{case_id}").order_by("id"))


def outlived(at: datetime, *, most: int = 200) -> list[int]:
    """Documents that are to be forgotten: their case has ended, or their days are over."""
    kept = StoredFile.objects.filter(owner__startswith=_PREFIX).order_by("id")
    of_cases = dict(kept.filter(owner__startswith=_OF_CASE).values_list("id", "owner"))
    cases = {file_id: case for file_id, owner in of_cases.items() if (case := case_of(owner)) is not None}
    ended = ended_before(cases.values(), at)
    old = kept.exclude(owner__startswith=_OF_CASE).filter(stored_at__lte=at - timedelta(days=KEPT_DAYS))
    found = [file_id for file_id, case in cases.items() if case in ended]
    return [*found, *old.values_list("id", flat=True)][:most]
