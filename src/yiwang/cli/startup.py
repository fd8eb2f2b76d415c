"""What a start does to the database, in order. Engines add their step to ``STEPS``, sign-ins to ``SIGN_INS``.

Runs in a process of its own after the database answers and before pages do; skipped as a whole while
code, packs and city are unchanged. Each step may run again at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.core.management import call_command

from yiwang.cli import demonstration
from yiwang.cli.sign_ins import SignIn
from yiwang.cli.steps import Start, Step
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.web.page_files import NOT_SENT
from yiwang.server import city


def _migrate(start: Start) -> None:
    call_command("migrate", interactive=False, verbosity=0)


def _collect_page_files(start: Start) -> None:
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=NOT_SENT)


def _apply_city(start: Start) -> None:
    city.apply(city.read_whole(), actor=Actor.system("startup"), at=start.at)


#: In order of work.
STEPS: list[Step] = [
    Step(Text("建立数据表", "Preparing the tables"), _migrate),
    Step(Text("压缩页面样式与脚本", "Packing styles and scripts"), _collect_page_files),
    Step(Text("应用城市与业务包", "Applying the city and its packs"), _apply_city),
    Step(Text("建立账号", "Opening accounts"), demonstration.set_up_accounts),
    Step(
        Text("刻制电子印章、登记基础数据", "Cutting seals, entering base data"), demonstration.set_up_grounds
    ),
    Step(Text("让城市运转起来", "Bringing the city to life"), demonstration.set_up_living_city),
]
#: Asked after the steps, when the database is whole.
SIGN_INS: list[Callable[[], Iterable[SignIn]]] = [demonstration.sign_ins]
