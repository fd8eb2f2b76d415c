"""What the worker repeats for disclosure."""

from __future__ import annotations

from datetime import datetime

from yiwang.platform.contracts import Actor
from yiwang.portal.disclosure.commands.purge_document import purge_document
from yiwang.portal.disclosure.documents import outlived

_RETENTION = Actor.system("retention")


def forget_documents(at: datetime) -> int:
    """Forget originals whose decision has taken effect, and what lay about too long."""
    return sum(purge_document(actor=_RETENTION, at=at, file_id=file_id) for file_id in outlived(at))
