"""What the worker repeats for followers: mails made when due, then sent."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from yiwang.platform.contracts import Actor
from yiwang.platform.environment import environment
from yiwang.portal.openness.commands.make_alerts import due_follows, make_alerts, stale_follows
from yiwang.portal.openness.followers import opened_letter, way_out
from yiwang.portal.openness.models import Mail

log = structlog.get_logger()
ALERTS = Actor.system("alerts")
_MOST = 100
_LONGEST_WAIT = timedelta(hours=1)


def make_due(at: datetime) -> int:
    """Make the mails that are due, if any is."""
    if not (due_follows(at).exists() or stale_follows(at).exists()):
        return 0
    return make_alerts(actor=ALERTS, at=at)


def send_waiting(at: datetime) -> int:
    """Send what waits, a transaction a mail; gives how many went out.

    A worker that dies between the mail server's yes and its own note sends again: the mail has the same
    Message-ID, by which receivers know it.
    """
    sent = 0
    for _ in range(_MOST):
        outcome = _send_one(at)
        if outcome is None:
            break
        sent += outcome
    return sent


def _send_one(at: datetime) -> int | None:
    with transaction.atomic():
        row = (
            Mail.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("follow")
            .filter(sent_at__isnull=True, try_at__lte=at)
            .order_by("try_at", "id")
            .first()
        )
        if row is None:
            return None
        try:
            _message(row).send()
        except OSError as problem:  # the mail server cannot be reached, or says no: SMTPException is one
            row.attempts = min(row.attempts + 1, 100)
            row.try_at = at + min(_LONGEST_WAIT, timedelta(seconds=2 ** min(row.attempts, 12)))
            row.save(update_fields=["attempts", "try_at"])
            log.warning("openness.mail_not_sent", mail=row.pk, problem=type(problem).__name__)
            return 0
        row.sent_at, row.sealed = at, b""
        row.save(update_fields=["sent_at", "sealed"])
        return 1


def _message(row: Mail) -> EmailMessage:
    letter = opened_letter(row.follow, row.sealed)
    host = urlsplit(environment().address()).hostname or "localhost"
    return EmailMessage(
        subject=" ".join(letter.subject.split()),
        body=letter.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[letter.to],
        headers={
            "Message-ID": f"<openness-{row.pk}@{host}>",
            "Auto-Submitted": "auto-generated",
            **way_out(row.follow),
        },
    )
