"""People, legal entities, mandates and officers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from yiwang.identity.contracts import (
    EntityUnknown,
    EntityView,
    MandateKind,
    MandateView,
    OfficerView,
    PersonUnknown,
    PersonView,
    Reach,
)
from yiwang.identity.models import LegalEntity, Mandate, Person, Posting
from yiwang.identity.personal_data import blind_index, unseal
from yiwang.identity.queries.actors import current, current_mandates
from yiwang.identity.queries.directory import directory, find_organisation
from yiwang.identity.rules.masking import masked_phone
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor

RESIDENT_ID = "person.resident_id"
CREDIT_CODE = "entity.credit_code"


def person_view(row: Person) -> PersonView:
    """A person as pages may show one: numbers masked."""
    return PersonView(
        id=row.pk,
        name=row.name,
        resident_id=row.resident_masked,
        phone=masked_phone(row.phone),
        synthetic=row.synthetic,
    )


def entity_view(row: LegalEntity) -> EntityView:
    """A legal entity as pages show one."""
    return EntityView(
        id=row.pk,
        credit_code=row.credit_code,
        name=row.name,
        legal_representative=row.legal_representative,
        address=row.address,
        industry=row.industry,
        division_code=row.division_code,
        verified=row.verified,
        synthetic=row.synthetic,
    )


def person(person_id: int) -> PersonView:
    """Give one person or raise PersonUnknown."""
    row = Person.objects.filter(pk=person_id).first()
    if row is None:
        raise PersonUnknown
    return person_view(row)


def persons(ids: Iterable[int]) -> dict[int, PersonView]:
    """Several people by id, in one statement."""
    return {row.pk: person_view(row) for row in Person.objects.filter(pk__in=set(ids))}


def find_person_by_resident_id(number: str) -> PersonView | None:
    """Look a person up by the full identity number, through the blind index."""
    row = Person.objects.filter(
        resident_index=blind_index(number.strip().upper(), purpose=RESIDENT_ID)
    ).first()
    return person_view(row) if row else None


def resident_reference(number: str) -> str:
    """The blind index of an identity number: who holds it can find the person, but nobody the number."""
    return blind_index(number.strip().upper(), purpose=RESIDENT_ID)


def find_resident_reference(person_id: int) -> str:
    """The blind index of a person's identity number; empty when there is no such person."""
    return Person.objects.filter(pk=person_id).values_list("resident_index", flat=True).first() or ""


def own_resident_id(actor: Actor) -> str:
    """The full identity number of a signed-in citizen's own person, to ask registers for the own data.

    Empty for everybody else: an officer sees a number through ``reveal_resident_id`` only.
    """
    if actor.kind != "citizen" or actor.person_id is None:
        return ""
    sealed = Person.objects.filter(pk=actor.person_id).values_list("resident_sealed", flat=True).first()
    return "" if sealed is None else unseal(sealed, purpose=RESIDENT_ID)


def entity_reference(credit_code: str) -> str:
    """The blind index of a legal entity's credit code."""
    return blind_index(credit_code.strip().upper(), purpose=CREDIT_CODE)


def entity(entity_id: int) -> EntityView:
    """Give one legal entity or raise EntityUnknown."""
    row = LegalEntity.objects.filter(pk=entity_id).first()
    if row is None:
        raise EntityUnknown
    return entity_view(row)


def entities(ids: Iterable[int]) -> dict[int, EntityView]:
    """Several legal entities by id, in one statement."""
    return {row.pk: entity_view(row) for row in LegalEntity.objects.filter(pk__in=set(ids))}


def find_entity_by_credit_code(code: str) -> EntityView | None:
    """Look a legal entity up by its unified social credit code."""
    row = LegalEntity.objects.filter(credit_code=code.strip().upper()).first()
    return entity_view(row) if row else None


def entities_of(person_id: int, *, at: datetime) -> tuple[EntityView, ...]:
    """Legal entities that a person may act for at an instant, by name."""
    rows = (
        Mandate.objects.filter(current_mandates(at), person_id=person_id)
        .select_related("entity")
        .order_by("entity__name", "entity_id")
        .distinct("entity__name", "entity_id")
    )
    return tuple(entity_view(row.entity) for row in rows)


def mandates_of(entity_id: int, *, at: datetime) -> tuple[MandateView, ...]:
    """Who may act for a legal entity at an instant."""
    rows = Mandate.objects.filter(current_mandates(at), entity_id=entity_id).order_by("starts_at", "id")
    return tuple(
        MandateView(
            id=row.pk,
            person_id=row.person_id,
            entity_id=row.entity_id,
            kind=MandateKind(row.kind),
            scope=tuple(row.scope),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
        )
        for row in rows
    )


def mandate_includes(person_id: int, entity_id: int, case_type: str, *, at: datetime) -> bool:
    """Whether a person may act for an entity in a case type at an instant."""
    return any(
        mandate.person_id == person_id and mandate.includes(case_type)
        for mandate in mandates_of(entity_id, at=at)
    )


def officers_of(organisation: str, *, at: datetime, role: str = "") -> tuple[OfficerView, ...]:
    """Officers posted at an organisation (not below it) at an instant, those with a role if one is named."""
    rows = Posting.objects.filter(current(at), organisation__code=organisation, account__is_active=True)
    if role:
        rows = rows.filter(roles__contains=[role])
    return tuple(
        OfficerView(
            posting_id=row.pk,
            account_id=row.account_id,
            person_id=row.account.person_id,
            name=row.account.person.name if row.account.person else row.account.username,
            organisation=organisation,
            post=Text(row.post.title_zh, row.post.title_en),
            roles=frozenset(row.roles),
        )
        for row in rows.select_related("account__person", "post").order_by("starts_at", "id")
    )


def officers_over(code: str, *, at: datetime, role: str) -> tuple[OfficerView, ...]:
    """Who holds a role over an organisation: at it, else at the nearest above it, else for the whole city."""
    found = find_organisation(code)
    for above in reversed(found.path if found is not None else ()):
        if officers := officers_of(above, at=at, role=role):
            return officers
    held = directory().roles.get(role)
    if held is None or held.reach is not Reach.CITY:
        return ()
    rows = Posting.objects.filter(current(at), account__is_active=True, roles__contains=[role])
    places = rows.values_list("organisation__code", flat=True).distinct().order_by("organisation__code")
    return tuple(officer for place in places for officer in officers_of(place, at=at, role=role))


def account_names(ids: Iterable[int]) -> dict[int, str]:
    """Names of the people behind accounts, for logs of cases shown to officers."""
    rows = Person.objects.filter(accounts__pk__in=set(ids)).values_list("accounts__pk", "name")
    return dict(rows)
