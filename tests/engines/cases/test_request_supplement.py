"""Corrections are asked for once, name the exact fields, stop the clock, and are answered or lapse."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from yiwang.cases import api, loops
from yiwang.cases.contracts import (
    CaseNotFound,
    NotInSupplement,
    Phase,
    RoleMissing,
    SupplementAlreadyAsked,
    SupplementItem,
    WrongPhase,
)
from yiwang.cases.models import Case, CaseEvent, Clock, Letter, Supplement, Task
from yiwang.cases.testing import (
    BODY,
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
from yiwang.kernel.errors import InvalidInput

pytestmark = pytest.mark.django_db
NAME = SupplementItem(path="name", what="写全称")
TUESDAY = MONDAY + timedelta(days=1)


def asked(opened, *, actor=None, items=(NAME,)):
    return api.request_supplement(
        actor=actor or officer(BODY, "window"), at=MONDAY, case_id=opened.case_id, items=items
    )


def test_the_step_is_completed_the_clock_stops_and_a_letter_is_asked_for():
    opened = an_application(a_review_type())

    stamp = asked(opened)

    assert stamp.phase is Phase.SUPPLEMENT
    assert list(Task.objects.values_list("node", "state", "outcome")) == [("accept", "done", "supplement")]
    notice = Supplement.objects.get()
    assert (notice.items, notice.answer_until) == (
        [{"path": "name", "material": "", "what": "写全称"}],
        MONDAY + timedelta(days=30),
    )
    assert Letter.objects.get().kind == "supplement"


def test_the_applicant_answers_within_the_notice_and_the_process_goes_on():
    citizen = a_citizen()
    opened = an_application(a_review_type(), applicant=citizen)
    asked(opened)

    with pytest.raises(NotInSupplement):
        api.answer_supplement(
            actor=citizen, at=TUESDAY, case_id=opened.case_id, answers={"name": "新", "departments": []}
        )
    with pytest.raises(InvalidInput):
        api.answer_supplement(actor=citizen, at=TUESDAY, case_id=opened.case_id, answers={})
    with pytest.raises(CaseNotFound):
        api.answer_supplement(actor=a_citizen(), at=TUESDAY, case_id=opened.case_id, answers={"name": "偷"})
    assert Case.objects.get().answers["name"] == "云谷数据中心"

    stamp = api.answer_supplement(
        actor=citizen, at=TUESDAY, case_id=opened.case_id, answers={"name": "珠江云谷数据中心"}
    )

    assert stamp.phase is Phase.RECEIVED
    assert Case.objects.get().answers["name"] == "珠江云谷数据中心"
    notice = Supplement.objects.get()
    assert (notice.state, notice.before, notice.answered_at) == (
        "answered",
        {"name": "云谷数据中心"},
        TUESDAY,
    )
    assert list(Task.objects.filter(state="open").values_list("node", flat=True)) == ["accept_again"]


def test_a_second_notice_is_refused_by_law():
    citizen = a_citizen()
    opened = an_application(a_review_type(), applicant=citizen)
    asked(opened)
    api.answer_supplement(actor=citizen, at=TUESDAY, case_id=opened.case_id, answers={"name": "新"})
    before = CaseEvent.objects.count()

    with pytest.raises(SupplementAlreadyAsked):
        asked(opened)

    assert CaseEvent.objects.count() == before


def test_an_item_that_names_nothing_or_says_nothing_is_refused():
    opened = an_application(a_review_type())

    with pytest.raises(InvalidInput) as refused:
        asked(
            opened, items=(SupplementItem(path="unknown", what=""), SupplementItem(material="x", what="补"))
        )

    assert [problem.path for problem in refused.value.problems] == ["items.0", "items.0.what", "items.1"]
    assert not Supplement.objects.exists()


def test_another_role_may_not_ask():
    opened = an_application(a_review_type())

    with pytest.raises(RoleMissing):
        asked(opened, actor=officer(BODY, "handler"))

    assert Case.objects.get().phase == "received"


def test_a_department_asks_in_its_child_case_and_the_limits_of_the_whole_stand_still():
    citizen = a_citizen()
    opened = an_accepted_case(a_joint_type(), applicant=citizen)
    child = Case.objects.get(parent_id=opened.case_id, organisation="planning")

    api.request_supplement(actor=officer("planning", "reviewer"), at=MONDAY, case_id=child.pk, items=(NAME,))

    assert sorted(Clock.objects.filter(state="stopped").values_list("case_id", "kind")) == [
        (opened.case_id, "case_promised"),
        (opened.case_id, "case_statutory"),
        (child.pk, "case_promised"),
        (child.pk, "case_statutory"),
        (child.pk, "task"),
    ]
    with pytest.raises(WrongPhase):
        done(officer("planning", "reviewer"), open_task(child.pk, "examine"), "done")

    after = MONDAY + timedelta(days=7)
    api.answer_supplement(actor=citizen, at=after, case_id=opened.case_id, answers={"name": "新"})

    assert not Clock.objects.filter(state="stopped").exists()
    whole = Clock.objects.get(case_id=opened.case_id, kind="case_promised")
    assert whole.due_at == datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
    assert Case.objects.get(pk=child.pk).phase == "in_review"


def test_silence_lapses_by_the_timer_that_the_process_draws():
    opened = an_application(a_review_type())
    asked(opened)

    assert loops.timers(MONDAY + timedelta(days=29)) == 0
    assert loops.timers(MONDAY + timedelta(days=30)) == 1
    assert loops.timers(MONDAY + timedelta(days=30)) == 0

    row = Case.objects.get()
    assert (row.phase, row.outcome, Supplement.objects.get().state) == ("lapsed", "lapsed", "lapsed")


def test_silence_in_a_child_case_counts_as_refusal_there():
    opened = an_accepted_case(a_joint_type())
    child = Case.objects.get(parent_id=opened.case_id, organisation="planning")
    api.request_supplement(actor=officer("planning", "reviewer"), at=MONDAY, case_id=child.pk, items=(NAME,))

    assert loops.lapses(MONDAY + timedelta(days=31)) == 1
    assert loops.lapses(MONDAY + timedelta(days=31)) == 0

    child.refresh_from_db()
    assert (child.phase, child.outcome) == ("closed", "refuse")
    assert Case.objects.get(pk=opened.case_id).opinions.get().verdict == "refuse"
