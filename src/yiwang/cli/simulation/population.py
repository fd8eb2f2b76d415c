"""Synthetic people and firms come into the city: register entries, accounts, mandates. Safe to repeat.

Each act is looked for before it is done, so a start that was killed in the middle is completed by the next.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from yiwang.cli.simulation.firms import SyntheticFirm
from yiwang.cli.simulation.people import SyntheticPerson
from yiwang.cli.simulation.staff import Staff, actor_in
from yiwang.identity.api import (
    account,
    find_account_id,
    find_entity_by_credit_code,
    grant_mandate,
    mandates_of,
    register_citizen,
    register_entity,
)
from yiwang.identity.contracts import AlreadyRegistered
from yiwang.platform.contracts import Actor
from yiwang.registers.api import Asked, enter_entry, list_entries
from yiwang.registers.rules.values import Value

_REGISTRATION = Actor.system("registration")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A person of the city with the account that acts for them."""

    person: SyntheticPerson
    account_id: int
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledFirm:
    """A firm of the city with those who act for it: the representative first."""

    firm: SyntheticFirm
    entity_id: int
    people: tuple[Settled, ...]


def settle_person(person: SyntheticPerson, staff: Staff, *, at: datetime) -> Settled | None:
    """Enter a person and open the account; None if the number belongs to somebody already."""
    _enter(staff.one("public_security", "handler"), "persons", "id_number", person_values(person), at)
    found = find_account_id(person.username)
    if found is None:
        try:
            found = register_citizen(
                actor=_REGISTRATION,
                at=at,
                username=person.username,
                password=secrets.token_urlsafe(24),  # told to nobody: these people do not sign in
                name=person.name,
                resident_id=person.resident_id,
                phone=person.phone,
                synthetic=True,
            )
        except AlreadyRegistered:
            return None
    known = account(found, at=at).person
    assert known is not None  # noqa: S101 - an account of a citizen is made with its person
    return Settled(person=person, account_id=found, person_id=known.id)


def settle_firm(
    firm: SyntheticFirm,
    representative: Settled,
    agent: Settled,
    staff: Staff,
    *,
    at: datetime,
    now: datetime,
) -> SettledFirm:
    """Enter a firm, register it at the counter and let its agent act for it.

    ``at`` is when that is said to have been, ``now`` when it is looked whether it was.
    """
    clerk = staff.one("industry_commerce", "window")
    _enter(clerk, "legal_entities", "credit_code", firm_values(firm), at)
    known = find_entity_by_credit_code(firm.credit_code)
    entity_id = known.id if known is not None else _register(firm, representative, clerk, at)
    if agent.person_id not in {mandate.person_id for mandate in mandates_of(entity_id, at=now)}:
        grant_mandate(
            actor=actor_in(representative.account_id, f"entity:{entity_id}", at=now),
            at=at,
            entity_id=entity_id,
            person_id=agent.person_id,
        )
    return SettledFirm(firm=firm, entity_id=entity_id, people=(representative, agent))


def _register(firm: SyntheticFirm, representative: Settled, clerk: Actor, at: datetime) -> int:
    return register_entity(
        actor=clerk,
        at=at,
        credit_code=firm.credit_code,
        name=firm.name,
        legal_representative=firm.representative.name,
        representative_id=representative.person_id,
        address=firm.office.address,
        industry=firm.industry,
        division_code=firm.office.district,
        synthetic=True,
    )


def _enter(clerk: Actor, register: str, key: str, values: dict[str, Value], at: datetime) -> None:
    """Enter an entry unless there is one of its key."""
    asked = Asked(equal={key: str(values[key])}, limit=1)
    if list_entries(actor=clerk, register=register, asked=asked, at=at).size == 0:
        enter_entry(actor=clerk, at=at, register=register, values=values)


def person_values(person: SyntheticPerson) -> dict[str, Value]:
    """A line of the register of persons."""
    return {
        "id_number": person.resident_id,
        "name": person.name,
        "sex": person.sex,
        "birth_date": person.birth,
        "ethnic_group": person.ethnic_group,
        "residence_division": person.home.community,
        "residence_address": person.home.address,
        "phone": person.phone,
        "marital_status": person.marital_status,
    }


def firm_values(firm: SyntheticFirm) -> dict[str, Value]:
    """A line of the register of legal entities."""
    return {
        "credit_code": firm.credit_code,
        "name": firm.name,
        "kind": "company",
        "legal_representative": firm.representative.name,
        "representative_id": firm.representative.resident_id,
        "industry": firm.industry,
        "division": firm.office.community,
        "address": firm.office.address,
        "capital": firm.capital,
        "established": firm.established,
        "phone": firm.phone,
        "status": "active",
        "abnormal": False,
    }
