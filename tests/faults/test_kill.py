"""Kill -9 of worker, web, database and officers in the middle of acts: afterwards every case is whole.

Twelve rounds: more cases, some with timers and cards already due; officers complete tasks by command and
on pages; then one process dies at a moment that nobody chose. Nothing that was acknowledged may be lost,
nothing may be half done, and whatever the law's clocks ask for happens, once.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import IO

import psycopg
import pytest
from django.db import Error, connection
from django.db.models import QuerySet
from django.utils import timezone
from tests.faults.officer import PROGRAM
from tests.faults.wholeness import faults
from tests.live.children import child_of
from tests.live.city import LiveCity, Server, actor
from tests.live.private_city import private_city

from yiwang.cases import api
from yiwang.cases.contracts import SupplementItem
from yiwang.cases.models import Task
from yiwang.cases.testing import a_joint_type, a_review_type, an_application
from yiwang.cli.supervisor import answers
from yiwang.cli.testing import TestCity
from yiwang.platform.environment import ROOT
from yiwang.platform.private_database.place import find_place

pytestmark = pytest.mark.faults
VICTIMS = ("worker", "database", "web", "worker", "officer", "database") * 2
_OFFICERS = (
    ("command", "planning.approver"),
    ("command", "environment.approver"),
    ("http", "planning.approver"),
    ("http", "fire.approver"),
    ("command", "service_centre.approver"),
    ("http", "service_centre.window"),
)
_LONG_AGO = timedelta(days=60)
_SECONDS = 300
_PYTHON = {
    "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    "DJANGO_SETTINGS_MODULE": "yiwang.server.settings",
}


@dataclass
class Officer:
    """One program of :mod:`tests.faults.officer`, begun again when it was killed."""

    words: list[str]
    city: LiveCity
    out: Path
    process: subprocess.Popen[bytes] | None = None
    log: IO[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        """At work, its acts appended to its file."""
        self.log = self.out.open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-c", PROGRAM, *self.words],
            cwd=ROOT,
            env=self.city.environment() | _PYTHON,
            stdout=self.log,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        """In the middle of whatever it does."""
        assert self.process is not None
        assert self.log is not None
        self.process.kill()
        self.process.wait()
        self.log.close()

    def acknowledged(self) -> list[int]:
        """Tasks that it was told were done; a line cut off by its death is none."""
        return [int(line) for line in self.out.read_text().split("\n")[:-1]]


@pytest.fixture(scope="module")
def running() -> Iterator[TestCity]:
    with private_city() as city:
        yield city


@pytest.fixture
def city(running: TestCity, django_db_blocker) -> Iterator[LiveCity]:
    place = find_place(running.var)
    assert place is not None
    server = Server(host=str(place.socket), port="", user="yiwang", password="", name="yiwang")
    found = LiveCity(var=running.var, server=server, address=running.address)
    with found.acting(django_db_blocker):
        yield found


@pytest.fixture
def officers(city: LiveCity, tmp_path: Path) -> Iterator[list[Officer]]:
    found = [
        Officer([means, name, str(seed), city.address], city, tmp_path / f"{seed}-{name}-{means}")
        for seed, (means, name) in enumerate(_OFFICERS)
    ]
    for officer in found:
        officer.start()
    yield found
    for officer in found:
        officer.kill()


def _again(act: Callable[[], object]) -> object:
    """While the database comes back, as an officer would: try again."""
    deadline = time.monotonic() + _SECONDS
    while True:
        try:
            return act()
        except (Error, psycopg.Error):
            connection.close()
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def _feed(kinds: list[object]) -> None:
    """Two joint cases, two with opinions as tasks, one long late, two whose applicant stayed silent."""
    joint, review = kinds
    now, citizen = timezone.now(), actor("chen")
    for kind in (joint, joint, review, review):
        an_application(kind, applicant=citizen, at=now)
    an_application(joint, applicant=citizen, at=now - _LONG_AGO)
    window = actor("service_centre.window")
    for _ in range(2):
        silent = an_application(review, applicant=citizen, at=now - _LONG_AGO)
        api.request_supplement(
            actor=window,
            at=now - _LONG_AGO,
            case_id=silent.case_id,
            items=(SupplementItem(path="name", what="请写全称"),),
        )


def _victim(city: TestCity, name: str) -> int:
    facts = city.status()
    if name == "database":
        return int(str(facts["database_pid"]))
    return child_of(int(str(facts["pid"])), name)


def _eventually(holds: Callable[[], object], seconds: float = _SECONDS) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if _again(holds):
            return True
        time.sleep(0.3)
    return False


def _fed() -> QuerySet[Task]:
    """Tasks of the cases that the test feeds; the worker sends defects of the registers back by itself."""
    return Task.objects.exclude(case__type_code="register_defect")


def test_every_case_is_whole_whatever_is_killed(running: TestCity, city: LiveCity, officers: list[Officer]):
    chance = random.Random(20_061_121)
    kinds = [a_joint_type(), a_review_type()]

    for victim in VICTIMS:
        _again(lambda: _feed(kinds))
        time.sleep(chance.uniform(0.2, 1.0))
        if victim == "officer":
            chosen = chance.choice(officers)
            chosen.kill()
            chosen.start()
            continue
        os.kill(_victim(running, victim), signal.SIGKILL)
        assert _eventually(lambda: answers(city.address)), f"{victim} did not come back"

    assert _eventually(lambda: not _fed().filter(state__in=["open", "claimed"]).exists()), "work is left"
    assert _eventually(lambda: not faults()), faults()
    acknowledged = [task for officer in officers for task in officer.acknowledged()]
    assert len(acknowledged) == len(set(acknowledged))
    assert len(acknowledged) >= 150
    done_tasks = set(_fed().filter(state="done").values_list("id", flat=True))
    assert set(acknowledged) <= done_tasks
    # An act may be done whose acknowledgement died with who waited for it: at most one a kill and officer.
    unheard = done_tasks - set(acknowledged)
    silent = set(Task.objects.filter(node="accept", outcome="supplement").values_list("id", flat=True))
    assert len(unheard - silent) <= len(VICTIMS) * len(officers)
