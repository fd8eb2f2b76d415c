"""B33: proposals are read before they are public, supported once a person, answered within a limit."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from yiwang.identity.testing import a_citizen, a_representative, an_officer, signed_in
from yiwang.kernel.errors import InvalidInput
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.platform.models import JournalEntry
from yiwang.portal.search.api import SOURCES
from yiwang.portal.talking import api
from yiwang.portal.talking.contracts import (
    AlreadyTaken,
    NoSuchDepartment,
    NotGathering,
    PersonsOnly,
    ProposalJudged,
    ProposalNotFound,
    TooManyProposals,
)
from yiwang.portal.talking.models import Proposal, Support
from yiwang.portal.talking.rules.consulting import Outcome
from yiwang.portal.talking.rules.proposing import ProposalState
from yiwang.portal.talking.web.proposals import PROPOSAL_PACE

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
WORDS = {"title": "公园装路灯", "body": "北门夜里太暗。"}


def given(**changed: object) -> int:
    return api.give_proposal(actor=a_citizen(), at=AT, organisation="parks", **{**WORDS, **changed})


def published(*, needed: int = 2) -> int:
    made = given()
    api.publish_proposal(actor=an_officer("parks", roles={"reviewer"}), at=AT, proposal=made, **WORDS)
    Proposal.objects.filter(pk=made).update(needed=needed)
    return made


def test_b33_enough_support_of_verified_people_begins_the_days_for_the_answer():
    made, first, second = published(), a_citizen(), a_citizen()
    assert api.public_proposal(made, at=AT).closes_on == date(2026, 4, 30)
    assert api.support_proposal(actor=first, at=AT, proposal=made) == 1
    with pytest.raises(AlreadyTaken):
        api.support_proposal(actor=first, at=AT, proposal=made)
    with pytest.raises(PersonsOnly):
        api.support_proposal(actor=a_representative(), at=AT, proposal=made)
    with pytest.raises(OperationNotAllowed):
        api.support_proposal(actor=an_officer("parks", roles={"approver"}), at=AT, proposal=made)
    assert api.public_proposal(made, at=AT).state is ProposalState.GATHERING

    assert api.support_proposal(actor=second, at=AT, proposal=made) == 2
    view = api.public_proposal(made, at=AT)
    # thirty working days after Monday the 2nd of March; the 6th of April is a day off (Qingming)
    assert (view.state, view.answer_due_on) == (ProposalState.REACHED, date(2026, 4, 14))
    head = an_officer("parks", roles={"approver"})
    late = datetime(2026, 4, 15, 9, 0, tzinfo=ZONE)
    api.answer_proposal(actor=head, at=late, proposal=made, outcome=Outcome.ADOPTED, answer="六月装好。")
    view = api.public_proposal(made, at=late)
    assert (view.state, view.is_late, view.outcome) == (ProposalState.ANSWERED, True, Outcome.ADOPTED)
    with pytest.raises(ProposalJudged):
        api.answer_proposal(actor=head, at=late, proposal=made, outcome=Outcome.ADOPTED, answer="再答一次")
    with pytest.raises(NotGathering):
        api.support_proposal(actor=a_citizen(), at=late, proposal=made)
    lines = JournalEntry.objects.filter(operation="talking.proposal.support", outcome="done")
    assert {str(line.detail) for line in lines} == {"{}"}


def test_b33_support_ends_with_its_last_day():
    made = published()
    end = datetime(2026, 5, 1, 0, 0, tzinfo=ZONE)

    assert api.support_proposal(actor=a_citizen(), at=end - timedelta(seconds=1), proposal=made) == 1
    with pytest.raises(NotGathering):
        api.support_proposal(actor=a_citizen(), at=end, proposal=made)
    assert api.public_proposal(made, at=end).state is ProposalState.SHORT


def test_b33_nothing_is_public_before_an_officer_of_its_department_has_read_it():
    made = given(body="北门太暗，请致电13800138000")
    own, others = an_officer("parks", roles={"reviewer"}), (
        an_officer("water", roles={"approver"}), an_officer("parks", roles={"handler"}), a_citizen(),
    )  # fmt: skip
    before = list(Proposal.objects.values())
    with pytest.raises(ProposalNotFound):
        api.public_proposal(made, at=AT)
    with pytest.raises(ProposalNotFound):
        api.support_proposal(actor=a_citizen(), at=AT, proposal=made)
    for other in others:
        for act, words in (
            (api.publish_proposal, WORDS),
            (api.decline_proposal, {"reason": "不"}),
            (api.answer_proposal, {"outcome": Outcome.ADOPTED, "answer": "好"}),
        ):
            with pytest.raises(OperationNotAllowed):
                act(actor=other, at=AT, proposal=made, **words)
    with pytest.raises(InvalidInput):
        api.publish_proposal(actor=own, at=AT, proposal=made, title="灯", body="请致电13800138000")
    with pytest.raises(ProposalNotFound):
        api.answer_proposal(actor=own, at=AT, proposal=made, outcome=Outcome.ADOPTED, answer="好")
    assert (list(Proposal.objects.values()), Support.objects.count()) == (before, 0)

    api.decline_proposal(actor=own, at=AT, proposal=made, reason="不属于本市事权")
    with pytest.raises(ProposalJudged):
        api.publish_proposal(actor=own, at=AT, proposal=made, **WORDS)


def test_b33_three_proposals_of_one_person_wait_and_somebody_must_answer():
    who = a_citizen()
    for _ in range(3):
        api.give_proposal(actor=who, at=AT, organisation="parks", **WORDS)
    with pytest.raises(TooManyProposals):
        api.give_proposal(actor=who, at=AT, organisation="parks", **WORDS)
    with pytest.raises(NoSuchDepartment):
        api.give_proposal(actor=a_citizen(), at=AT, organisation="s440106006", **WORDS)
    with pytest.raises(InvalidInput):
        given(title="")
    assert Proposal.objects.count() == 3


def test_b33_a_proposal_from_the_page_to_the_answer(client):
    person, officer = signed_in(a_citizen()), signed_in(an_officer("parks", roles={"approver"}))
    sent = {"title": "<b>装灯</b>", "body": "北门太暗", "organisation": "parks"}
    PROPOSAL_PACE.forget()
    assert person.post("/mailbox/proposals/new/", {**sent, "organisation": "nowhere"}).status_code == 422
    assert person.post("/mailbox/proposals/new/", sent).headers["Location"] == "/mailbox/proposals/given/"
    made = Proposal.objects.get().pk
    desk, page = f"/desk/talking/proposals/{made}/", f"/mailbox/proposals/{made}/"
    assert client.get(page).status_code == 404
    judged = {"verdict": "publish", "title": "<b>装灯</b>", "body": "北门太暗", "reason": ""}
    assert officer.post(desk, {**judged, "title": ""}).status_code == 422
    assert officer.post(desk, judged).status_code == 302
    PROPOSAL_PACE.forget()
    assert person.post(f"{page}support/").status_code == 302
    assert "您已附议" in person.get(page).content.decode()
    assert officer.post(desk, {"outcome": "adopted", "answer": "马上装"}).status_code == 302
    for prefix, said in (("", "采纳"), ("/en", "Adopted")):
        shown = client.get(f"{prefix}{page}").content.decode()
        assert said in shown
        assert "&lt;b&gt;装灯&lt;/b&gt;" in shown
        assert client.get(f"{prefix}/mailbox/proposals/").status_code == 200
    assert officer.get("/en/desk/talking/proposals/").status_code == 200


def test_b33_the_search_finds_a_proposal_once_it_is_public():
    source = SOURCES.get("consultation")
    waiting, before = given(), source.mark()
    assert not [one for one in source.documents() if one.key == f"proposal-{waiting}"]

    made = published()

    assert source.mark() != before
    (found,) = source.documents({f"proposal-{made}", f"proposal-{waiting}"})
    assert (found.title.zh, found.organisation) == (WORDS["title"], "parks")
    assert found.address == f"/mailbox/proposals/{made}/"
    assert WORDS["body"] in found.text
