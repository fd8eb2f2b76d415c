"""B33: one person, one ballot, apart from who cast it; results recounted by a naive count."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from yiwang.identity.testing import a_citizen, a_firm, a_mandate, an_officer, signed_in
from yiwang.kernel.errors import InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor, OperationNotAllowed
from yiwang.platform.models import JournalEntry
from yiwang.portal.talking import api
from yiwang.portal.talking.contracts import (
    AlreadyPutOut,
    AlreadyTaken,
    PersonsOnly,
    ResultsNotYet,
    SurveyClosed,
    SurveyNotFound,
    VotingNotDeclared,
)
from yiwang.portal.talking.models import Ballot, Survey, Turnout
from yiwang.portal.talking.rules.voting import SurveyKind
from yiwang.portal.talking.web.surveys import BALLOT_PACE

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")
FIRST, LAST = date(2026, 3, 2), date(2026, 3, 31)
OUT = datetime(2026, 3, 1, 9, 0, tzinfo=ZONE)
DURING, AFTER = OUT + timedelta(days=5), datetime(2026, 4, 1, 0, 0, tzinfo=ZONE)
QUESTIONS = "? 先修哪条路\n- 甲路\n- 乙路\n- 丙路\n?? 还缺什么\n- 路灯\n- 绿化\n- 座椅"


def a_survey(kind: SurveyKind = SurveyKind.VOTE, *, is_out: bool = True, questions: str = QUESTIONS) -> int:
    head = an_officer("construction", roles={"approver"})
    made = api.draft_survey(
        actor=head, at=OUT, kind=kind, title=Text("修路", "Roads"), summary=Text("先修哪条", "Which first"),
        questions=questions, opens_on=FIRST, closes_on=LAST,
    )  # fmt: skip
    if is_out:
        api.put_out_survey(actor=head, at=OUT, survey=made)
    return made


def test_b33_results_are_what_a_naive_count_of_what_was_cast_gives():
    made, chance = a_survey(), Random(7)
    cast = []
    for _ in range(12):
        said = {
            "q1": [chance.choice(["o1", "o2", "o3"])],
            "q2": chance.sample(["o1", "o2", "o3"], k=chance.randint(1, 3)),
        }
        api.cast_ballot(actor=a_citizen(), at=DURING, survey=made, said=said)
        cast.append(said)

    with pytest.raises(ResultsNotYet):
        api.results(made, at=AFTER - timedelta(seconds=1))
    first, second = api.results(made, at=AFTER)

    one = Counter(said["q1"][0] for said in cast)
    many = Counter(value for said in cast for value in said["q2"])
    assert first.counts == (one["o1"], one["o2"], one["o3"])
    assert second.counts == (many["o1"], many["o2"], many["o3"])
    assert (sum(first.counts), first.answered, second.answered) == (12, 12, 12)
    assert (Turnout.objects.count(), Ballot.objects.count()) == (12, 12)


def test_b33_one_person_one_vote_and_nobody_for_a_firm():
    made, who = a_survey(), a_citizen()
    said = {"q1": ["o1"], "q2": ["o2"]}
    agent = a_citizen()
    firm = a_firm()
    a_mandate(agent, firm)
    for_firm = Actor(
        kind="citizen",
        account_id=agent.account_id,
        person_id=agent.person_id,
        name="代理",
        for_entity=firm.id,
    )
    api.cast_ballot(actor=who, at=DURING, survey=made, said=said)

    with pytest.raises(AlreadyTaken):
        api.cast_ballot(actor=who, at=DURING, survey=made, said={**said, "q1": ["o2"]})
    with pytest.raises(PersonsOnly):
        api.cast_ballot(actor=for_firm, at=DURING, survey=made, said=said)
    with pytest.raises(OperationNotAllowed):
        api.cast_ballot(actor=an_officer("parks", roles={"approver"}), at=DURING, survey=made, said=said)
    with pytest.raises(SurveyClosed):
        api.cast_ballot(actor=a_citizen(), at=AFTER, survey=made, said=said)
    for wrong in ({}, {"q1": ["o1"]}, {"q1": ["o1", "o2"], "q2": ["o1"]}, {"q1": ["o9"], "q2": ["o1"]}):
        with pytest.raises(InvalidInput):
            api.cast_ballot(actor=a_citizen(), at=DURING, survey=made, said=wrong)

    assert [ballot.said for ballot in Ballot.objects.all()] == [said]
    assert Turnout.objects.get().person_id == who.person_id


def test_b33_no_row_ties_a_ballot_to_a_person():
    made, who = a_survey(), a_citizen()
    api.cast_ballot(actor=who, at=DURING, survey=made, said={"q1": ["o3"], "q2": ["o1"]})

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_name IN ('talking_ballot', 'talking_turnout') ORDER BY 1, 2"
        )
        columns = cursor.fetchall()
    assert columns == [
        ("talking_ballot", "id"), ("talking_ballot", "said"), ("talking_ballot", "survey_id"),
        ("talking_turnout", "id"), ("talking_turnout", "person_id"), ("talking_turnout", "survey_id"),
    ]  # fmt: skip
    assert Ballot.objects.get().pk != Turnout.objects.get().pk
    line = JournalEntry.objects.get(operation="talking.ballot.cast")
    assert (line.subject, line.detail) == (f"survey:{made}", {})


def test_b33_a_city_that_has_not_said_yes_takes_no_votes(settings):
    made = a_survey()
    settings.YIWANG_VOTING = False

    with pytest.raises(VotingNotDeclared):
        a_survey()
    with pytest.raises(VotingNotDeclared):
        api.cast_ballot(actor=a_citizen(), at=DURING, survey=made, said={"q1": ["o1"], "q2": ["o1"]})
    a_survey(SurveyKind.SURVEY)

    assert (Survey.objects.count(), Ballot.objects.count()) == (2, 0)


def test_b33_what_is_out_is_not_rewritten_and_a_draft_is_nobodys():
    head = an_officer("construction", roles={"approver"})
    draft = a_survey(is_out=False)

    with pytest.raises(SurveyNotFound):
        api.cast_ballot(actor=a_citizen(), at=DURING, survey=draft, said={"q1": ["o1"], "q2": ["o1"]})
    with pytest.raises(OperationNotAllowed):
        api.put_out_survey(actor=an_officer("parks", roles={"approver"}), at=OUT, survey=draft)
    with pytest.raises(OperationNotAllowed):
        api.put_out_survey(actor=an_officer("construction", roles={"handler"}), at=OUT, survey=draft)
    api.put_out_survey(actor=head, at=OUT, survey=draft)
    with pytest.raises(AlreadyPutOut):
        api.put_out_survey(actor=head, at=OUT, survey=draft)


def test_b33_from_the_desk_to_the_results(client):
    head, today = signed_in(an_officer("construction", roles={"approver"})), datetime.now(ZONE).date()
    end = today + timedelta(days=3)
    sent = {
        "kind": "survey", "title_zh": "问卷", "title_en": "Survey", "summary_zh": "说明", "summary_en": "Why",
        "questions": f"{QUESTIONS}\n??? 还想说什么",
        "opens_on-year": today.year, "opens_on-month": today.month, "opens_on-day": today.day,
        "closes_on-year": end.year, "closes_on-month": end.month, "closes_on-day": end.day,
    }  # fmt: skip
    assert head.post("/desk/talking/surveys/new/", {**sent, "questions": "乱写"}).status_code == 422
    address = head.post("/desk/talking/surveys/new/", sent).headers["Location"]
    assert head.post(f"{address}put-out/").status_code == 302
    made = Survey.objects.get().pk

    BALLOT_PACE.forget()
    person, page = signed_in(a_citizen()), f"/mailbox/surveys/{made}/"
    assert client.get(f"{page}answer/").status_code == 302
    answers = {"q1": "o2", "q2": ["o1", "o3"], "q3": "<i>多种树</i>"}
    assert person.post(f"{page}answer/", {**answers, "q1": "o7"}).status_code == 422
    assert person.post(f"{page}answer/", answers).status_code == 302
    BALLOT_PACE.forget()
    assert person.post(f"{page}answer/", answers).status_code == 422
    assert "截止之前不显示结果" in head.get(address).content.decode()
    Survey.objects.update(opens_on=today - timedelta(days=3), closes_on=today - timedelta(days=1))

    for prefix in ("", "/en"):
        shown = client.get(f"{prefix}{page}").content.decode()
        assert "100.0%" in shown
        assert "多种树" not in shown
        assert client.get(f"{prefix}/mailbox/surveys/").status_code == 200
    assert "&lt;i&gt;多种树&lt;/i&gt;" in head.get(address).content.decode()
