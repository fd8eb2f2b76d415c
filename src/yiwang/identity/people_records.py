"""How a person or a legal entity becomes a row: sealed number, blind index, mask. Used by the commands."""

from __future__ import annotations

from datetime import datetime

from yiwang.identity.contracts import AlreadyRegistered
from yiwang.identity.models import LegalEntity, Person
from yiwang.identity.personal_data import blind_index, seal
from yiwang.identity.queries.people import RESIDENT_ID
from yiwang.identity.rules.masking import masked_resident_id


def new_person(*, name: str, resident_id: str, phone: str, synthetic: bool, at: datetime) -> Person:
    """Write a person; an empty number is allowed (officers, foreigners). Raises AlreadyRegistered."""
    number = resident_id.strip().upper()
    index = blind_index(number, purpose=RESIDENT_ID) if number else None
    if index is not None and Person.objects.filter(resident_index=index).exists():
        raise AlreadyRegistered
    return Person.objects.create(
        name=name.strip(),
        resident_sealed=seal(number, purpose=RESIDENT_ID) if number else None,
        resident_index=index,
        resident_masked=masked_resident_id(number),
        phone=phone.strip(),
        synthetic=synthetic,
        created_at=at,
    )


def unclaimed_person(*, name: str, resident_id: str, phone: str) -> Person | None:
    """A person recorded at a counter, without an account, for whom number, name and telephone all agree."""
    number = resident_id.strip().upper()
    return Person.objects.filter(
        resident_index=blind_index(number, purpose=RESIDENT_ID),
        name=name.strip(),
        phone=phone.strip(),
        accounts=None,
    ).first()


def new_entity(
    *,
    credit_code: str,
    name: str,
    legal_representative: str,
    synthetic: bool,
    verified: bool,
    at: datetime,
    address: str = "",
    industry: str = "",
    division_code: str = "",
) -> LegalEntity:
    """Write a legal entity. Raises AlreadyRegistered."""
    code = credit_code.strip().upper()
    if LegalEntity.objects.filter(credit_code=code).exists():
        raise AlreadyRegistered
    return LegalEntity.objects.create(
        credit_code=code,
        name=name.strip(),
        legal_representative=legal_representative.strip(),
        address=address.strip(),
        industry=industry,
        division_code=division_code,
        verified=verified,
        synthetic=synthetic,
        created_at=at,
    )
