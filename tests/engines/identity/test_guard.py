"""The guard: role x operation x organisation x person, and what fails closed."""

from __future__ import annotations

import pytest

from yiwang.identity.guard import DirectoryGuard
from yiwang.identity.models import RoleGrant
from yiwang.identity.queries.directory import mark_changed
from yiwang.identity.testing import a_citizen, a_firm, a_representative, an_officer, an_organisation
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor, Operation, Scope
from yiwang.platform.operations import OPERATIONS

pytestmark = pytest.mark.django_db
GUARD = DirectoryGuard()
DECIDE = "test.case.decide"


@pytest.fixture(autouse=True)
def _operation():
    declared = Operation(
        key=DECIDE,
        title=Text("决定", "Decide"),
        roles=frozenset({"approver", "supervisor", "system"}),
        citizens=True,
    )
    with OPERATIONS.temporarily(DECIDE, declared):
        yield


@pytest.fixture
def tree():
    an_organisation("government")
    an_organisation("public_security", parent="government")
    an_organisation("fire", parent="public_security")
    an_organisation("planning", parent="government")


@pytest.mark.parametrize(
    ("at_organisation", "roles", "scope", "covered"),
    [
        ("fire", {"approver"}, ("fire",), True),
        ("public_security", {"approver"}, ("fire",), True),
        ("government", {"approver"}, ("fire",), True),
        ("fire", {"approver"}, ("public_security",), False),
        ("planning", {"approver"}, ("fire",), False),
        ("planning", {"approver"}, ("fire", "planning"), True),
        ("fire", {"handler"}, ("fire",), False),
        ("planning", {"supervisor"}, ("fire",), True),
        ("planning", {"approver"}, (), False),
        ("planning", {"approver"}, ("no_such_place",), False),
        ("planning", {"system"}, ("planning",), False),
        ("planning", {"undeclared_role"}, ("planning",), False),
    ],
)
def test_an_officer_reaches_what_lies_below(tree, at_organisation, roles, scope, covered):
    actor = an_officer(at_organisation, roles=roles)

    assert GUARD.covers(actor, DECIDE, Scope(organisations=scope)) is covered


def test_a_grant_of_a_pack_adds_a_role(tree):
    actor = an_officer("fire", roles={"handler"})
    RoleGrant.objects.create(role="handler", operation=DECIDE, pack="fire_safety")
    mark_changed()

    assert GUARD.covers(actor, DECIDE, Scope(organisations=("fire",))) is True
    assert GUARD.covers(actor, DECIDE, Scope(organisations=("planning",))) is False


def test_a_citizen_reaches_own_matters_only():
    mine, other = a_citizen(), a_citizen(name="黄小华")

    assert GUARD.may(mine, DECIDE) is True
    assert GUARD.covers(mine, DECIDE, Scope(person_id=mine.person_id)) is True
    assert GUARD.covers(mine, DECIDE, Scope(person_id=other.person_id)) is False
    assert GUARD.covers(mine, DECIDE, Scope(organisations=("planning",))) is False
    assert GUARD.covers(mine, DECIDE, Scope(everyone=True)) is True


def test_a_firms_matter_is_open_to_who_acts_for_it_now():
    firm = a_firm()
    agent = a_representative(firm)
    scope = Scope(person_id=agent.person_id, entity_id=firm.id)
    alone = Actor(kind="citizen", account_id=agent.account_id, person_id=agent.person_id)

    assert GUARD.covers(agent, DECIDE, scope) is True
    assert GUARD.covers(alone, DECIDE, scope) is False


def test_nobody_in_particular_is_not_nobody():
    nameless = Actor(kind="citizen", account_id=1)

    assert GUARD.covers(nameless, DECIDE, Scope()) is False


def test_a_machine_needs_the_word_system():
    timers = Actor.system("timers")
    private = Operation(key="test.case.read", title=Text("读", "Read"), roles=frozenset({"approver"}))

    with OPERATIONS.temporarily("test.case.read", private):
        assert GUARD.covers(timers, DECIDE, Scope(organisations=("fire",))) is True
        assert GUARD.covers(timers, "test.case.read", Scope(organisations=("fire",))) is False


def test_an_undeclared_operation_is_refused(tree):
    actor = an_officer("fire", roles={"approver", "supervisor"})

    assert GUARD.may(actor, "test.no.such") is False
    assert GUARD.covers(actor, "test.no.such", Scope(everyone=True)) is False
