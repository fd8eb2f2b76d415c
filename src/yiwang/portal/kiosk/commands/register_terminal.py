"""Register a terminal with its place, or give it a new secret."""

from __future__ import annotations

import secrets
from datetime import datetime

from yiwang.identity.api import find_organisation
from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.kiosk.contracts import NewTerminal
from yiwang.portal.kiosk.models import Terminal
from yiwang.portal.kiosk.queries.terminals import locked_terminal
from yiwang.portal.kiosk.rules.secrets import ALPHABET, LENGTH, digest_of, grouped
from yiwang.portal.talking.rules.wording import judged_text, raise_all

MOST_PLACE, MOST_ADDRESS = 60, 120
OPERATION = "kiosk.terminal.keep"
_NOWHERE = Text("没有这个社区或街道", "There is no such community or subdistrict")


@command(operation=OPERATION)
def register_terminal(
    *, actor: Actor, at: datetime, organisation: str, place: Text, address: str
) -> NewTerminal:
    """Register one; its secret is given this once and is typed at the terminal.

    Raises:
        InvalidInput: no such organisation, or something is missing or too long.
    """
    permit(Scope(organisations=(organisation,)), subject="terminal:new")
    known = find_organisation(organisation)
    raise_all(
        [
            *judged_text("place_zh", place.zh, MOST_PLACE),
            *judged_text("place_en", place.en, MOST_PLACE),
            *judged_text("address", address, MOST_ADDRESS),
            *([FieldProblem("organisation", _NOWHERE)] if known is None or not known.active else []),
        ]
    )
    secret = _new_secret()
    row = Terminal.objects.create(
        organisation=organisation,
        place=place.as_dict(),
        address=address.strip(),
        secret_digest=digest_of(secret),
        registered_by=actor.account_id or 0,
        registered_at=at,
    )
    note(terminal=row.pk)
    return NewTerminal(id=row.pk, secret=secret)


@command(operation=OPERATION)
def renew_terminal(*, actor: Actor, at: datetime, terminal: int) -> NewTerminal:
    """Give a terminal a new secret, as after its machine was changed; the old one counts no more.

    Raises:
        TerminalNotFound, TerminalRetired.
    """
    row = locked_terminal(terminal)
    permit(Scope(organisations=(row.organisation,)), subject=f"terminal:{terminal}")
    secret = _new_secret()
    row.secret_digest, row.last_contact_at = digest_of(secret), None
    row.save(update_fields=["secret_digest", "last_contact_at"])
    return NewTerminal(id=row.pk, secret=secret)


def _new_secret() -> str:
    return grouped("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))
