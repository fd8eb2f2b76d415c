"""Three reviews and three proofs by different people, bound to one revision, before anything goes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from yiwang.identity.testing import an_officer, sign_in
from yiwang.kernel.errors import InvalidInput
from yiwang.platform.contracts import Actor, OperationNotAllowed
from yiwang.platform.models import JournalEntry
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import Content, EditedMeanwhile, StepRefused
from yiwang.portal.sites.models import GroupSite, PageStep, SitePage
from yiwang.portal.sites.rules.bodies import Part
from yiwang.portal.sites.testing import a_draft, pass_reviews

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
SITE = "environment"
CONTENT = Content(title="河涌水质", day=date(2026, 11, 20), body=(Part(kind="paragraph", text="水质良好。"),))


@dataclass
class Desk:
    """The people of a site whose articles need three of each, and a draft of the author's."""

    author: Actor
    first: Actor
    second: Actor
    chief: Actor
    page: int
    revision: int

    @property
    def upon(self) -> dict[str, object]:
        return {"at": AT, "site": SITE, "page": self.page, "revision": self.revision}

    @property
    def is_out(self) -> bool:
        return bool(SitePage.objects.get(pk=self.page).live)

    def steps(self) -> list[tuple[str, int]]:
        return list(PageStep.objects.filter(page=self.page).order_by("pk").values_list("kind", "number"))


@pytest.fixture
def desk(editors: Mapping[str, Actor]) -> Desk:
    GroupSite.objects.filter(code=SITE).update(checks={})
    author = an_officer(SITE, roles={"editor", "publisher"}, password="x")
    first, second = (an_officer(SITE, roles={"site_reviewer"}, password="x") for _ in range(2))
    chief = an_officer(SITE, roles={"publisher"}, password="x")
    page, revision = a_draft(author, AT, SITE, address="water", content=CONTENT)
    return Desk(author, first, second, chief, page, revision)


def test_b27_three_proofs_and_three_reviews_let_it_out_one_fewer_does_not(desk: Desk):
    with pytest.raises(StepRefused):
        api.publish_page(actor=desk.chief, **desk.upon)
    api.submit_page(actor=desk.author, **desk.upon)
    api.record_proof(actor=desk.first, words="错字已改", **desk.upon)
    api.review_page(actor=desk.first, **desk.upon)
    for act in (api.record_proof, api.review_page):  # each by somebody else than before
        with pytest.raises(StepRefused):
            act(actor=desk.first, **desk.upon)
    api.record_proof(actor=desk.second, **desk.upon)
    api.review_page(actor=desk.second, **desk.upon)
    for actor in (desk.chief, desk.author):  # a proof is missing; and the author has written it
        with pytest.raises(StepRefused):
            api.review_page(actor=actor, **desk.upon)
    third = an_officer(SITE, roles={"site_reviewer"})
    api.record_proof(actor=desk.first, **desk.upon)
    with pytest.raises(OperationNotAllowed):  # the final review is not every reviewer's
        api.review_page(actor=third, **desk.upon)
    with pytest.raises(StepRefused) as refused:
        api.publish_page(actor=desk.chief, **desk.upon)
    assert refused.value.sentence.zh == "还差1次审核。"
    assert not desk.is_out
    assert api.review_page(actor=desk.chief, **desk.upon) == 3

    api.publish_page(actor=desk.chief, **desk.upon)

    assert desk.is_out
    proofs, reviews = (("proof", n) for n in (1, 2, 3)), (("review", n) for n in (1, 2, 3))
    assert sorted(desk.steps()) == [*proofs, ("published", 0), *reviews, ("submitted", 0)]
    who = api.review_of(desk.chief, SITE, desk.page).steps
    assert [(one.title.zh, one.step.by) for one in who[:2]] == [
        ("发布", desk.chief.account_id),
        ("终审", desk.chief.account_id),
    ]


def test_b27_an_edit_sends_it_back_to_the_beginning_and_says_so(client: Client, desk: Desk):
    pass_reviews(AT, SITE, desk.page)
    sign_in(client, desk.author)
    edit, review = (reverse(f"site_desk:{name}", args=[SITE, desk.page]) for name in ("edit", "review"))
    assert "待发布" in client.get(review).content.decode()

    client.post(edit, {"title": "改了标题", "act": "save", "_revision": desk.revision})

    assert "审校要从头开始" in client.get(edit).content.decode()
    with pytest.raises(EditedMeanwhile):  # what the reviewers passed is not what would go out
        api.publish_page(actor=desk.chief, **desk.upon)
    desk.revision = api.get_draft(desk.author, SITE, desk.page).revision
    with pytest.raises(StepRefused):
        api.publish_page(actor=desk.chief, **desk.upon)
    assert not desk.is_out


