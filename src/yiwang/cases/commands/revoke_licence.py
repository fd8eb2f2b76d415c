"""Revoke a licence (E51, Licensing Law Art. 69); the check by its code shows it at once."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts import facts
from yiwang.cases.contracts.errors import GroundsMissing, LicenceNotFound, LicenceNotValid
from yiwang.cases.contracts.words import LicenceState
from yiwang.cases.models import Licence
from yiwang.cases.rows.loading import lock_case
from yiwang.cases.rows.register_entries import follow, licence_facts
from yiwang.cases.rows.work import Work
from yiwang.exchange.api import end_case_grants
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.platform.files import digest_of


@command(operation="cases.licence.revoke")
def revoke_licence(*, actor: Actor, at: datetime, licence_id: int, reason: str) -> None:
    """End a licence with its reason; the entries that it brought about in registers follow.

    Raises:
        LicenceNotValid: it has ended already.
    """
    found = Licence.objects.filter(pk=licence_id).values_list("case_id", flat=True).first()
    if found is None:
        raise LicenceNotFound
    work = Work(actor, at)
    live = lock_case(found)
    licence = Licence.objects.get(pk=licence_id)
    permit(Scope(organisations=(licence.organisation, live.row.organisation)), subject=f"case:{live.id}")
    if licence.state != LicenceState.VALID:
        raise LicenceNotValid(number=licence.number)
    if not reason.strip():
        raise GroundsMissing(outcome="revoke")
    digest = None if licence.file_id is None else digest_of(licence.file_id)
    before = licence_facts(licence, file_digest=digest)
    licence.state, licence.ended_at, licence.ended_reason = LicenceState.REVOKED, at, reason
    licence.save(update_fields=["state", "ended_at", "ended_reason"])
    work.hold(live)
    follow(
        work, live, licence, before=before, after=licence_facts(licence, file_digest=digest), kind="change"
    )
    if live.type.definition.grants is not None:
        end_case_grants(live.root.row.number, by=actor.account_id, because=reason, at=at)
    work.log(live, "licence_revoked", licence=licence.number, reason=reason)
    work.tell(facts.LICENCE_REVOKED, live, licence=licence.pk)
    work.write()
