"""Blind references: whose data were looked at, without the identity number itself.

The reference is a keyed digest of the number (the blind index of identity), so that the trace can be asked
by the person but a copy of the trace tells nobody's number, not even by trying all of them.
"""

from __future__ import annotations

from datetime import date

from yiwang.exchange.contracts import SubjectKind
from yiwang.identity import api as identity
from yiwang.identity.contracts import EntityUnknown
from yiwang.kernel.codes import check_credit_code, check_resident_id, normalise
from yiwang.platform.contracts import Actor


def subject_reference(kind: SubjectKind, number: str) -> str:
    """Give the reference of a person (identity number) or legal entity (credit code); empty for no number."""
    if not number.strip():
        return ""
    blind = identity.resident_reference if kind == "person" else identity.entity_reference
    return f"{kind}:{blind(number)}"


def subject_of_number(number: str, *, on: date) -> str:
    """Whose data a number names by its own check digits; empty for one that is nobody's."""
    plain = normalise(number)
    if check_resident_id(plain, on=on) is None:
        return person_reference(plain)
    return entity_reference(plain) if check_credit_code(plain) is None else ""


def person_reference(identity_number: str) -> str:
    """The reference of a person."""
    return subject_reference("person", identity_number)


def entity_reference(credit_code: str) -> str:
    """The reference of a legal entity."""
    return subject_reference("entity", credit_code)


def own_number(actor: Actor, kind: SubjectKind | None) -> str:
    """The number by which a source knows the citizen, or the firm acted for; empty when there is none."""
    if kind == "person":
        return identity.own_resident_id(actor)
    if kind != "entity" or actor.kind != "citizen" or actor.for_entity is None:
        return ""
    try:
        return identity.entity(actor.for_entity).credit_code
    except EntityUnknown:
        return ""


def own_subjects(actor: Actor) -> frozenset[str]:
    """What is a signed-in citizen's own: the person, and the firm that the person acts for now."""
    if actor.kind != "citizen":
        return frozenset()
    found = set()
    blind = identity.find_resident_reference(actor.person_id) if actor.person_id is not None else ""
    if blind:
        found.add(f"person:{blind}")
    return frozenset(found | {entity_reference(own_number(actor, "entity"))} - {""})


def own_subject(actor: Actor) -> str:
    """Who a signed-in citizen speaks for now: the firm acted for, else the person; empty when unknown."""
    if actor.kind != "citizen":
        return ""
    if actor.for_entity is not None:
        return entity_reference(own_number(actor, "entity"))
    blind = identity.find_resident_reference(actor.person_id) if actor.person_id is not None else ""
    return f"person:{blind}" if blind else ""
