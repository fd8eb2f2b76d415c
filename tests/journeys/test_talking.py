"""B31-B33: a letter to the mailbox, a draft for comment and a survey, in a browser without script."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.live.city import actor
from tests.live.desk import complete
from tests.live.fill import fill

from yiwang.cases.models import Case
from yiwang.kernel.text import Text
from yiwang.portal.talking import api
from yiwang.portal.talking.models import Letter
from yiwang.portal.talking.rules.consulting import DraftKind
from yiwang.portal.talking.rules.voting import SurveyKind

pytestmark = pytest.mark.journey
LETTER = {
    "subject": "公园路灯不亮",
    "about": "environment",
    "letter": "越秀公园北门的路灯坏了一周。我的电话13800138000。",
    "publish": "yes",
}


def _written(person) -> str:
    """Chen writes; gives the number of the letter."""
    person.go("/mailbox/")
    person.look("mailbox")
    person.go("/services/mailbox_question/apply/")
    person.page.locator("main form button").last.click()
    person.page.goto(f"{person.page.url}pages/letter/")
    fill(person.page, LETTER)
    person.look("mailbox-write")
    person.press("保存并继续", "Save and continue")
    person.press("核对并提交", "Check and send")
    person.page.check("[name=declaration]")
    person.press("声明属实，提交申请", "Declare and send")
    return Case.objects.filter(type_code="mailbox_question").latest("id").number


def test_b31_a_letter_is_answered_and_published(visit):
    number = _written(visit("chen", script=False))

    complete(visit("general_office.handler", script=False), number, {"organisation": "parks"})
    complete(visit("parks.handler", script=False), number, {"outcome": "done", "note": "路灯已修复。"})
    reviewer = visit("parks.approver", script=False)
    complete(reviewer, number, {"outcome": "done"})
    reviewer.go("/desk/talking/letters/")
    reviewer.look("letters-desk")
    reviewer.go(f"/desk/talking/letters/{number}/")
    reviewer.look("letter-judge")
    fill(reviewer.page, {"verdict": "publish"})
    reviewer.page.locator("main form button").last.click()
    reviewer.page.wait_for_load_state()

    reader = visit(script=False)
    published = Letter.objects.get(number=number)
    for name, path in {
        "letters": "/mailbox/letters/?q=路灯",
        "letter": f"/mailbox/letters/{published.pk}/",
        "figures": "/mailbox/figures/",
    }.items():
        reader.go(path)
        reader.look(f"mailbox-{name}")
    assert "13800138000" not in published.letter


def test_b32_b33_people_comment_and_take_part(visit):
    head, at = actor("parks.approver"), timezone.now()
    words = {"title": Text("古树保护办法（草案）", "Old trees (draft)"), "summary": Text("说明", "Why")}
    today = timezone.localdate()
    days = {"opens_on": today, "closes_on": today + timedelta(days=40)}
    draft = api.draft_consultation(
        actor=head, at=at, kind=DraftKind.RULE, text="# 第一条\n保护古树。", **words, **days
    )
    survey = api.draft_survey(
        actor=head, at=at, kind=SurveyKind.SURVEY, questions="? 先种什么\n- 榕树\n- 木棉", **words, **days
    )
    api.put_out_consultation(actor=head, at=at, consultation=draft)
    api.put_out_survey(actor=head, at=at, survey=survey)

    person = visit("huang", script=False)
    person.go(f"/mailbox/consultations/{draft}/")
    person.look("consultation")
    person.go(f"/mailbox/consultations/{draft}/1/")
    person.look("consultation-comment")
    fill(person.page, {"body": "应写明树龄"})
    person.press("提交意见", "Send")
    person.says("意见已收到", "Your comment has arrived")
    person.go(f"/mailbox/surveys/{survey}/answer/")
    person.look("survey-answer")
    fill(person.page, {"q1": "o2"})
    person.press("提交", "Submit")
    person.says("已提交", "Recorded")

    officer = visit("parks.approver", script=False)
    for name, path in {
        "consultation-desk": f"consultations/{draft}/",
        "consultation-new": "consultations/new/",
        "survey-desk": f"surveys/{survey}/",
        "surveys-desk": "surveys/",
    }.items():
        officer.go(f"/desk/talking/{path}")
        officer.look(name)