def test_b27_sent_back_with_reasons_and_submitted_again(client: Client, desk: Desk):
    api.submit_page(actor=desk.author, **desk.upon)
    api.record_proof(actor=desk.first, **desk.upon)
    before = desk.steps()
    for actor, words, refusal in (
        (desk.first, " ", InvalidInput),
        (desk.first, "长" * 1001, InvalidInput),
        (desk.author, "自己退自己", StepRefused),
    ):
        with pytest.raises(refusal):
            api.send_back_page(actor=actor, words=words, **desk.upon)
    assert desk.steps() == before
    sign_in(client, desk.first)
    step = reverse("site_desk:step", args=[SITE, desk.page])
    client.post(step, {"act": "send_back", "words": "<b>数据</b>要核实", "_revision": desk.revision})

    sign_in(client, desk.author)
    shown = client.get(reverse("site_desk:edit", args=[SITE, desk.page])).content.decode()
    assert "已退回" in shown
    assert "&lt;b&gt;数据&lt;/b&gt;要核实" in shown
    client.post(step, {"act": "submit", "_revision": desk.revision})

    assert [kind for kind, _ in desk.steps()] == ["submitted", "proof", "sent_back", "submitted"]
    assert api.review_of(desk.author, SITE, desk.page).standing.next_proof == 1
    journalled = JournalEntry.objects.filter(subject=f"page:{desk.page}").values_list("detail", flat=True)
    assert "数据" not in str(list(journalled))


def test_b27_urgent_with_a_reason_by_another_and_reviewed_afterwards(client: Client, desk: Desk):
    api.submit_page(actor=desk.author, **desk.upon)
    for actor, words, refusal in (
        (desk.chief, "", InvalidInput),
        (desk.author, "台风预警", StepRefused),
        (desk.first, "台风预警", OperationNotAllowed),
    ):
        with pytest.raises(refusal):
            api.publish_urgently(actor=actor, words=words, **desk.upon)
    assert not desk.is_out

    api.publish_urgently(actor=desk.chief, words="台风预警", **desk.upon)

    assert desk.is_out
    sign_in(client, desk.first)
    waiting = reverse("site_desk:pages", args=[SITE]) + "?state=waiting"
    assert "待补审" in client.get(waiting).content.decode()
    for reader in (desk.first, desk.second, desk.first):
        api.record_proof(actor=reader, **desk.upon)
    for reader in (desk.first, desk.second, desk.chief):
        assert api.review_of(desk.chief, SITE, desk.page).owed
        api.review_page(actor=reader, **desk.upon)
    assert not api.review_of(desk.chief, SITE, desk.page).owed
    assert "待补审" not in client.get(waiting).content.decode()


def test_b27_withdrawn_with_a_reason_it_is_reviewed_again_before_it_returns(desk: Desk):
    pass_reviews(AT, SITE, desk.page)
    api.publish_page(actor=desk.chief, **desk.upon)
    with pytest.raises(InvalidInput):
        api.withdraw_page(actor=desk.chief, at=AT, site=SITE, page=desk.page, words="")
    assert desk.is_out

    api.withdraw_page(actor=desk.chief, at=AT, site=SITE, page=desk.page, words="数据有误")

    assert not desk.is_out
    assert desk.steps()[-1] == ("withdrawn", 0)
    with pytest.raises(StepRefused):
        api.publish_page(actor=desk.chief, **desk.upon)


def test_b27_who_only_reviews_reads_and_writes_nothing(client: Client, desk: Desk):
    sign_in(client, desk.first)
    page = [SITE, desk.page]
    assert client.get(reverse("site_desk:pages", args=[SITE])).status_code == 200
    assert client.get(reverse("site_desk:review", args=page)).status_code == 200
    assert client.get(reverse("site_desk:preview", args=page)).status_code == 200
    for name in ("edit", "edit_english"):
        answer = client.post(reverse(f"site_desk:{name}", args=page), {"title": "x", "act": "save"})
        assert answer.status_code == 403
    assert client.get(reverse("site_desk:files", args=[SITE])).status_code == 403
    assert api.get_draft(desk.author, SITE, desk.page).content.title == CONTENT.title
    assert api.get_draft(desk.author, SITE, desk.page).revision == desk.revision
