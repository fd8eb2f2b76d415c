"""What the worker repeats for cases: timers, cards, silences, lapsed notices. Due rows only, no sweeps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Protocol

import structlog
from django.db.models import Exists, F, OuterRef, Q

from yiwang.cases.commands.accept_silence import accept_silence
from yiwang.cases.commands.fire_timer import fire_timer
from yiwang.cases.commands.follow_defect import REGISTER_DEFECT, send_defect, settle_defect
from yiwang.cases.commands.issue_card import issue_card
from yiwang.cases.commands.lapse_supplement import lapse_supplement
from yiwang.cases.contracts.words import ClockState, Phase, SupplementState, TokenState
from yiwang.cases.models import Clock, Supplement, Timer, Token
from yiwang.cases.queries.types import applied_types
from yiwang.cases.rules.process.tokens import Opens
from yiwang.kernel.errors import YiwangError
from yiwang.platform.contracts import Actor
from yiwang.registers.api import defects_to_send, defects_to_settle
from yiwang.registers.contracts import DefectView

log = structlog.get_logger()
MOST = 200
_LONGEST_WAIT = timedelta(hours=1)
TIMERS = Actor.system("timers")
CARDS = Actor.system("cards")
DEFECTS = Actor.system("registers")


def timers(at: datetime) -> int:
    """Fire the timers whose instant has come; one that cannot go on is tried again later and later."""
    due = Timer.objects.filter(done_at__isnull=True, try_at__lte=at).order_by("try_at", "id")
    return sum(
        _timer(timer_id, attempts, at) for timer_id, attempts in due.values_list("id", "attempts")[:MOST]
    )


def _timer(timer_id: int, attempts: int, at: datetime) -> int:
    try:
        return int(fire_timer(actor=TIMERS, at=at, timer_id=timer_id))
    except YiwangError as refused:
        log.warning("cases.timer_refused", timer=timer_id, reason=refused.code)
        wait = min(_LONGEST_WAIT, timedelta(seconds=2 ** min(attempts + 1, 12)))
        Timer.objects.filter(pk=timer_id).update(attempts=F("attempts") + 1, try_at=at + wait)
        return 0


def cards(at: datetime) -> int:
    """Issue the cards whose instant has come."""
    running = Clock.objects.filter(state=ClockState.RUNNING)
    found: set[int] = set()
    for due in (
        Q(rung__lt=3, red_at__lte=at),
        Q(rung__lt=2, yellow_at__lte=at),
        Q(rung=0, warn_at__lte=at),
    ):
        found.update(running.filter(due).values_list("id", flat=True)[:MOST])
    return _each(sorted(found), lambda clock: issue_card(actor=CARDS, at=at, clock_id=clock))


def silences(at: datetime) -> int:
    """Draw the legal consequence of limits that passed in silence."""
    due = (
        Clock.objects.filter(state=ClockState.RUNNING, due_at__lte=at)
        .exclude(silence="")
        .exclude(case__phase__in=[Phase.SUPPLEMENT, Phase.STOPPED])
        .order_by("due_at", "id")
    )
    return _each(
        due.values_list("id", flat=True)[:MOST],
        lambda clock: int(accept_silence(actor=TIMERS, at=at, clock_id=clock)),
    )


def lapses(at: datetime) -> int:
    """End what was not corrected in time, where the process draws no way of its own."""
    waiting = Token.objects.filter(case=OuterRef("case"), state=TokenState.OPEN, opens=Opens.MESSAGE)
    due = Supplement.objects.filter(
        ~Exists(waiting), state=SupplementState.OPEN, answer_until__lte=at
    ).order_by("answer_until", "id")
    return _each(
        due.values_list("case_id", flat=True)[:MOST],
        lambda case: int(lapse_supplement(actor=TIMERS, at=at, case_id=case)),
    )


def defects(at: datetime) -> int:
    """Send back what registers found wrong, and end the cases of what was repaired."""
    if not any(kind.code == REGISTER_DEFECT for kind in applied_types()):
        return 0
    sent = sum(_follow(send_defect, defect, at) for defect in defects_to_send())
    return sent + sum(_follow(settle_defect, defect, at) for defect in defects_to_settle())


class _Follows(Protocol):
    def __call__(self, *, actor: Actor, at: datetime, defect: DefectView) -> str | bool: ...


def _follow(act: _Follows, defect: DefectView, at: datetime) -> int:
    try:
        return int(bool(act(actor=DEFECTS, at=at, defect=defect)))
    except YiwangError as refused:
        log.warning("cases.defect_refused", defect=defect.id, reason=refused.code)
        return 0


def _each(ids: Iterable[int], act: Callable[[int], int]) -> int:
    done = 0
    for row_id in ids:
        try:
            done += act(row_id)
        except YiwangError as refused:
            log.warning("cases.loop_refused", row=row_id, reason=refused.code)
    return done
