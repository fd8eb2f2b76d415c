"""Begin a simulation, or complete one that was interrupted; a finished one is never done twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import ClassVar

from yiwang.cases.api import city_calendar
from yiwang.cli.simulation import grounds, runs
from yiwang.cli.simulation.city import LivingCity, Report
from yiwang.cli.simulation.staff import Staff
from yiwang.kernel.errors import RuleViolation
from yiwang.kernel.text import Text
from yiwang.maps.addresses.indexing import make_index


@dataclass(eq=False)
class NotADemonstration(RuleViolation):
    """Synthetic people have no place among real ones."""

    city: str
    text: ClassVar[Text] = Text(
        "“{city}”不是演示城市，不能加入模拟数据。",
        "“{city}” is not a demonstration city: no synthetic data are put into it.",
    )


@dataclass(eq=False)
class CityIsRunning(RuleViolation):
    """The worker acts now while the simulation acts in the past: limits would pass in the wrong order."""

    text: ClassVar[Text] = Text(
        "系统正在运行，请先停止（./yiwang down）再模拟。",
        "The city is running: stop it first (./yiwang down).",
    )


@dataclass(eq=False)
class AlreadySimulated(RuleViolation):
    """This seed has been simulated in this database."""

    seed: int
    text: ClassVar[Text] = Text(
        "种子{seed}已经模拟过，请换一个。", "Seed {seed} has been simulated already. Choose another."
    )


def simulate(
    folder: Path,
    *,
    seed: int,
    days: int,
    cases: int,
    now: datetime,
    show: Callable[[float], None],
) -> Report | None:
    """Let the city live for some days until now; None if this seed has been simulated to its end."""
    run = runs.find_run(seed)
    if run is not None and run.is_finished:
        return None
    if run is None:
        until = now.astimezone(city_calendar().zone).replace(microsecond=0)
        since = datetime.combine(until.date() - timedelta(days=days), time(), until.tzinfo)
        lay_grounds(folder, since=since, now=now)
        run = runs.begin_run(seed, cases=cases, since=since, until=until)
    return LivingCity(folder, run, show=show).live()


def lay_grounds(folder: Path, *, since: datetime, now: datetime) -> None:
    """Accounts, grants, seals and the index of addresses, if no start and no worker has made them."""
    long_ago = since - grounds.LONG_AGO
    grounds.ensure_accounts(folder, at=long_ago)
    grounds.ensure_grants(Staff(at=since), at=long_ago)
    make_index(now)
    for code in sorted(grounds.bodies_of_items() | grounds.deciding_bodies(folder)):
        grounds.ensure_seal_of(code, inscription=grounds.INSCRIPTION, at=now)
