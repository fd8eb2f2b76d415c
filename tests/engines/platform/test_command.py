"""A command asks, journals and tells; one that doesn't ask is undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from yiwang.kernel.text import Text
from yiwang.platform import command as module
from yiwang.platform import sql
from yiwang.platform.command import act_at_once, command, emit, permit
from yiwang.platform.contracts import Actor, Operation, OperationNotAllowed, PermissionNotAsked, Scope
from yiwang.platform.models import JournalEntry, OutboxEntry
from yiwang.platform.operations import OPERATIONS
from yiwang.platform.outbox import CONSUMERS, deliver

AT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
CLERK = Actor(kind="officer", account_id=7, organisation="planning", roles=frozenset({"window"}))


class OwnOrganisationOnly:
    def may(self, actor, operation):
        return "window" in actor.roles

    def covers(self, actor, operation, scope):
        return actor.organisation in scope.organisations


@command(operation="test.thing.do")
def touch(*, actor: Actor, at: datetime, organisation: str, ask: bool = True) -> str:
    if ask:
        permit(Scope(organisations=(organisation,)), subject="thing:1")
    emit("ThingDone", "thing:1", number=3)
    return "done"


@pytest.fixture
def footing(monkeypatch, transactional_db):
    monkeypatch.setattr(module, "_guards", [OwnOrganisationOnly()])
    operation = Operation(key="test.thing.do", title=Text("办", "Do"))
    with OPERATIONS.temporarily("test.thing.do", operation):
        yield


def rows():
    return list(JournalEntry.objects.values_list("operation", "subject", "outcome", "reason", "account_id"))


def test_a_done_act_is_journalled_with_its_subject(footing):
    assert touch(actor=CLERK, at=AT, organisation="planning") == "done"

    assert rows() == [("test.thing.do", "thing:1", "done", "", 7)]


def test_another_organisation_is_refused_and_journalled_and_nothing_is_told(footing):
    with CONSUMERS.temporarily("ThingDone/test", lambda fact, *, at: None):
        with pytest.raises(OperationNotAllowed):
            touch(actor=CLERK, at=AT, organisation="fire")

    assert rows() == [("test.thing.do", "thing:1", "refused", "platform.operation_not_allowed", 7)]
    assert OutboxEntry.objects.count() == 0


def test_a_command_that_does_not_ask_is_undone(footing):
    with CONSUMERS.temporarily("ThingDone/test", lambda fact, *, at: None), pytest.raises(PermissionNotAsked):
        touch(actor=CLERK, at=AT, organisation="planning", ask=False)

    assert OutboxEntry.objects.count() == 0


def at_once(**changes):
    facts = {
        "operation": "test.thing.do", "actor": CLERK, "at": AT, "subject": "thing:1", "detail": {"a": 1},
        "scope": Scope(organisations=("planning",)),
        "parts": [sql.Part("journal_detail", "SELECT '{\"b\": 2}'::jsonb AS detail", {})],
    }  # fmt: skip
    act_at_once(**(facts | changes))


def test_an_act_of_one_statement_is_journalled_with_what_the_statement_knows(footing):
    at_once()

    assert rows() == [("test.thing.do", "thing:1", "done", "", 7)]
    assert JournalEntry.objects.get().detail == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    "changes",
    [
        {"scope": Scope(organisations=("fire",))},
        {"actor": replace(CLERK, roles=frozenset())},
        {"operation": "test.thing.unknown"},
    ],
)
def test_an_act_of_one_statement_without_the_right_does_nothing_but_say_so(footing, changes):
    part = sql.Part("outbox", "INSERT INTO platform_outboxentry DEFAULT VALUES", {})
    with pytest.raises(OperationNotAllowed):
        at_once(**changes, parts=[part])

    assert [row[1:4] for row in rows()] == [("thing:1", "refused", "platform.operation_not_allowed")]
    assert OutboxEntry.objects.count() == 0


def test_without_a_guard_nothing_runs(footing, monkeypatch):
    monkeypatch.setattr(module, "_guards", [])

    with pytest.raises(PermissionNotAsked):
        touch(actor=CLERK, at=AT, organisation="planning")


def test_actor_and_aware_time_are_mandatory(footing):
    with pytest.raises(TypeError):
        touch(actor=CLERK, at=datetime(2026, 1, 1), organisation="planning")


def test_a_fact_reaches_its_consumer_once(footing):
    seen = []
    with CONSUMERS.temporarily("ThingDone/test", lambda fact, *, at: seen.append(dict(fact.payload))):
        touch(actor=CLERK, at=AT, organisation="planning")

        assert deliver(at=AT) == 1
        assert deliver(at=AT) == 0

    assert seen == [{"number": 3}]


def test_a_failing_consumer_keeps_the_fact_for_later(footing):
    def explode(fact, *, at):
        raise ValueError("broken consumer")

    with CONSUMERS.temporarily("ThingDone/test", explode):
        touch(actor=CLERK, at=AT, organisation="planning")
        assert deliver(at=AT) == 0

    entry = OutboxEntry.objects.get()
    assert (entry.attempts, entry.last_problem, entry.try_at > AT) == (1, "ValueError", True)
