"""How other engines say that a document has changed."""

from __future__ import annotations

from datetime import datetime

from yiwang.portal.search.models import Waiting


def ask_again(*, kind: str, key: str, at: datetime) -> None:
    """Have a document read anew, or taken out if its source has it no more; in the caller's transaction."""
    Waiting.objects.create(kind=kind, key=key, asked_at=at)
