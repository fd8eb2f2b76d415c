"""One officer's act through HTTP: the form of the desk handed in, as a browser does, in this process.

The peer is the same act by direct command in the same run. Statements are counted in acts of their own,
because keeping the log of them costs processor time; BEGIN and COMMIT count too.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from benchmarks.city import People
from benchmarks.joint_approvals import OPINION, STEPS, Child, Step, open_families
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yiwang.cases.models import Case
from yiwang.identity.models import Account


@dataclass(frozen=True, slots=True)
class Acts:
    """Of each step: statements an act, processor milliseconds of the server an act, and by direct command."""

    statements: dict[str, list[float]]
    http_ms: dict[str, list[float]]
    command_ms: dict[str, list[float]]


def measure_acts(people: People, families: int) -> Acts:
    """Warm up with one family, then a third each: counted, timed, by command."""
    found = Acts(*({node: [] for node, _ in STEPS} for _ in range(3)))
    desks = _Desks()
    for child in open_families(people, 1)[0]:
        for node, outcome in STEPS:
            desks.act(Step(child, node, outcome))
    for counted, timed, commanded in zip(*(iter(open_families(people, 3 * families)),) * 3, strict=True):
        for node, outcome in STEPS:
            for one, two, three in zip(counted, timed, commanded, strict=True):
                with CaptureQueriesContext(connection) as captured:
                    desks.act(Step(one, node, outcome))
                found.statements[node].append(len(captured))
                found.http_ms[node].append(desks.act(Step(two, node, outcome)))
                found.command_ms[node].append(_by_command(Step(three, node, outcome)))
    return found


def _by_command(step: Step) -> float:
    task_id = step.task()
    begun = time.process_time()
    step.complete(task_id)
    return 1e3 * (time.process_time() - begun)


class _Desks:
    """Browsers in which officers have signed in."""

    def __init__(self) -> None:
        self._open: dict[int, Client] = {}

    def act(self, step: Step) -> float:
        """Hand the form in; gives the processor milliseconds from the request to the answer."""
        browser, address, form = self._browser(step.actor.account_id), _address(step), _form(step)
        begun = time.process_time()
        answer = browser.post(address, form)
        used = time.process_time() - begun
        assert answer.status_code == 302, answer.content
        return 1e3 * used

    def _browser(self, account_id: int | None) -> Client:
        assert account_id is not None
        if account_id not in self._open:
            browser = self._open[account_id] = Client(SERVER_NAME="127.0.0.1")
            browser.force_login(Account.objects.get(pk=account_id))
            browser.get("/desk/")
        return self._open[account_id]


def _address(step: Step) -> str:
    return f"/desk/cases/{_case(step.child).number}/tasks/{step.task()}/complete/"


def _form(step: Step) -> dict[str, str]:
    form = {"outcome": step.outcome, "note": "已审查。", "version": str(_case(step.child).version)}
    if step.node == "give_opinion":
        form |= {"grounds": OPINION.grounds, "articles": "\n".join(OPINION.articles)}
    return form


def _case(child: Child) -> Case:
    return Case.objects.get(pk=child.id)
