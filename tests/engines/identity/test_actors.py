"""An account becomes an actor: posts, mandates, stand-ins, each with its period."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from yiwang.identity.api import actor_of_account, standings
from yiwang.identity.contracts import StandingEnded
from yiwang.identity.models import Account, Delegation, Mandate, Posting
from yiwang.identity.testing import LONG_AGO, NOON, a_citizen, a_firm, a_mandate, a_representative, an_officer

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def account_of(actor):
    return Account.objects.get(pk=actor.account_id)


def test_an_officer_acts_in_the_post():
    actor = an_officer("planning", roles={"window", "handler"}, name="王工")

    found = actor_of_account(account_of(actor), at=NOON)

    assert (found.kind, found.organisation, found.post, found.name) == ("officer", "planning", "科员", "王工")
    assert found.roles == {"window", "handler"}


def test_an_actor_costs_one_statement(django_assert_num_queries):
    account = account_of(an_officer("planning"))

    with django_assert_num_queries(1):
        actor_of_account(account, at=NOON)


def test_a_posting_that_ended_no_longer_counts():
    actor = an_officer("planning", ends_at=NOON)
    posting = Posting.objects.get()

    with pytest.raises(StandingEnded):
        actor_of_account(account_of(actor), at=NOON, acting_for=f"posting:{posting.pk}")
    assert actor_of_account(account_of(actor), at=NOON).kind == "citizen"


def test_a_revoked_mandate_ends_at_once():
    agent = a_representative()
    key = f"entity:{agent.for_entity}"
    Mandate.objects.update(revoked_at=NOON)

    assert actor_of_account(account_of(agent), at=NOON - DAY, acting_for=key).for_entity == agent.for_entity
    with pytest.raises(StandingEnded):
        actor_of_account(account_of(agent), at=NOON, acting_for=key)


def test_nobody_acts_for_somebody_elses_firm():
    firm = a_firm()
    a_mandate(a_citizen(), firm)
    stranger = a_citizen(name="黄小华")

    with pytest.raises(StandingEnded):
        actor_of_account(account_of(stranger), at=NOON, acting_for=f"entity:{firm.id}")


@pytest.mark.parametrize("key", ["posting:x", "entity:", "delegation:1", "king", "self:1;posting:2"])
def test_a_capacity_that_is_not_there_is_refused(key):
    citizen = a_citizen()

    if key.startswith("self"):
        assert actor_of_account(account_of(citizen), at=NOON, acting_for=key).roles == frozenset()
        return
    with pytest.raises(StandingEnded):
        actor_of_account(account_of(citizen), at=NOON, acting_for=key)


def test_a_stand_in_acts_with_handed_on_roles_between_two_dates():
    away = an_officer("planning", roles={"handler", "approver"}, name="王局")
    deputy = an_officer("planning", roles={"handler"}, name="李科")
    posting = Posting.objects.get(account_id=away.account_id)
    row = Delegation.objects.create(
        posting=posting,
        to_account=account_of(deputy),
        roles=["approver"],
        starts_at=NOON,
        ends_at=NOON + 5 * DAY,
    )
    key = f"delegation:{row.pk}"

    acting = actor_of_account(account_of(deputy), at=NOON + DAY, acting_for=key)

    assert (acting.account_id, acting.delegated_by, acting.name) == (
        deputy.account_id,
        away.account_id,
        "李科",
    )
    assert acting.roles == {"approver"}
    for outside in (NOON - DAY, NOON + 5 * DAY):
        with pytest.raises(StandingEnded):
            actor_of_account(account_of(deputy), at=outside, acting_for=key)


def test_a_stand_in_has_no_more_than_the_absent_officer_still_has():
    away = an_officer("planning", roles={"approver"})
    deputy = an_officer("planning", roles={"handler"})
    posting = Posting.objects.get(account_id=away.account_id)
    row = Delegation.objects.create(
        posting=posting, to_account=account_of(deputy), roles=["approver"], starts_at=LONG_AGO, ends_at=NOON
    )
    Posting.objects.filter(pk=posting.pk).update(roles=["handler"])

    found = actor_of_account(account_of(deputy), at=NOON - DAY, acting_for=f"delegation:{row.pk}")

    assert found.roles == frozenset()


def test_all_capacities_are_listed():
    firm = a_firm(name="广州珠江装饰有限公司")
    citizen = a_citizen()
    a_mandate(citizen, firm)

    found = standings(account_of(citizen), at=timezone.now())

    assert [(row.key, row.title.zh) for row in found] == [
        ("self", "本人"),
        (f"entity:{firm.id}", "广州珠江装饰有限公司"),
    ]
