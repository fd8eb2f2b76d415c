"""Builders for everyone's tests. Rows are written directly: identity is what other tests stand on."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import UTC, datetime

from django.test import Client

from yiwang.identity.contracts import EntityView, MandateKind, OrganisationKind, PersonView
from yiwang.identity.models import (
    Account,
    Division,
    LegalEntity,
    Mandate,
    Organisation,
    Person,
    Post,
    Posting,
)
from yiwang.identity.people_records import new_entity, new_person
from yiwang.identity.queries.actors import actor_of_account
from yiwang.identity.queries.directory import mark_changed
from yiwang.identity.queries.people import entity_view, person_view
from yiwang.kernel.codes import credit_check, resident_check
from yiwang.platform.contracts import Actor

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def a_resident_id(serial: int, *, division: str = "440103", born: str = "19800101") -> str:
    """A well-formed identity number of nobody (serial 0-999)."""
    body = f"{division}{born}{serial % 1000:03d}"
    return body + resident_check(body)


def a_credit_code(serial: int, *, division: str = "440103") -> str:
    """A well-formed unified social credit code of no firm."""
    body = f"91{division}MA{serial % 10_000_000:07d}"
    return body + credit_check(body)


def a_division(code: str, name: str, level: str) -> None:
    """A division that is there afterwards, in case the city of the test has none of this code."""
    Division.objects.get_or_create(code=code, defaults={"name_zh": name, "name_en": name, "level": level})


def an_organisation(
    code: str,
    *,
    parent: str = "",
    kind: OrganisationKind = OrganisationKind.BUREAU,
    name: str = "",
    division_code: str = "",
) -> Organisation:
    """An organisation, made if it isn't there."""
    found = Organisation.objects.filter(code=code).first()
    if found is not None:
        return found
    above = an_organisation(parent) if parent else None
    made = Organisation.objects.create(
        code=code,
        name_zh=name or f"{code}局",
        name_en=code.replace("_", " ").title(),
        short_zh=name or code,
        kind=kind,
        parent=above,
        path=f"{above.path if above else ''}{code}/",
        division_code=division_code,
    )
    mark_changed()
    return made


def an_account(username: str = "", *, password: str | None = None, person: Person | None = None) -> Account:
    """An account; without a password nobody can sign in with it (hashing is what takes time)."""
    account = Account(username=username or f"account{next(_numbers)}", person=person)
    if password:
        account.set_password(password)
    else:
        account.set_unusable_password()
    account.save()
    return account


def an_officer(
    organisation: str,
    *,
    roles: Iterable[str] = ("handler",),
    name: str = "李承办",
    username: str = "",
    password: str | None = None,
    starts_at: datetime = LONG_AGO,
    ends_at: datetime | None = None,
) -> Actor:
    """An officer posted at an organisation, as an actor at the start of the posting."""
    where = an_organisation(organisation)
    person = Person.objects.create(name=name, synthetic=True, created_at=LONG_AGO)
    account = an_account(username or f"{organisation}_{next(_numbers)}", password=password, person=person)
    post, _ = Post.objects.get_or_create(
        organisation=where, title_zh="科员", defaults={"title_en": "Section member"}
    )
    posting = Posting.objects.create(
        account=account,
        organisation=where,
        post=post,
        roles=sorted(roles),
        starts_at=starts_at,
        ends_at=ends_at,
    )
    return actor_of_account(account, at=starts_at, acting_for=f"posting:{posting.pk}")


def a_person(*, name: str = "陈小明", resident_id: str = "", phone: str = "13800001234") -> PersonView:
    """A person with a well-formed identity number of nobody."""
    number = resident_id or a_resident_id(next(_numbers))
    return person_view(new_person(name=name, resident_id=number, phone=phone, synthetic=True, at=LONG_AGO))


def a_citizen(*, name: str = "陈小明", username: str = "", password: str | None = None) -> Actor:
    """A person with an account, acting for himself."""
    person = Person.objects.get(pk=a_person(name=name).id)
    account = an_account(username, password=password, person=person)
    return actor_of_account(account, at=NOON)


def a_firm(*, name: str = "广州云山建材有限公司", credit_code: str = "") -> EntityView:
    """A legal entity with a well-formed credit code of no firm."""
    made = new_entity(
        credit_code=credit_code or a_credit_code(next(_numbers)),
        name=name,
        legal_representative="陈小明",
        synthetic=True,
        verified=True,
        at=LONG_AGO,
    )
    return entity_view(made)


def a_mandate(
    citizen: Actor,
    firm: EntityView,
    *,
    kind: MandateKind = MandateKind.LEGAL_REPRESENTATIVE,
    starts_at: datetime = LONG_AGO,
    ends_at: datetime | None = None,
) -> int:
    """Let a citizen act for a firm; gives the mandate's id."""
    made = Mandate.objects.create(
        person=Person.objects.get(pk=citizen.person_id or 0),
        entity=LegalEntity.objects.get(pk=firm.id),
        kind=kind,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    return made.pk


def a_representative(firm: EntityView | None = None, *, name: str = "陈小明") -> Actor:
    """A citizen acting for a firm (one is made if none is given)."""
    citizen = a_citizen(name=name)
    represented = firm or a_firm()
    a_mandate(citizen, represented)
    account = Account.objects.get(person_id=citizen.person_id or 0)
    return actor_of_account(account, at=NOON, acting_for=f"entity:{represented.id}")


def sign_in(client: Client, actor: Actor) -> Client:
    """The test browser, signed in as this actor's account."""
    client.force_login(Account.objects.get(pk=actor.account_id or 0))
    return client


def signed_in(actor: Actor) -> Client:
    """A test browser of its own, signed in as this actor's account."""
    return sign_in(Client(), actor)
