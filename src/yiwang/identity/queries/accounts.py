"""Accounts as administrators and their owners see them."""

from __future__ import annotations

from datetime import datetime

from yiwang.identity.contracts import (
    AccountUnknown,
    AccountView,
    DelegationView,
    MandateHolder,
    MandateKind,
    PersonView,
    PostingView,
)
from yiwang.identity.models import Account, Delegation, Mandate, Person, Posting
from yiwang.identity.personal_data import blind_index
from yiwang.identity.queries.actors import current, current_mandates
from yiwang.identity.queries.people import RESIDENT_ID, person_view
from yiwang.kernel.text import Text


def account(account_id: int, *, at: datetime) -> AccountView:
    """One account with the posts held at an instant; raises AccountUnknown."""
    row = Account.objects.select_related("person").filter(pk=account_id).first()
    if row is None:
        raise AccountUnknown
    return _view(row, at)


def find_accounts(words: str, *, at: datetime, most: int = 20) -> tuple[AccountView, ...]:
    """Accounts whose user name begins with, or whose person is called, the words."""
    wanted = words.strip()
    if not wanted:
        return ()
    by_name = Account.objects.filter(username__startswith=wanted.lower())
    by_person = Account.objects.filter(person__name=wanted)
    rows = (by_name | by_person).select_related("person").order_by("username")[:most]
    return tuple(_view(row, at) for row in rows)


def find_account_id(username: str) -> int | None:
    """Id of an active account by its user name."""
    wanted = username.strip().lower()
    return Account.objects.filter(username=wanted, is_active=True).values_list("pk", flat=True).first()


def _view(row: Account, at: datetime) -> AccountView:
    return AccountView(
        id=row.pk,
        username=row.username,
        person=person_view(row.person) if row.person else None,
        postings=postings_of(row.pk, at=at),
    )


def postings_of(account_id: int, *, at: datetime) -> tuple[PostingView, ...]:
    """Posts that an account holds at an instant, the oldest first."""
    rows = Posting.objects.filter(current(at), account_id=account_id)
    return tuple(
        PostingView(
            id=row.pk,
            organisation=row.organisation.code,
            organisation_name=Text(row.organisation.short_zh, row.organisation.name_en),
            post=Text(row.post.title_zh, row.post.title_en),
            roles=tuple(row.roles),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
        )
        for row in rows.select_related("organisation", "post").order_by("starts_at", "id")
    )


def delegations_of(account_id: int, *, at: datetime) -> tuple[DelegationView, ...]:
    """Delegations that an officer has given and that have not ended, the next first."""
    rows = (
        Delegation.objects.filter(posting__account_id=account_id, ends_at__gt=at, ended_at=None)
        .select_related("to_account__person", "posting__organisation", "posting__post")
        .order_by("starts_at", "id")
    )
    return tuple(
        DelegationView(
            id=row.pk,
            to_name=row.to_account.person.name if row.to_account.person else row.to_account.username,
            post=Text(
                f"{row.posting.organisation.short_zh} · {row.posting.post.title_zh}",
                f"{row.posting.organisation.name_en}: {row.posting.post.title_en}",
            ),
            roles=tuple(row.roles),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
        )
        for row in rows
    )


def mandate_holders(entity_id: int, *, at: datetime) -> tuple[MandateHolder, ...]:
    """Who may act for an entity, with names, for those who act for it."""
    rows = (
        Mandate.objects.filter(current_mandates(at), entity_id=entity_id)
        .select_related("person")
        .order_by("kind", "starts_at", "id")
    )
    return tuple(
        MandateHolder(
            mandate_id=row.pk, person=person_view(row.person), kind=MandateKind(row.kind), ends_at=row.ends_at
        )
        for row in rows
    )


def find_person_by_name_and_number(name: str, number: str) -> PersonView | None:
    """A registered person for whom both name and identity number agree."""
    index = blind_index(number.strip().upper(), purpose=RESIDENT_ID)
    row = Person.objects.filter(resident_index=index, name=name.strip()).first()
    return person_view(row) if row else None
