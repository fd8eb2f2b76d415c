"""Cards reach the superiors of whoever is late: told once, told to nobody else, seen or not."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.engines.insight.conftest import FRIDAY

from yiwang.cases import api as cases
from yiwang.cases import loops
from yiwang.cases.models import Card, Clock
from yiwang.cases.testing import MONDAY, a_review_type, an_accepted_case
from yiwang.identity.testing import an_officer, an_organisation, signed_in
from yiwang.insight import api
from yiwang.insight.models import Alert, Scheme
from yiwang.platform import outbox
from yiwang.platform.contracts import Actor, Fact
from yiwang.platform.models import OutboxEntry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("scheme")]


@pytest.fixture
def head() -> Actor:
    return an_officer("planning", roles=("approver",), name="规划某长")


@pytest.fixture
def leader() -> Actor:
    return an_officer("general_office", roles=("leader",), name="曾秘书长")


def late_clock() -> Clock:
    """The step of the planning bureau, in a case whose other steps are stopped short of a card."""
    an_accepted_case(a_review_type())
    return Clock.objects.get(task__organisation="planning")


def told() -> list[tuple[int, str]]:
    levels = dict(Card.objects.values_list("id", "level"))
    return sorted((alert.account_id, levels[alert.card_id]) for alert in Alert.objects.all())


def test_a_yellow_card_tells_the_head_and_a_red_one_the_leader_too(head, leader):
    an_officer("planning", roles=("handler",))
    an_officer("water", roles=("approver",))
    clock = late_clock()
    cases.issue_card(actor=loops.CARDS, at=clock.yellow_at, clock_id=clock.pk)
    outbox.deliver(at=clock.yellow_at)

    assert told() == [(head.account_id, "yellow")]

    cases.issue_card(actor=loops.CARDS, at=clock.red_at, clock_id=clock.pk)
    outbox.deliver(at=clock.red_at)

    assert told() == sorted(
        [(head.account_id, "yellow"), (head.account_id, "red"), (leader.account_id, "red")]
    )


def test_a_fact_that_is_delivered_again_tells_nobody_twice(head, leader):
    clock = late_clock()
    cases.issue_card(actor=loops.CARDS, at=clock.red_at, clock_id=clock.pk)
    facts = [
        Fact(name=row.name, subject=row.subject, payload=row.payload)
        for row in OutboxEntry.objects.filter(name="CardIssued")
    ]
    outbox.deliver(at=clock.red_at)
    before = list(Alert.objects.values().order_by("id"))

    OutboxEntry.objects.bulk_create(
        OutboxEntry(
            name=fact.name, subject=fact.subject, payload=fact.payload, at=FRIDAY, try_at=clock.red_at
        )
        for fact in facts
    )
    assert outbox.deliver(at=clock.red_at) == 2

    assert list(Alert.objects.values().order_by("id")) == before
    assert len(before) == 3


def test_an_office_without_a_head_is_answered_for_by_the_one_above(leader):
    an_organisation("planning", parent="public_works")
    above = an_officer("public_works", roles=("approver",))
    beside = an_officer("service_centre", roles=("approver",))
    clock = late_clock()

    cases.issue_card(actor=loops.CARDS, at=clock.red_at, clock_id=clock.pk)
    outbox.deliver(at=clock.red_at)

    assert told() == sorted(
        [(above.account_id, "yellow"), (above.account_id, "red"), (leader.account_id, "red")]
    )
    assert not Alert.objects.filter(account_id=beside.account_id).exists()


def test_without_the_pack_nobody_is_told(head):
    Scheme.objects.update(closed_at=MONDAY)
    clock = late_clock()
    cases.issue_card(actor=loops.CARDS, at=clock.red_at, clock_id=clock.pk)
    outbox.deliver(at=clock.red_at)

    assert not Alert.objects.exists()
    assert not OutboxEntry.objects.filter(name="CardIssued").exists()


def test_the_page_shows_what_is_new_until_it_was_seen(head, leader):
    clock = late_clock()
    cases.issue_card(actor=loops.CARDS, at=clock.red_at, clock_id=clock.pk)
    outbox.deliver(at=clock.red_at)
    client = signed_in(head)

    page = client.get("/desk/supervision/alerts/").content.decode()
    assert page.count(">未读<") == 2
    assert re.search(r'href="/desk/supervision/alerts/"[^>]*>.*?<span class="yw-sidenav__count">2<', page)
    [up_to] = re.findall(r'name="up_to" value="(\d+)"', page)
    newer = Alert.objects.create(account_id=head.account_id, card_id=10**9, at=FRIDAY)
    client.post("/desk/supervision/alerts/seen/", {"up_to": up_to})

    assert Alert.objects.filter(account_id=head.account_id, seen_at=None).get() == newer
    assert api.count_alerts(actor=leader, only_new=True) == 1
    assert "Seen" in client.get("/en/desk/supervision/alerts/").content.decode()


def test_who_has_moved_on_sees_the_old_offices_cards_no_longer(head):
    clock = late_clock()
    cases.issue_card(actor=loops.CARDS, at=clock.red_at, clock_id=clock.pk)
    outbox.deliver(at=clock.red_at)
    assert len(api.alerts(actor=head)) == 2
    moved = replace(head, organisation=an_officer("water", roles=("approver",)).organisation)

    assert api.alerts(actor=moved) == ()
    assert api.see_alerts(actor=moved, at=MONDAY + timedelta(days=60), up_to=0) == 0


def test_the_menu_tells_of_notices_that_wait(head):
    clock = late_clock()
    supervisor = an_officer("supervision", roles=("supervisor",))
    notice = cases.open_notice(
        actor=supervisor, at=FRIDAY, case_id=clock.case_id, organisation="planning", body="请说明"
    )
    waits = r'href="/desk/supervision/notices/"[^>]*>.*?<span class="yw-sidenav__count">1<'

    assert re.search(waits, signed_in(head).get("/desk/").content.decode())
    assert not re.search(waits, signed_in(supervisor).get("/desk/").content.decode())
    cases.reply_notice(actor=head, at=FRIDAY, notice_id=notice, body="已办")
    assert not re.search(waits, signed_in(head).get("/desk/").content.decode())
    assert re.search(waits, signed_in(supervisor).get("/desk/").content.decode())
