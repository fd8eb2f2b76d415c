"""Every command by whoever lacks its operation: refused with a reason, journalled, nothing changed."""

from __future__ import annotations

import pytest
from tests.engines.refusals.acts import Act, acts
from tests.engines.refusals.footprint import footprint

from yiwang.identity.testing import NOON, a_citizen, an_officer
from yiwang.platform.contracts import Actor, OperationNotAllowed
from yiwang.platform.models import JournalEntry
from yiwang.platform.operations import OPERATIONS

pytestmark = pytest.mark.django_db
ACTS = acts()
_PLACE = "service_centre"


def _strangers(act: Act) -> dict[str, Actor]:
    """Somebody of each kind who lacks the operation."""
    declared = act.declared
    roles = {"window", "handler", "reviewer", "approver", "supervisor", "leader", "city_admin", "auditor"}
    found = {
        "without a role": an_officer(_PLACE, roles=()),
        "with every other role": an_officer(_PLACE, roles=roles - declared.roles),
        "with a role that nobody declared": an_officer(_PLACE, roles=("emperor",)),
        "of an unknown organisation": Actor(
            kind="officer", account_id=1, organisation="nowhere", roles=frozenset(roles)
        ),
    }
    if not declared.citizens:
        found["a citizen"] = a_citizen()
    if "system" not in declared.roles:
        found["a machine"] = Actor.system("nobody")
    return found


def test_commands_are_found():
    assert len(ACTS) >= 65
    assert {act.operation for act in ACTS} <= {key for key, _ in OPERATIONS}


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_who_lacks_the_operation_is_refused(act: Act):
    strangers = _strangers(act)
    before = footprint()

    for who, actor in strangers.items():
        with pytest.raises(OperationNotAllowed) as refused:
            act.run(actor=actor, at=NOON, **act.words)

        assert act.operation in refused.value.sentence.en, who
        assert act.operation in refused.value.sentence.zh, who
        line = JournalEntry.objects.order_by("-id")[0]
        assert (line.operation, line.outcome, line.reason, line.account_id, line.at) == (
            act.operation,
            "refused",
            "platform.operation_not_allowed",
            actor.account_id,
            NOON,
        ), who
    assert JournalEntry.objects.count() == len(strangers)
    assert footprint() == before


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_nobody_and_no_time_do_not_run(act: Act):
    for wrong in (
        {},
        {"actor": None, "at": NOON},
        {"actor": Actor.system("x"), "at": NOON.replace(tzinfo=None)},
    ):
        with pytest.raises(TypeError):
            act.run(**{**act.words, **wrong})
