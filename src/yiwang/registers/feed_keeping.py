"""How long marks of the feed are kept. The last that is not kept stays, and says where the feed begins."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from yiwang.exchange.api import FeedTrimmed, Place, is_listened_to, told_up_to
from yiwang.platform import sql
from yiwang.registers.models import FeedMark

KINDS = ("register", "indicator")
LOCK = "SELECT 1 FROM pg_advisory_xact_lock(hashtext('yiwang.registers/feed'), hashtext(%s))"
#: A receiver that was away for a summer still goes on where it was; whoever was longer reads afresh.
KEPT = timedelta(days=90)
_TRIMMED = "trimmed"


def trim_feeds(at: datetime) -> int:
    """Drop marks that were kept long enough, and all of registers to which nobody listens; gives how many."""
    registers = FeedMark.objects.order_by("register").values_list("register", flat=True).distinct()
    return sum(_trim(register, at) for register in registers)


def _trim(register: str, at: datetime) -> int:
    with transaction.atomic():
        sql.fetch(LOCK, [register])
        marks = FeedMark.objects.filter(register=register)
        if not is_listened_to(KINDS, register):
            return marks.delete()[0]
        old, told = marks.filter(known_from__lt=at - KEPT), told_up_to(KINDS, register)
        if told is not None:
            old = old.filter(pk__lt=told)
        last = old.order_by("-id").first()
        if last is None:
            return 0
        number = marks.filter(pk__lt=last.pk).delete()[0]
        if last.kind != _TRIMMED:
            last.kind = _TRIMMED
            last.save(update_fields=["kind"])
        return number


def refuse_trimmed(register: str, after: Place) -> None:
    """Refuse to go on from a place after which something was dropped: nothing is left out in silence.

    Raises:
        FeedTrimmed: the answer names the place to go on from.
    """
    first = FeedMark.objects.filter(register=register).order_by("id").first()
    if first is None or first.kind != _TRIMMED:
        return
    begin = Place(first.pk, first.last_entry)
    if after < begin:
        raise FeedTrimmed(place=str(begin))
