"""Who acts: an account in one of its capacities (own post, stand-in, mandate, oneself) at an instant."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from yiwang.identity.contracts import NotSignedIn, Standing, StandingEnded
from yiwang.identity.models import Account, Delegation, Mandate, Person, Posting
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor

SELF = "self"


def current(at: datetime, prefix: str = "") -> Q:
    """Rows whose period holds the instant: from its start (included) to its end (not included)."""
    ends = f"{prefix}ends_at"
    return Q(**{f"{prefix}starts_at__lte": at}) & (Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gt": at}))


def current_mandates(at: datetime) -> Q:
    """Mandates that hold at the instant."""
    return current(at) & (Q(revoked_at__isnull=True) | Q(revoked_at__gt=at))


def current_delegations(at: datetime) -> Q:
    """Delegations that hold at the instant, of postings that hold as well."""
    standing = Q(ended_at__isnull=True) | Q(ended_at__gt=at)
    return current(at) & standing & current(at, "posting__")


def actor_of_account(account: Account, *, at: datetime, acting_for: str = "") -> Actor:
    """Give the actor; without ``acting_for`` an officer acts in the first post, others for themselves.

    Raises StandingEnded when the named capacity no longer holds, NotSignedIn for a closed account.
    """
    if not account.is_active:
        raise NotSignedIn
    kind, _, key = acting_for.partition(":")
    if kind and kind != SELF and not (key.isascii() and key.isdecimal()):
        raise StandingEnded
    match kind:
        case "":
            posted = _posted(account, at)
            return posted or _oneself(account)
        case "self":
            return _oneself(account)
        case "posting":
            posted = _posted(account, at, int(key))
            if posted is None:
                raise StandingEnded
            return posted
        case "delegation":
            return _standing_in(account, at, int(key))
        case "entity":
            return _mandated(account, at, int(key))
    raise StandingEnded


def _posted(account: Account, at: datetime, posting_id: int | None = None) -> Actor | None:
    rows = Posting.objects.filter(current(at), account=account)
    if posting_id is not None:
        rows = rows.filter(pk=posting_id)
    # Columns, not models: half the cost of what every page of an officer asks.
    row = (
        rows.order_by("starts_at", "id")
        .values_list("organisation__code", "post__title_zh", "roles", "account__person__name")
        .first()
    )
    if row is None:
        return None
    organisation, post, roles, name = row
    return _officer(account, name, organisation, post, frozenset(roles))


def _officer(  # noqa: PLR0917 - the columns of one row
    account: Account,
    name: str | None,
    organisation: str,
    post: str,
    roles: frozenset[str],
    by: int | None = None,
) -> Actor:
    return Actor(
        kind="officer",
        account_id=account.pk,
        person_id=account.person_id,
        name=name or account.username,
        organisation=organisation,
        post=post,
        roles=roles,
        delegated_by=by,
    )


def _standing_in(account: Account, at: datetime, delegation_id: int) -> Actor:
    row = (
        Delegation.objects.filter(current_delegations(at), pk=delegation_id, to_account=account)
        .values_list(
            "roles",
            "posting__roles",
            "posting__organisation__code",
            "posting__post__title_zh",
            "posting__account_id",
            "to_account__person__name",
        )
        .first()
    )
    if row is None:
        raise StandingEnded
    handed, held, organisation, post, absent, name = row
    # Roles that the absent officer has lost meanwhile are lost to the stand-in too.
    return _officer(account, name, organisation, post, frozenset(handed) & frozenset(held), absent)


def _mandated(account: Account, at: datetime, entity_id: int) -> Actor:
    mandates = Mandate.objects.filter(current_mandates(at), entity_id=entity_id)
    row = mandates.filter(person__accounts=account).select_related("person").first()
    if row is None:
        raise StandingEnded
    return Actor(
        kind="citizen",
        account_id=account.pk,
        person_id=row.person_id,
        name=row.person.name,
        for_entity=entity_id,
    )


def _oneself(account: Account) -> Actor:
    person = Person.objects.filter(pk=account.person_id).first() if account.person_id else None
    return Actor(
        kind="citizen",
        account_id=account.pk,
        person_id=account.person_id,
        name=person.name if person else account.username,
    )


def standings(account: Account, *, at: datetime) -> tuple[Standing, ...]:
    """Every capacity in which the account may act now: posts, stand-ins, oneself, entities."""
    found = [
        Standing(
            key=f"posting:{row.pk}",
            title=Text(
                f"{row.organisation.short_zh} · {row.post.title_zh}",
                f"{row.organisation.name_en}: {row.post.title_en}",
            ),
        )
        for row in Posting.objects.filter(current(at), account=account)
        .select_related("organisation", "post")
        .order_by("starts_at", "id")
    ]
    for stand_in in (
        Delegation.objects.filter(current_delegations(at), to_account=account)
        .select_related("posting__organisation", "posting__account__person")
        .order_by("starts_at", "id")
    ):
        absent = stand_in.posting.account
        who = absent.person.name if absent.person else absent.username
        where = stand_in.posting.organisation
        title = Text(f"代理 {who}（{where.short_zh}）", f"Standing in for {who} ({where.name_en})")
        found.append(Standing(key=f"delegation:{stand_in.pk}", title=title))
    if account.person_id is not None:
        found.append(Standing(key=SELF, title=Text("本人", "Myself")))
        mandates = Mandate.objects.filter(current_mandates(at), person_id=account.person_id)
        for entity_id, name in mandates.order_by("entity__name").values_list("entity_id", "entity__name"):
            found.append(Standing(key=f"entity:{entity_id}", title=Text(name, name)))
    return tuple(found)
