"""A look of another node in two statements beside the command: the same answers, refusals and lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yiwang.exchange.api import issue_grant, revoke_grant
from yiwang.exchange.contracts import Purpose
from yiwang.exchange.evidence import evidence_of
from yiwang.exchange.models import GrantDay, NodeMessage, TraceLine
from yiwang.exchange.nodes import api
from yiwang.exchange.nodes.commands import answer_message as answering
from yiwang.exchange.nodes.contracts import HttpMessage, NodeSaidNo, Peer, RemoteAnswer
from yiwang.exchange.nodes.queries.standing import forget_cached
from yiwang.exchange.nodes.testing import Wire, a_node
from yiwang.kernel.text import Text
from yiwang.platform import command as command_module
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import environment
from yiwang.platform.models import JournalEntry
from yiwang.registers.api import enter_entry
from yiwang.registers.testing import DefaultRolesGuard, a_person, an_officer
from yiwang.trust.api import entry_matches
from yiwang.trust.models import LedgerLeaf

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
KEY = str(a_person()["id_number"])
OWNER = an_officer("public_security", "approver")
CASE = Purpose(kind="case", reference="TZ-1")
BATCH = Actor.system("batch")


@pytest.fixture(autouse=True)
def nodes(base_registers, db, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("YIWANG_VAR", str(tmp_path))
    environment.cache_clear()
    forget_cached()
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])
    enter_entry(actor=an_officer("public_security"), at=AT, register="persons", values=a_person())
    a_node("district-a", members=["construction"], at=AT)
    a_node("district-b", members=["public_security"], at=AT)
    api.issue_directory(at=AT)
    yield
    environment.cache_clear()
    forget_cached()


@pytest.fixture
def grant(nodes) -> int:
    return issue_grant(
        actor=OWNER, at=AT, resource="person_basic", grantee="construction", fields=("id_number", "name"),
        purpose="case", legal_basis=Text("测试", "For tests"), valid_from=date(2026, 1, 1),
        valid_until=date(2026, 12, 31), quota_per_day=4,
    ).id  # fmt: skip


class Counting(Wire):
    """Counts the statements of the node that answers."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.statements: list[str] = []

    def __call__(self, peer: Peer, request: HttpMessage) -> HttpMessage:
        with CaptureQueriesContext(connection) as run:
            answer = super().__call__(peer, request)
        self.statements = [str(each["sql"]).split()[0] for each in run.captured_queries]
        return answer


def ask(wire: Wire, key: str = KEY, fields: tuple[str, ...] = ("name",)) -> RemoteAnswer:
    return api.ask_node(
        actor=BATCH, at=wire.at, resource="district-b:person_basic", key=key, fields=fields, purpose=CASE,
        organisation="construction", node="district-a", through=wire,
    )  # fmt: skip


def left(lines_from: int = 0, acts_from: int = 0) -> list[dict[str, object]]:
    """The trace lines and the journal of the answering node, without numbers that differ by nature."""
    lines = [
        {name: value for name, value in vars(line).items() if name not in ("_state", "id", "correlation")}
        for line in TraceLine.objects.filter(system="node:district-a").order_by("id")[lines_from:]
    ]
    acts = JournalEntry.objects.filter(operation=answering.OPERATION, system="node:district-a").order_by("id")
    journal = [(act.subject, act.outcome, act.organisation, sorted(act.detail)) for act in acts[acts_from:]]
    answered = NodeMessage.objects.filter(direction="in").order_by("id")[lines_from:]
    rows = [(row.peer, row.organisation, row.resource, row.status, row.repeats) for row in answered]
    return [*lines, {"journal": journal, "answered": rows}]


def test_d15_a_look_of_another_node_is_two_statements_and_a_line_on_each_side(grant):
    wire = Counting(AT)
    ask(wire)

    with CaptureQueriesContext(connection) as run:
        ask(wire)

    # Where both stand is known. The look; the log with its leaf. The asker: line, log, leaves and journal.
    # Inside a test's transaction there are savepoints in place of BEGIN and COMMIT; the asker has neither.
    assert wire.statements == ["SAVEPOINT", "WITH", "WITH", "RELEASE"]
    assert len(run.captured_queries) == len(wire.statements) + 1


def test_d15_one_statement_leaves_what_the_command_leaves(grant, monkeypatch):
    straight = ask(Wire(AT))
    nobody = ask(Wire(AT), key="440103199001011232")
    by_statement = left()
    monkeypatch.setattr(answering, "_straight", lambda machine, at, incoming: None)

    by_command = ask(Wire(AT))

    assert (dict(straight.values or {}), straight.version) == ({"name": a_person()["name"]}, 1)
    assert (by_command.values, by_command.version) == (straight.values, straight.version)
    assert nobody.values is None
    assert ask(Wire(AT), key="440103199001011232").values is None
    assert left(2, 2) == by_statement
    assert GrantDay.objects.get().used == 4


def test_d16_the_leaf_commits_to_the_line_of_another_nodes_look(grant):
    answer = ask(Wire(AT))

    line = TraceLine.objects.get(pk=answer.trace)
    leaf = LedgerLeaf.objects.get(subject=f"trace:{line.pk}")
    assert (line.system, line.organisation, line.grant_id) == ("node:district-a", "construction", grant)
    assert entry_matches(leaf.pk, evidence_of(line))


def test_d19_what_changes_the_law_ends_the_remembered_decision(grant):
    ask(Wire(AT))
    revoke_grant(actor=OWNER, at=AT, grant=grant, because="测试")

    with pytest.raises(NodeSaidNo) as refused:
        ask(Wire(AT + timedelta(seconds=1)))

    assert refused.value.problem == "exchange.grant_not_in_force"
    assert TraceLine.objects.count() == 2


def test_d19_a_quota_that_is_used_up_refuses_and_leaves_no_line(grant):
    for _ in range(4):
        ask(Wire(AT))

    with pytest.raises(NodeSaidNo) as refused:
        ask(Wire(AT))

    assert refused.value.problem == "exchange.quota_exhausted"
    assert (TraceLine.objects.count(), GrantDay.objects.get().used) == (2 * 4, 4)
