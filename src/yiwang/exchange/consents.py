"""Whether the person concerned allows a look, asked within the look itself."""

from __future__ import annotations

from datetime import datetime

from yiwang.exchange.attention import ConsentMissing
from yiwang.exchange.contracts import GrantInfo
from yiwang.exchange.models import Consent
from yiwang.exchange.rules.days import civil_day


def refuse_without_consent(grant: GrantInfo | None, subject: str, *, at: datetime) -> None:
    """Refuse a look under a grant that needs consent, also where nobody is found: an answer would tell.

    Raises:
        ConsentMissing: not given, ended or withdrawn.
    """
    if grant is None or not grant.needs_consent:
        return
    given = subject and Consent.objects.filter(
        subject=subject,
        resource=grant.resource,
        purpose=grant.purpose,
        grantee=grant.grantee,
        withdrawn_at=None,
        valid_until__gte=civil_day(at),
    )
    if not given or not given.exists():
        raise ConsentMissing(resource=grant.resource)
