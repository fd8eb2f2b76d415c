"""`simulate`: a demonstration city lives, from some days ago until now. The same seed gives the same city."""

from __future__ import annotations

from typing import Annotated

import typer
from django.conf import settings
from django.utils import timezone

from yiwang.cli import running
from yiwang.cli.console import out, progress, say
from yiwang.cli.simulation.city import Report
from yiwang.cli.simulation.simulating import AlreadySimulated, CityIsRunning, NotADemonstration, simulate
from yiwang.kernel.text import Text
from yiwang.platform.environment import environment
from yiwang.server import city

Days = Annotated[int, typer.Option(min=1, max=400, help="模拟多少天，到现在为止 / days before now")]
_CASES = "来办事的人次（少数只存草稿或爽约）/ people who come (a few leave a draft or miss their time)"
Cases = Annotated[int, typer.Option(min=1, max=200_000, help=_CASES)]
Seed = Annotated[int, typer.Option(min=1, max=10**9, help="随机种子 / seed of all chance")]

_TITLE = Text("模拟城市办件", "Simulating the city")


def command(days: Days = 30, cases: Cases = 2000, seed: Seed = 1) -> None:
    """Settle people and firms, let them and the offices act, and tell what came of it."""
    if not settings.YIWANG_DEMONSTRATION:
        raise NotADemonstration(city=environment().city)
    if running.read(environment().var) is not None:
        raise CityIsRunning
    with progress() as bars:
        bar = bars.add_task(str(_TITLE), total=1.0)
        report = simulate(
            city.city_folder(),
            seed=seed,
            days=days,
            cases=cases,
            now=timezone.now(),
            show=lambda share: bars.update(bar, completed=min(share, 1.0)),
        )
        bars.update(bar, completed=1.0)
    if report is None:
        raise AlreadySimulated(seed=seed)
    _tell(report)


def _tell(report: Report) -> None:
    acts = sum(report.acts.values())
    pace = report.cases / report.seconds
    say(
        Text(
            f"{report.cases}件申请，{acts}次办理，用时{report.seconds:.1f}秒（每秒{pace:.1f}件）。",
            f"{report.cases} applications, {acts} acts in {report.seconds:.1f} s ({pace:.1f} a second).",
        )
    )
    for name, count in sorted(report.acts.items()):
        out.print(f"  {count:>7}  {name}", markup=False)
    if report.refusals:
        say(Text("被拒绝的办理：", "Acts that were refused:"))
        for name, count in sorted(report.refusals.items()):
            out.print(f"  {count:>7}  {name}", markup=False)
