"""Cards by the clock, notices with replies, ratings with answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from yiwang.cases import api, loops
from yiwang.cases.contracts import (
    AlreadyRated,
    CardLevel,
    CaseNotFound,
    NoticeClosed,
    NotYetRateable,
)
from yiwang.cases.models import Card, Clock, Notice, Rating
from yiwang.cases.testing import (
    BODY,
    MONDAY,
    a_review_type,
    an_accepted_case,
    officer,
    open_task,
)
from yiwang.identity.testing import a_citizen
from yiwang.platform.contracts import OperationNotAllowed

pytestmark = pytest.mark.django_db


def test_a_late_department_gets_a_yellow_then_a_red_card_once_each():
    opened = an_accepted_case(a_review_type())
    planner = officer("planning", "reviewer")
    api.claim_task(actor=planner, at=MONDAY, task_id=open_task(opened.case_id, "opinions", "planning"))
    clock = Clock.objects.get(task__organisation="planning")
    assert loops.cards(clock.yellow_at - timedelta(seconds=1)) == 0
    assert not Card.objects.exists()

    assert loops.cards(clock.yellow_at) == 6
    assert sorted(Card.objects.values_list("organisation", "level")) == [
        ("environment", "yellow"),
        ("fire", "yellow"),
        ("planning", "yellow"),
    ]
    assert loops.cards(clock.yellow_at) == 0

    loops.cards(clock.red_at)

    reds = Card.objects.filter(level="red", task__isnull=False)
    assert sorted(reds.values_list("organisation", flat=True)) == ["environment", "fire", "planning"]
    assert reds.get(organisation="planning").officer_id == planner.account_id
    seen = api.cards(actor=officer("supervision", "supervisor"), level=CardLevel.RED)
    assert {row.organisation for row in seen.rows} == {"environment", "fire", "planning"}


def test_a_stopped_clock_gets_no_card():
    opened = an_accepted_case(a_review_type())
    api.stop_clock(actor=officer(BODY, "handler"), at=MONDAY, case_id=opened.case_id, ground="hearing")

    assert loops.cards(MONDAY + timedelta(days=90)) == 0
    assert not Card.objects.exists()


def test_a_notice_is_answered_and_closed():
    opened = an_accepted_case(a_review_type())
    supervisor = officer("supervision", "supervisor")
    planner = officer("planning", "reviewer")

    notice_id = api.open_notice(
        actor=supervisor,
        at=MONDAY,
        case_id=opened.case_id,
        organisation="planning",
        body="请说明超期原因",
        working_days=3,
    )

    assert Notice.objects.get().due_at == datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
    with pytest.raises(OperationNotAllowed):
        api.reply_notice(actor=officer("fire", "reviewer"), at=MONDAY, notice_id=notice_id, body="代答")
    api.reply_notice(actor=planner, at=MONDAY, notice_id=notice_id, body="已办")
    [seen] = api.notices(actor=planner).rows
    assert (seen.state, [reply.body for reply in seen.replies]) == ("replied", ["已办"])
    with pytest.raises(OperationNotAllowed):
        api.close_notice(actor=planner, at=MONDAY, notice_id=notice_id)
    api.close_notice(actor=supervisor, at=MONDAY, notice_id=notice_id, closing="属实")
    with pytest.raises(NoticeClosed):
        api.reply_notice(actor=planner, at=MONDAY, notice_id=notice_id, body="再答")
    assert api.notices(actor=supervisor).rows == ()


def test_one_rating_a_handling_and_a_bad_one_is_answered():
    citizen = a_citizen()
    opened = an_accepted_case(a_review_type(), applicant=citizen)
    with pytest.raises(NotYetRateable):
        api.rate_case(actor=citizen, at=MONDAY, case_id=opened.case_id, level=5)
    api.withdraw_case(actor=citizen, at=MONDAY, case_id=opened.case_id)
    with pytest.raises(CaseNotFound):
        api.rate_case(actor=a_citizen(), at=MONDAY, case_id=opened.case_id, level=1)

    api.rate_case(actor=citizen, at=MONDAY, case_id=opened.case_id, level=1, comment="太慢")

    with pytest.raises(AlreadyRated):
        api.rate_case(actor=citizen, at=MONDAY, case_id=opened.case_id, level=5)
    rating = Rating.objects.get()
    assert (rating.level, rating.answer_until) == (1, datetime(2026, 3, 23, 9, 0, tzinfo=UTC))
    api.reply_to_rating(actor=officer(BODY, "window"), at=MONDAY, case_id=opened.case_id, reply="已改进")
    assert Rating.objects.get().reply == "已改进"


def test_a_notice_is_about_the_card_that_its_office_got():
    opened = an_accepted_case(a_review_type())
    clock = Clock.objects.get(task__organisation="planning")
    loops.cards(clock.yellow_at)
    loops.cards(clock.red_at)
    supervisor = officer("supervision", "supervisor")
    late = {"actor": supervisor, "at": clock.red_at, "case_id": opened.case_id, "body": "请说明"}

    api.open_notice(organisation="planning", **late)

    red = Card.objects.get(clock=clock, level="red")
    assert Notice.objects.get().card == red
    # The yellow card of the same office came before: it is answered for with the red one.
    asked = {(row.organisation, row.level) for row in api.cards(actor=supervisor, noticed=True).rows}
    assert asked == {("planning", "yellow"), ("planning", "red")}
    waiting = api.cards(actor=supervisor, noticed=False).rows
    assert {row.organisation for row in waiting} == {"environment", "fire"}
    assert not any(row.noticed for row in waiting)
    fire = Card.objects.get(level="yellow", organisation="fire")
    api.open_notice(organisation="fire", card_id=fire.pk, **late)
    assert Notice.objects.get(organisation="fire").card == fire
    shown = api.case_for_officer(actor=supervisor, at=clock.red_at, case_id=opened.case_id)
    assert {card.organisation for card in shown.cards if not card.noticed} == {"environment"}
