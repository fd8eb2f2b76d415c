"""The mark of the law: while it is the same, what was decided for a system's token still holds."""

from __future__ import annotations

import uuid
from typing import LiteralString

from yiwang.exchange.models import LawMark

#: One row without columns while a token (``token``, its hash) counts at ``at`` and the law bears ``mark``.
LAWFUL: LiteralString = """
  SELECT FROM exchange_clienttoken k, exchange_lawmark m
  WHERE k.token_hash = %(token)s::bytea AND k.expires_at > %(at)s::timestamptz AND m.id = 1
    AND m.mark = %(mark)s::uuid"""

#: The same for whoever needs no token.
SAME_LAW: LiteralString = "SELECT FROM exchange_lawmark m WHERE m.id = 1 AND m.mark = %(mark)s::uuid"
#: The present mark, for whoever asks by a connection of his own.
LAW_MARK: LiteralString = "SELECT mark FROM exchange_lawmark WHERE id = 1"


def law_mark() -> uuid.UUID | None:
    """The present mark: changed by every change of a grant, resource, client or register. Read it first."""
    return LawMark.objects.filter(pk=1).values_list("mark", flat=True).first()
