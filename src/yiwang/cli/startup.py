"""What a start does to the database, in order. Engines add their step to ``STEPS``, sign-ins to ``SIGN_INS``.

Runs in a process of its own after the database answers and before pages do; skipped as a whole while
code, packs and city are unchanged. Each step may run again at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.management import call_command

from yiwang.cli.sign_ins import SignIn
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.server import city


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What a step is told: the time, the number of demonstration cases, how to show progress (0 to 1)."""

    at: datetime
    scale: int
    show: Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Step:
    """One named step."""

    title: Text
    run: Callable[[Start], None]


def _migrate(start: Start) -> None:
    call_command("migrate", interactive=False, verbosity=0)


def _apply_city(start: Start) -> None:
    city.apply(city.read(), actor=Actor.system("startup"), at=start.at)


#: In order of work.
STEPS: list[Step] = [
    Step(Text("建立数据表", "Preparing the tables"), _migrate),
    Step(Text("应用城市与业务包", "Applying the city and its packs"), _apply_city),
]
#: Asked after the steps, when the database is whole.
SIGN_INS: list[Callable[[], Iterable[SignIn]]] = []
