"""Blind references: whose data were looked at, without the identity number itself.

The reference is an HMAC of the number under a key of the installation, so that the trace can be asked by
the person's number but a copy of the trace tells nobody's number, not even by trying all of them.
"""

from __future__ import annotations

from typing import Literal

from django.utils.crypto import salted_hmac

SubjectKind = Literal["person", "entity"]


def subject_reference(kind: SubjectKind, number: str) -> str:
    """Give the reference of a person (identity number) or legal entity (credit code); empty for no number."""
    known = number.strip().upper()
    if not known:
        return ""
    digest = salted_hmac(f"yiwang.exchange.subject.{kind}", known, algorithm="sha256").hexdigest()
    return f"{kind}:{digest}"


def person_reference(identity_number: str) -> str:
    """The reference of a person."""
    return subject_reference("person", identity_number)


def entity_reference(credit_code: str) -> str:
    """The reference of a legal entity."""
    return subject_reference("entity", credit_code)
