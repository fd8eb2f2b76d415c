"""Two people press one button of a running city at one moment: one wins, the other is told, nothing twice."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
import requests
from django.utils import timezone
from tests.faults.visitor import Visitor, a_paper
from tests.live.city import LiveCity, actor, live_city
from tests.live.residence import RESIDENCE

from yiwang.cases import api
from yiwang.cases.contracts import GivenMaterial
from yiwang.cases.models import Case, CaseEvent, Clock, Decision, Draft, Material, Task
from yiwang.identity.models import Account
from yiwang.identity.testing import an_officer
from yiwang.platform.models import JournalEntry

pytestmark = pytest.mark.faults
_SECOND = "李后到"


@pytest.fixture(scope="module")
def running(django_db_setup, django_db_blocker) -> Iterator[LiveCity]:
    with django_db_blocker.unblock(), live_city() as city:
        yield city


@pytest.fixture
def city(running: LiveCity, django_db_blocker) -> Iterator[LiveCity]:
    with running.acting(django_db_blocker):
        yield running


def _at_once(*acts) -> list[requests.Response]:
    barrier, answers = threading.Barrier(len(acts)), {}

    def run(place: int) -> None:
        barrier.wait()
        answers[place] = acts[place]()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers[place] for place in range(len(acts))]


def _an_application() -> Case:
    opened = api.open_case(
        actor=actor("chen"),
        at=timezone.now() - timedelta(hours=1),
        type_code="residence_certificate",
        answers=RESIDENCE,
        materials=[GivenMaterial(key="residence_proof", file_id=a_paper())],
    )
    return Case.objects.get(pk=opened.case_id)


def _a_second_officer(organisation: str, roles: tuple[str, ...]) -> str:
    """A colleague with the password of all demonstration accounts."""
    username = f"second.{organisation}"
    if not Account.objects.filter(username=username).exists():
        an_officer(organisation, roles=roles, name=_SECOND, username=username)
        known = Account.objects.get(username=f"{organisation}.handler").password
        Account.objects.filter(username=username).update(password=known, must_change_password=False)
    return username


@pytest.mark.parametrize("language", ["zh", "en"])
def test_two_officers_complete_one_task(city: LiveCity, language: str):
    second = _a_second_officer("civil_affairs", ("window", "handler"))
    officers = [Visitor(city, name, language) for name in ("civil_affairs.handler", second)]
    first_name = Account.objects.get(username="civil_affairs.handler").person.name
    for _ in range(4):
        case = _an_application()
        task = Task.objects.get(case=case)
        page, path = f"/desk/cases/{case.number}/", f"/desk/cases/{case.number}/tasks/{task.pk}/complete/"
        hidden = [officer.form(page) for officer in officers]
        lines = JournalEntry.objects.count()

        answers = _at_once(
            *(
                lambda who=who, form=form, path=path: who.send(
                    path, {"outcome": "accept", "note": "齐全"}, form
                )
                for who, form in zip(officers, hidden, strict=True)
            )
        )

        assert sorted(answer.status_code for answer in answers) == [302, 409]
        task.refresh_from_db()
        winner = 0 if answers[0].status_code == 302 else 1
        name = (first_name, _SECOND)[winner]
        told = answers[1 - winner].text
        moment = timezone.localtime(task.ended_at)
        assert f"{name}于" in told if language == "zh" else f"{name} did" in told
        assert f"{moment:%H:%M}" in told
        assert ("没有生效" if language == "zh" else "was not used") in told
        assert (task.state, task.outcome) == ("done", "accept")
        case.refresh_from_db()
        assert case.phase == "accepted"
        assert CaseEvent.objects.filter(case=case, act="task_completed").count() == 1
        assert Task.objects.filter(case=case).exclude(pk=task.pk).count() == 1
        assert Clock.objects.filter(case=case, kind="case_promised").count() == 1
        assert not Decision.objects.filter(case=case).exists()
        outcomes = JournalEntry.objects.filter(operation="cases.task.complete").order_by("-id")[:2]
        assert sorted(line.outcome for line in outcomes) == ["done", "refused"]
        assert JournalEntry.objects.count() >= lines + 2


def test_what_a_page_sends_that_is_no_number_is_refused_kindly(city: LiveCity):
    officer = Visitor(city, "civil_affairs.handler")
    case = _an_application()
    task = Task.objects.get(case=case)
    path = f"/desk/cases/{case.number}/tasks/{task.pk}/complete/"
    form = officer.form(f"/desk/cases/{case.number}/")

    for version in ("x", "²", "-1", "9" * 400, "1e3"):
        answer = officer.send(path, {"outcome": "no such", "version": version}, form)
        assert answer.status_code == 409, version

    task.refresh_from_db()
    assert task.state == "open"


def test_two_windows_send_one_draft(city: LiveCity):
    # the worker opens cases too, of defects in registers
    cases = Case.objects.filter(type_code="residence_certificate")
    for _ in range(4):
        before = set(cases.values_list("id", flat=True))
        draft = api.save_draft(
            actor=actor("chen"),
            at=timezone.now(),
            type_code="residence_certificate",
            answers=RESIDENCE,
            files={"residence_proof": a_paper()},
        )
        windows = [Visitor(city, "chen") for _ in range(2)]
        path = f"/apply/{draft.id}/check/"
        # Each window's button pressed twice: four requests for one application.
        senders = [(who, who.form(path)) for who in windows for _ in range(2)]

        answers = _at_once(
            *(
                lambda who=who, form=form, path=path: who.send(path, {"declaration": "yes"}, form)
                for who, form in senders
            )
        )

        [case] = cases.exclude(pk__in=before)
        # Whoever was later is led to the own cases, or, when the draft was gone at the first look, told so.
        assert {answer.status_code for answer in answers} <= {302, 404}
        led = [answer.headers["Location"] for answer in answers if answer.status_code == 302]
        assert any(f"/{case.pk}/" in where for where in led)
        assert not Draft.objects.filter(pk=draft.id).exists()
        assert Material.objects.filter(case=case).count() == 1
        assert CaseEvent.objects.filter(case=case, act="opened").count() == 1
        assert Task.objects.filter(case=case).count() == 1
        for who in windows:
            assert case.number in who.read("/space/cases/")
