"""What the worker repeats for registers."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import OperationalError

from yiwang.kernel.errors import YiwangError
from yiwang.platform.contracts import Actor
from yiwang.registers.commands.find_duplicates import find_duplicates, registers_to_look_through
from yiwang.registers.commands.measure_quality import measure_quality, registers_to_measure

log = structlog.get_logger()
KEEPER = Actor.system("registers")


def quality(at: datetime) -> int:
    """Measure the registers that are due."""
    done = 0
    for code in registers_to_measure(at):
        try:
            measure_quality(actor=KEEPER, at=at, register=code)
        except (YiwangError, OperationalError) as refused:  # the latter when it takes too long
            log.warning("registers.quality_refused", register=code, reason=type(refused).__name__)
        else:
            done += 1
    return done


def duplicates(at: datetime) -> int:
    """Look through the registers in which something is new."""
    done = 0
    for code in registers_to_look_through():
        try:
            done += find_duplicates(actor=KEEPER, at=at, register=code)
        except YiwangError as refused:
            log.warning("registers.duplicates_refused", register=code, reason=refused.code)
    return done
