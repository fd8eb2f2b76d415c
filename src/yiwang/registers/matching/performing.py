"""A run from beginning to end: read, match in a process of its own, record."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog

from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import environment
from yiwang.registers.matching.commands.fail_run import fail_run
from yiwang.registers.matching.commands.read_lists import read_lists
from yiwang.registers.matching.commands.record_findings import record_findings
from yiwang.registers.matching.models import Run
from yiwang.registers.matching.orders import Order
from yiwang.registers.matching.process import MatchingFailed, match_files
from yiwang.registers.matching.queries.matchings import definition_of_row

log = structlog.get_logger()
_ACTOR = Actor.system("matching")
_BROKEN = Text("比对程序中断，请查看系统日志", "The matching broke off; see the system's log")
_TOLD_EVERY = 1.0
Told = Callable[[str, int], None]


def perform_run(*, run_id: int, now: Callable[[], datetime], told: Told = lambda stage, rows: None) -> str:
    """Do a run that was asked for; gives the state it ends in. One that is done already is left alone.

    A killed worker's run is begun anew: nothing is recorded before the end, and then all at once.
    """
    row = Run.objects.select_related("matching").get(pk=run_id)
    if row.state in ("done", "failed"):
        return row.state
    definition = definition_of_row(row.matching)
    Run.objects.filter(pk=run_id).update(state="running")
    watch = _Progress(run_id, told)
    place = environment().var / "matching"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    # lists with people's names lie there only while they are matched, for this user alone
    with TemporaryDirectory(dir=place) as name:
        folder = Path(name)
        try:
            watch("reading", 0)
            read_lists(actor=_ACTOR, at=now(), run=run_id, folder=folder)
            order = Order(
                lists=definition.resources,
                roles=definition.roles,
                accept=definition.accept,
                review=definition.review,
            )
            report = match_files(order, folder, told=watch)
            watch("recording", 0)
            record_findings(actor=_ACTOR, at=now(), run=run_id, folder=folder, report=report)
        except YiwangError as refused:
            fail_run(actor=_ACTOR, at=now(), run=run_id, reason=refused.sentence.as_dict())
        except MatchingFailed:
            fail_run(actor=_ACTOR, at=now(), run=run_id, reason=_BROKEN.as_dict())
    return Run.objects.get(pk=run_id).state


class _Progress:
    """Tells stage and rows to the run's page, once a second at most."""

    def __init__(self, run_id: int, told: Told) -> None:
        self._run_id, self._told = run_id, told
        self._stage, self._at = "", 0.0

    def __call__(self, stage: str, rows: int) -> None:
        self._told(stage, rows)
        now = time.monotonic()
        if stage == "done" or (stage == self._stage and now - self._at < _TOLD_EVERY):
            return
        self._stage, self._at = stage, now
        Run.objects.filter(pk=self._run_id).update(stage=stage, stage_rows=rows)
