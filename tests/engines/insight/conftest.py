"""A small city month: a joint licence with three departments, some of it late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from django.utils import timezone

from yiwang.cases.contracts import CardLevel
from yiwang.cases.models import Card, Case, Clock, Notice, NoticeReply, Rating, Supplement, Task
from yiwang.cases.testing import (
    BODY,
    DEPARTMENTS,
    MONDAY,
    a_review_type,
    an_accepted_case,
    done,
    officer,
    open_task,
)
from yiwang.identity.testing import an_officer
from yiwang.insight.definitions import ScoringScheme
from yiwang.insight.models import Scheme
from yiwang.platform.contracts import Actor

ROOT = Path(__file__).resolve().parents[3]
#: Friday 27 March 2026, 17:00 in Guangzhou.
FRIDAY = datetime(2026, 3, 27, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Month:
    """What the fixture made: ended, decided late, and open cases, with who did what."""

    ended: int
    late: int
    open: int
    reviewers: dict[str, Actor]
    approver: Actor


@pytest.fixture
def march() -> Month:
    """Three cases of March 2026.

    *ended*: opened on the 2nd, all answered on the 3rd, decided on the 4th: everything on time.
    *late*: the same, but fire answers on the 20th, so its step and the promise of 10 days are late.
    *open*: accepted on the 2nd, only planning has answered; on the 27th the steps of the others are late.
    """
    kind = a_review_type()
    window = officer(BODY, "window")
    reviewers = {code: an_officer(code, roles=("reviewer",), name=f"{code}某") for code in DEPARTMENTS}
    approver = officer(BODY, "approver")
    tuesday, wednesday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
    late_friday = datetime(2026, 3, 20, 8, 0, tzinfo=UTC)

    def accepted() -> int:
        return an_accepted_case(kind, at=MONDAY).case_id

    ended, late, still_open = accepted(), accepted(), accepted()
    for code in DEPARTMENTS:
        done(reviewers[code], open_task(ended, "opinions", code), "approve", at=tuesday)
    done(approver, open_task(ended, "decide"), "approve", at=wednesday)
    for code in ("planning", "environment"):
        done(reviewers[code], open_task(late, "opinions", code), "approve", at=tuesday)
    done(reviewers["fire"], open_task(late, "opinions", "fire"), "approve", at=late_friday)
    done(approver, open_task(late, "decide"), "approve", at=late_friday + timedelta(hours=1))
    done(reviewers["planning"], open_task(still_open, "opinions", "planning"), "approve", at=tuesday)
    assert window.organisation == BODY
    return Month(ended=ended, late=late, open=still_open, reviewers=reviewers, approver=approver)


@pytest.fixture
def watched(march: Month) -> Month:
    """The same month with what supervision adds: cards, notices, ratings, a supplement."""
    fire = Task.objects.get(case_id=march.late, organisation="fire")
    clock = Clock.objects.get(task=fire)
    for level, at in ((CardLevel.YELLOW, clock.yellow_at), (CardLevel.RED, clock.red_at)):
        Card.objects.create(
            level=level,
            clock=clock,
            case_id=march.late,
            task=fire,
            organisation="fire",
            officer_id=march.reviewers["fire"].account_id,
            at=at,
        )
    a_notice(
        march.late, "fire", due=datetime(2026, 3, 16, tzinfo=UTC), replied=datetime(2026, 3, 13, tzinfo=UTC)
    )
    a_notice(
        march.open, "fire", due=datetime(2026, 3, 18, tzinfo=UTC), replied=datetime(2026, 3, 19, tzinfo=UTC)
    )
    a_notice(march.open, "environment", due=datetime(2026, 3, 25, tzinfo=UTC))
    a_notice(march.open, "planning", due=datetime(2026, 3, 31, tzinfo=UTC))
    for case_id, level in ((march.ended, 5), (march.late, 2)):
        Rating.objects.create(
            case_id=case_id, organisation=BODY, level=level, at=datetime(2026, 3, 23, tzinfo=UTC)
        )
    Supplement.objects.create(
        case=Case.objects.get(pk=march.open),
        items=[],
        organisation=BODY,
        issued_by=1,
        issued_at=MONDAY,
        answer_until=FRIDAY,
        state="answered",
    )
    return march


def on(day: int) -> datetime:
    """Eight in the morning of a day of March 2026."""
    return datetime(2026, 3, day, tzinfo=UTC)


def a_notice(case_id: int, organisation: str, *, due: datetime, replied: datetime | None = None) -> int:
    """A notice of the supervision office, answered if a time is given."""
    notice = Notice.objects.create(
        case_id=case_id,
        organisation=organisation,
        opened_by_organisation="supervision",
        body="请说明超期原因",
        opened_at=datetime(2026, 3, 11, tzinfo=UTC),
        due_at=due,
        state="replied" if replied else "open",
    )
    if replied:
        NoticeReply.objects.create(notice=notice, at=replied, organisation=organisation, body="已说明")
    return notice.pk


@pytest.fixture
def scheme() -> None:
    """The scoring scheme of the supervision pack, in force."""
    declared = yaml.safe_load((ROOT / "packs/supervision/scoring/monthly.yaml").read_text())
    content = ScoringScheme.model_validate(declared).model_dump(mode="json")
    Scheme.objects.create(code="monthly", definition=content, applied_at=MONDAY)


@pytest.fixture
def on_friday(monkeypatch):
    """Pages are looked at on Friday 27 March 2026."""
    monkeypatch.setattr(timezone, "now", lambda: FRIDAY)


@pytest.fixture
def supervisor() -> Actor:
    return an_officer("supervision", roles=("supervisor",), name="周监察")
