"""An account takes up a post with roles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from yiwang.identity.contracts import AccountUnknown, OrganisationUnknown, PeriodReversed, RoleUnknown
from yiwang.identity.models import Account, Organisation, Post, Posting
from yiwang.identity.queries.directory import directory
from yiwang.kernel.text import Text
from yiwang.platform.command import command, emit, note, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation="identity.officer.appoint")
def appoint_officer(
    *,
    actor: Actor,
    at: datetime,
    account_id: int,
    organisation: str,
    title: Text,
    roles: Iterable[str],
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> int:
    """Write the posting; gives its id. Every role must be declared by the platform or by a pack."""
    permit(Scope(organisations=(organisation,)), subject=f"account:{account_id}")
    begins = starts_at or at
    if ends_at is not None and ends_at <= begins:
        raise PeriodReversed
    held = sorted(set(roles))
    for role in held:
        if role not in directory().roles:
            raise RoleUnknown(role=role)
    where = Organisation.objects.filter(code=organisation, active=True).first()
    if where is None:
        raise OrganisationUnknown(organisation=organisation)
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        raise AccountUnknown
    post, _ = Post.objects.get_or_create(
        organisation=where, title_zh=title.zh, defaults={"title_en": title.en}
    )
    posting = Posting.objects.create(
        account=account, organisation=where, post=post, roles=held, starts_at=begins, ends_at=ends_at
    )
    note(organisation=organisation, roles=", ".join(held), posting=posting.pk)
    emit("OfficerAppointed", f"account:{account_id}", organisation=organisation, posting=posting.pk)
    return posting.pk
