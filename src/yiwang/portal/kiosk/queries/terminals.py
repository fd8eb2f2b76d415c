"""Terminals: found by their secret, listed with their state, heard from."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from yiwang.kernel.text import text_from
from yiwang.portal.kiosk.contracts import TerminalNotFound, TerminalRetired, TerminalView
from yiwang.portal.kiosk.models import Terminal
from yiwang.portal.kiosk.rules.secrets import digest_of, read_cookie
from yiwang.portal.kiosk.rules.states import SILENT_AFTER, TerminalState, state_of

#: A terminal in use loads many pages a minute; one write a minute says as much.
_HEARD_AGAIN = timedelta(minutes=1)


def terminals(state: TerminalState | None, *, at: datetime) -> QuerySet[Terminal]:
    """Terminals, those longest silent first, then by number."""
    rows = Terminal.objects.order_by("retired_at", "last_contact_at", "id")
    silent = at - SILENT_AFTER
    match state:
        case TerminalState.WORKING:
            return rows.filter(retired_at__isnull=True, last_contact_at__gte=silent)
        case TerminalState.SILENT:
            return rows.filter(retired_at__isnull=True, last_contact_at__lt=silent)
        case TerminalState.WAITING:
            return rows.filter(retired_at__isnull=True, last_contact_at__isnull=True)
        case TerminalState.RETIRED:
            return rows.filter(retired_at__isnull=False)
        case None:
            return rows


def terminal_counts(*, at: datetime) -> dict[TerminalState, int]:
    """How many terminals are in each state."""
    return {state: terminals(state, at=at).count() for state in TerminalState}


def terminal(number: int, *, at: datetime) -> TerminalView:
    """One terminal.

    Raises:
        TerminalNotFound.
    """
    row = Terminal.objects.filter(pk=number).first()
    if row is None:
        raise TerminalNotFound
    return terminal_view(row, at=at)


def locked_terminal(number: int) -> Terminal:
    """Give a terminal in use under its lock, for an act.

    Raises:
        TerminalNotFound, TerminalRetired.
    """
    row = Terminal.objects.select_for_update().filter(pk=number).first()
    if row is None:
        raise TerminalNotFound
    if row.retired_at is not None:
        raise TerminalRetired(number=terminal_number(number))
    return row


def terminal_by_secret(number: int, secret: str, *, at: datetime) -> TerminalView:
    """The terminal in use that has this secret.

    Raises:
        TerminalNotFound: no such terminal, another secret, or retired: they look alike.
    """
    row = Terminal.objects.filter(pk=number, retired_at__isnull=True).first()
    if row is None or not hmac.compare_digest(row.secret_digest, digest_of(secret)):
        raise TerminalNotFound
    return terminal_view(row, at=at)


def heard_from(cookie: str, *, at: datetime) -> TerminalView | None:
    """The terminal whose cookie came with a page, marked as heard from; None for any other browser.

    A page load is no act: two thousand terminals would write half a million journal rows a day.
    """
    found = read_cookie(cookie)
    if found is None:
        return None
    try:
        view = terminal_by_secret(*found, at=at)
    except TerminalNotFound:
        return None
    stale = Q(last_contact_at__isnull=True) | Q(last_contact_at__lt=at - _HEARD_AGAIN)
    Terminal.objects.filter(stale, pk=view.id).update(last_contact_at=at)
    return view


def terminal_number(pk: int) -> str:
    """How people call a terminal."""
    return f"K{pk:05d}"


def terminal_view(row: Terminal, *, at: datetime) -> TerminalView:
    """A terminal as it stands at an instant."""
    return TerminalView(
        id=row.pk,
        number=terminal_number(row.pk),
        organisation=row.organisation,
        place=text_from(row.place),
        address=row.address,
        state=state_of(last_contact_at=row.last_contact_at, retired_at=row.retired_at, at=at),
        last_contact_at=row.last_contact_at,
        registered_at=row.registered_at,
        retired_at=row.retired_at,
        retired_reason=row.retired_reason,
    )
