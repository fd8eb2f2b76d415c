"""How other engines say that a document has changed."""

from __future__ import annotations

from datetime import datetime

from yiwang.portal.search.models import SourceMark, Waiting


def ask_again(*, kind: str, key: str, at: datetime) -> None:
    """Have a document read anew, or taken out if its source has it no more; in the caller's transaction."""
    Waiting.objects.create(kind=kind, key=key, asked_at=at)


def read_anew(kind: str) -> None:
    """Have a whole source read again at the next round; what is as it was costs no new words."""
    SourceMark.objects.filter(kind=kind).update(mark="")
