"""Lock a supervision notice with its case."""

from __future__ import annotations

from yiwang.cases.contracts.errors import ThingNotFound
from yiwang.cases.models import Notice
from yiwang.cases.rows.loading import lock_case
from yiwang.cases.rows.records import Live
from yiwang.kernel.text import Text

_NOTICE = Text("这份督办", "This notice")


def lock_notice(notice_id: int) -> tuple[Live, Notice]:
    """Give a notice under its case's lock, or raise ThingNotFound."""
    case_id = Notice.objects.filter(pk=notice_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise ThingNotFound(thing=_NOTICE)
    live = lock_case(case_id)
    return live, Notice.objects.get(pk=notice_id)
