"""The archive of answers: only reviewed ones that may be shown, never who asked; for programs too."""

from __future__ import annotations

from datetime import timedelta

import feedparser
import pytest
from tests.packs.disclosure.acts import AGENCY, REVIEWED, a_searched, step

from yiwang.cases.contracts.errors import CaseNotFound
from yiwang.cases.models import Case
from yiwang.cases.testing import MONDAY, officer
from yiwang.identity.testing import a_citizen
from yiwang.kernel.errors import InvalidInput
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.portal.openness import api
from yiwang.portal.openness.contracts import AlreadyJudged, AnswerNotFound, AnswerWords, NotToBeShown
from yiwang.portal.openness.models import PublicAnswer

WORDS = AnswerWords(subject="东风中路改造规划批复", asked="道路改造规划文件", released="批复全文一份")
LATER = MONDAY + timedelta(days=3)


def an_answer(*, shown: bool = True) -> str:
    """An answer that is signed; gives the number of the request."""
    case_id = a_searched()
    given = {
        "nature": "information", "clear": True, "holding": "held", "exception": "none", "fee": "none",
        "released": "批复全文一份，寄陈小明，电话13800138000",
    }  # fmt: skip
    step(case_id, "draft", found=given)
    review = {**REVIEWED, "answer_public": True} if shown else REVIEWED
    step(case_id, "review", role="reviewer", found=review)
    step(case_id, "sign", role="approver", outcome="approve")
    return Case.objects.get(pk=case_id).number


def test_b22_an_answer_is_shown_when_it_may_be_and_never_says_who_asked(db, client):
    number = an_answer()
    head = officer(AGENCY, "approver")
    [waiting] = api.waiting_answers(actor=head, at=LATER)
    assert (waiting.number, waiting.may_be_shown) == (number, True)
    assert "陈小明" not in waiting.words.released
    assert "13800138000" not in waiting.words.released

    with pytest.raises(InvalidInput) as refused:
        api.publish_answer(
            actor=head,
            at=LATER,
            number=number,
            words=AnswerWords(subject="", asked="陈小明问", released="电话13800138000"),
        )
    assert [p.path for p in refused.value.problems] == ["subject", "asked", "released"]
    assert refused.value.problems[2].text.en == "Still holds: mobile number. Take it out first"
    with pytest.raises((CaseNotFound, OperationNotAllowed)):
        api.publish_answer(actor=officer("labour", "approver"), at=LATER, number=number, words=WORDS)
    with pytest.raises(OperationNotAllowed):
        api.publish_answer(actor=a_citizen(), at=LATER, number=number, words=WORDS)
    assert not PublicAnswer.objects.exists()

    answer = api.publish_answer(actor=head, at=LATER, number=number, words=WORDS)
    page = client.get(f"/openness/answers/{answer}/").content.decode()
    assert "批复全文一份" in page
    assert "陈小明" not in page
    assert number not in page
    assert client.get("/en/openness/answers/").status_code == 200
    with pytest.raises(AlreadyJudged):
        api.decline_answer(actor=head, at=LATER, number=number, reason="重复")

    api.withdraw_answer(actor=head, at=LATER, number=number, reason="补充审查")
    assert client.get(f"/openness/answers/{answer}/").status_code == 404
    assert PublicAnswer.objects.get().released == ""


def test_b22_what_was_not_said_to_be_shown_is_not(db):
    number = an_answer(shown=False)
    head = officer(AGENCY, "approver")

    assert api.waiting_answers(actor=head, at=LATER) == ()
    with pytest.raises(NotToBeShown):
        api.publish_answer(actor=head, at=LATER, number=number, words=WORDS)
    open_case = Case.objects.get(pk=a_searched()).number
    with pytest.raises(AnswerNotFound):
        api.publish_answer(actor=head, at=LATER, number=open_case, words=WORDS)
    assert not PublicAnswer.objects.exists()


def test_b22_the_archive_is_filtered_and_fed(db, client, as_actor):
    head = officer(AGENCY, "approver")
    for subject in ("道路规划批复", "公园规划批复"):
        words = AnswerWords(subject=subject, asked="规划文件", released="全文")
        api.publish_answer(actor=head, at=LATER, number=an_answer(), words=words)

    feed = feedparser.parse(client.get("/openness/answers/feed/?q=公园").content)
    assert (feed.bozo, [entry.title for entry in feed.entries]) == (False, ["公园规划批复"])
    assert "共2份" in client.get(f"/openness/answers/?organisation={AGENCY}&year=2026").content.decode()
    assert "共0份" in client.get("/openness/answers/?organisation=labour").content.decode()
    browser, third = as_actor(head), an_answer()
    assert third in browser.get("/desk/openness/answers/").content.decode()
    page = browser.get(f"/desk/openness/answers/{third}/")
    assert (page.status_code, "13800138000" in page.content.decode()) == (200, False)
    sent = {"verdict": "decline", "reason": "涉及在建项目"}
    assert browser.post(f"/desk/openness/answers/{third}/", sent).status_code == 302
    assert PublicAnswer.objects.get(number=third).state == "declined"
