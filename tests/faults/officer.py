"""An officer at work without pause, by command or by HTTP; prints each act that was acknowledged, at once.

Run as a program (:data:`PROGRAM`), so that it can be killed in the middle of an act like everything else.
Its words: ``command`` or ``http``, the user name, a seed, the address of the city.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections.abc import Callable

import psycopg
import requests
from django.db import Error, connection
from django.utils import timezone
from tests.live.city import PASSWORD

from yiwang.cases.api import complete_task
from yiwang.cases.contracts import OpinionInput
from yiwang.cases.models import Task
from yiwang.identity.models import Account
from yiwang.identity.queries.actors import actor_of_account
from yiwang.kernel.errors import YiwangError
from yiwang.platform.contracts import Actor

#: For ``python -c``: Django is set up before what needs it is imported.
PROGRAM = "import django; django.setup(); from tests.faults.officer import main; main()"
_PAUSE = 0.2
_VERDICTS = {"approve", "conditional"}
#: Outcomes by step of the test types; opinions and decisions all grant, so that cases come to licences.
_OUTCOMES = {"accept": "accept", "accept_again": "accept", "examine": "done"}
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_VERSION = re.compile(r'name="version" value="(\d+)"')


def find_work(actor: Actor, chance: random.Random) -> Task | None:
    """Any open task of the officer's organisation and roles: two officers may well choose the same."""
    rows = Task.objects.filter(
        state="open", organisation=actor.organisation, role__in=actor.roles
    ).select_related("case")
    found = list(rows.order_by("id")[:6])
    return chance.choice(found) if found else None


def by_command(actor: Actor, task: Task) -> bool:
    """Complete it through the door of cases."""
    try:
        complete_task(
            actor=actor,
            at=timezone.now(),
            task_id=task.pk,
            outcome=_OUTCOMES.get(task.node, "approve"),
            opinion=OpinionInput(grounds="依据充分"),
        )
    except YiwangError:
        return False
    return True


class ByHttp:
    """Complete tasks on the pages of the desk."""

    def __init__(self, username: str, address: str) -> None:
        self.username, self.address = username, address
        self.session: requests.Session | None = None

    def __call__(self, actor: Actor, task: Task) -> bool:
        """Open the case, press the button; acknowledged is what redirects."""
        session = self._signed_in()
        page = session.get(f"{self.address}/desk/cases/{task.case.number}/", timeout=10)
        token, version = _TOKEN.search(page.text), _VERSION.search(page.text)
        if page.status_code != 200 or token is None or version is None:
            return False
        answer = session.post(
            f"{self.address}/desk/cases/{task.case.number}/tasks/{task.pk}/complete/",
            data={
                "csrfmiddlewaretoken": token.group(1),
                "version": version.group(1),
                "outcome": _OUTCOMES.get(task.node, "approve"),
                "grounds": "依据充分",
            },
            timeout=10,
            allow_redirects=False,
        )
        return answer.status_code == 302 and "login" not in answer.headers["Location"]

    def _signed_in(self) -> requests.Session:
        if self.session is not None:
            return self.session
        session = requests.Session()
        page = session.get(f"{self.address}/account/login/", timeout=10)
        token = _TOKEN.search(page.text)
        if token is None:
            raise requests.RequestException("no sign-in page")
        said = {"csrfmiddlewaretoken": token.group(1), "login": self.username, "password": PASSWORD}
        answer = session.post(f"{self.address}/account/login/", data=said, timeout=10, allow_redirects=False)
        if answer.status_code != 302:
            raise requests.RequestException("not signed in")
        self.session = session
        return session


def work(username: str, complete: Callable[[Actor, Task], bool], chance: random.Random) -> None:
    """For ever: find a task, complete it, say so."""
    actor: Actor | None = None
    while True:
        try:
            if actor is None:
                account = Account.objects.get(username=username)
                actor = actor_of_account(account, at=timezone.now())
            task = find_work(actor, chance)
            if task is None:
                time.sleep(_PAUSE)
            elif complete(actor, task):
                sys.stdout.write(f"{task.pk}\n")
                sys.stdout.flush()
        except (Error, psycopg.Error, requests.RequestException):
            connection.close()
            time.sleep(_PAUSE)


def main() -> None:
    """Begin with the words of the command line."""
    means, name, seed, address = sys.argv[1:]
    work(name, ByHttp(name, address) if means == "http" else by_command, random.Random(seed))
