"""Give an organisation's system a credential to ask with by itself (RFC 6749, client credentials)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from yiwang.exchange.clients.contracts import ClientRefused, IssuedClient
from yiwang.exchange.contracts import GrantNotFound
from yiwang.exchange.credentials import digest, new_client_id, new_secret
from yiwang.exchange.models import Client, Grant
from yiwang.exchange.queries.clients import info_of
from yiwang.exchange.rules.purposes import GRANTABLE
from yiwang.kernel.text import Text
from yiwang.platform.command import command, emit, note, permit
from yiwang.platform.contracts import Actor, Scope

#: Looks a second that one web process lets through for a client, unless its credential says otherwise.
PER_SECOND = 2_000


@command(operation="exchange.client.issue")
def issue_client(
    *,
    actor: Actor,
    at: datetime,
    organisation: str,
    title: Text,
    purposes: Sequence[str] = (),
    grant: int | None = None,
    per_second: int = PER_SECOND,
) -> IssuedClient:
    """Issue a credential; its secret is in the answer and nowhere else.

    The organisation's approver issues it, or the owner of the resource with the grant that it belongs to.

    Raises:
        ClientRefused: the purposes, the pace or the title are not possible.
        GrantNotFound: there is no such grant to this organisation.
    """
    belongs_to = None if grant is None else Grant.objects.filter(pk=grant, grantee=organisation).first()
    permit(Scope(organisations=(organisation,)), subject=f"organisation:{organisation[:60]}")
    if grant is not None and belongs_to is None:
        raise GrantNotFound(grant=grant)
    _refuse_unsound(organisation, title, purposes, per_second)
    secret = new_secret()
    row = Client.objects.create(
        client_id=new_client_id(),
        secret_hash=digest(secret),
        organisation=organisation,
        title=title.as_dict(),
        purposes=sorted(set(purposes)),
        grant_id=grant,
        per_second=per_second,
        issued_at=at,
        issued_by=actor.account_id,
    )
    note(client=row.client_id)
    emit("ClientIssued", f"client:{row.client_id}", organisation=organisation)
    return IssuedClient(client=info_of(row), secret=secret)


def _refuse_unsound(organisation: str, title: Text, purposes: Sequence[str], per_second: int) -> None:
    wrong = [kind for kind in purposes if kind not in GRANTABLE]
    if not organisation:
        reason = Text("须写明单位", "the organisation is missing")
    elif not title.zh.strip() or not title.en.strip() or max(len(title.zh), len(title.en)) > 200:
        reason = Text("须写明系统名称", "the system has no name")
    elif wrong:
        reason = Text("查询事由有误", "this is no purpose that a client can have")
    elif not 1 <= per_second <= 100_000:
        reason = Text("每秒次数有误", "the pace is not possible")
    else:
        return
    raise ClientRefused(reason=reason)
