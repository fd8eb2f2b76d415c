"""Two who act at once: one wins, the other is told; departments that answer together lose nothing."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from yiwang.cases import api, loops
from yiwang.cases.contracts import Outcome, Phase
from yiwang.cases.models import Case, Decision, Opinion, StepResult, Task, Timer
from yiwang.cases.testing import (
    BODY,
    DEPARTMENTS,
    MONDAY,
    a_joint_type,
    a_review_type,
    an_accepted_case,
    an_application,
    done,
    officer,
    open_task,
)
from yiwang.identity.testing import a_citizen
from yiwang.kernel.errors import Conflict, YiwangError

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts):
    """Run acts in threads with connections of their own, started at one moment."""
    barrier, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        barrier.wait()
        try:
            outcomes[place] = act()
        except YiwangError as refused:
            outcomes[place] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not any(thread.is_alive() for thread in threads)
    return outcomes


def test_of_two_officers_who_complete_one_task_one_wins():
    opened = an_application(a_review_type())
    task = open_task(opened.case_id)
    officers = [officer(BODY, "window") for _ in range(2)]

    outcomes = together(
        *(
            lambda actor=actor: api.complete_task(
                actor=actor, at=MONDAY, task_id=task, outcome="accept", expected_version=1
            )
            for actor in officers
        )
    )

    won = [outcome for outcome in outcomes if not isinstance(outcome, YiwangError)]
    lost = [outcome for outcome in outcomes if isinstance(outcome, YiwangError)]
    assert (len(won), len(lost)) == (1, 1)
    assert isinstance(lost[0], Conflict)
    assert won[0].phase is Phase.ACCEPTED
    assert Task.objects.filter(node="opinions").count() == 3


def test_departments_that_answer_at_once_all_count():
    opened = an_accepted_case(a_review_type())
    acts = []
    for department in DEPARTMENTS:
        actor, task = officer(department, "reviewer"), open_task(opened.case_id, "opinions", department)
        acts.append(lambda actor=actor, task=task: done(actor, task, "approve"))

    outcomes = together(*acts)

    assert not any(isinstance(outcome, YiwangError) for outcome in outcomes)
    assert Opinion.objects.count() == 3
    assert StepResult.objects.get(node="opinions").total == 3
    assert Task.objects.filter(node="decide", state="open").count() == 1


def test_child_cases_decided_at_once_join_once_without_deadlock():
    opened = an_accepted_case(a_joint_type())
    for department in DEPARTMENTS:
        done(officer(department, "reviewer"), open_task(opened.case_id, "examine", department), "done")
    acts = []
    for department in DEPARTMENTS:
        actor, task = officer(department, "approver"), open_task(opened.case_id, "answer", department)
        acts.append(lambda actor=actor, task=task: done(actor, task, "approve"))

    outcomes = together(*acts)

    assert [getattr(outcome, "outcome", outcome) for outcome in outcomes] == ["approve"] * 3
    assert Decision.objects.count() == 3
    assert Opinion.objects.filter(case_id=opened.case_id).count() == 3
    assert Task.objects.filter(case_id=opened.case_id, node="decide").count() == 1


def test_a_withdrawal_against_a_childs_decision_leaves_one_whole_truth():
    citizen = a_citizen()
    opened = an_accepted_case(a_joint_type(), applicant=citizen)
    done(officer("fire", "reviewer"), open_task(opened.case_id, "examine", "fire"), "done")
    actor, task = officer("fire", "approver"), open_task(opened.case_id, "answer", "fire")

    together(
        lambda: api.withdraw_case(actor=citizen, at=MONDAY, case_id=opened.case_id),
        lambda: done(actor, task, "approve"),
    )

    fire = Case.objects.get(parent_id=opened.case_id, organisation="fire")
    assert Case.objects.get(pk=opened.case_id).phase == "withdrawn"
    assert (fire.outcome, Decision.objects.filter(case=fire).exists()) in {
        ("approve", True),
        (Outcome.WITHDRAWN.value, False),
    }
    assert not Task.objects.filter(state__in=["open", "claimed"]).exists()


def test_two_workers_fire_a_timer_once():
    opened = an_application(a_review_type())
    from yiwang.cases.contracts import SupplementItem

    api.request_supplement(
        actor=officer(BODY, "window"),
        at=MONDAY,
        case_id=opened.case_id,
        items=(SupplementItem(path="name", what="改"),),
    )
    late = Timer.objects.get().fires_at

    assert sorted(together(lambda: loops.timers(late), lambda: loops.timers(late))) == [0, 1]
    assert Case.objects.get().phase == "lapsed"
