"""Two nodes exchange: believed, granted, logged on both sides; and everything that must be refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError

from yiwang.exchange.contracts import Purpose, PurposeRefused
from yiwang.exchange.evidence import evidence_of
from yiwang.exchange.models import (
    GrantDay,
    NodeAsk,
    NodeDirectory,
    NodeMessage,
    NodeRefusal,
    TraceLine,
)
from yiwang.exchange.nodes import api, bodies
from yiwang.exchange.nodes.commands import answer_message as answering
from yiwang.exchange.nodes.contracts import (
    DirectoryRefused,
    EvidenceImpossible,
    Fault,
    HttpMessage,
    MessageRefused,
    NodeSaidNo,
    NodeUnknown,
    NodeUnreachable,
    NotEnrolled,
    RemoteAnswer,
)
from yiwang.exchange.nodes.queries.standing import STAMP_LIMIT, forget_cached
from yiwang.exchange.nodes.rules.signatures import content_digest
from yiwang.exchange.nodes.testing import HereWitness, Wire, a_node
from yiwang.exchange.subjects import person_reference
from yiwang.exchange.testing import KNOWN_ID
from yiwang.identity.testing import an_officer, sign_in
from yiwang.platform.contracts import Actor, OperationNotAllowed
from yiwang.platform.environment import environment
from yiwang.platform.models import JournalEntry
from yiwang.trust import api as trust
from yiwang.trust.api import entry_matches
from yiwang.trust.models import LedgerLeaf
from yiwang.trust.rules.revocation import RevocationReason
from yiwang.trust.testing import NodeKeys

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
CASE = Purpose(kind="case", reference="4401-2026-0000123")
SERVICE = "district-b:person_for_tests"


@pytest.fixture(autouse=True)
def _district_a(monkeypatch: pytest.MonkeyPatch, own_folder: Path) -> None:
    monkeypatch.setenv("YIWANG_NODE", "district-a")
    environment.cache_clear()


@pytest.fixture
def nodes(grant_of) -> NodeKeys:
    """District A asks for the construction department, district B holds the register."""
    keys = NodeKeys.generate()
    a_node("district-a", members=["construction"], at=NOW, keys=keys)
    a_node("district-b", members=["public_security"], at=NOW)
    api.issue_directory(at=NOW)
    grant_of(quota_per_day=3)
    return keys


@pytest.fixture
def wire(nodes) -> Wire:
    return Wire(NOW)


def ask(asker: Actor, wire: Wire, **changes: object) -> RemoteAnswer:
    facts: dict[str, object] = {
        "actor": asker,
        "at": NOW,
        "resource": SERVICE,
        "key": KNOWN_ID,
        "fields": ("name",),
        "purpose": CASE,
        "through": wire,
    }
    return api.ask_node(**(facts | changes))


def used() -> int:
    return sum(GrantDay.objects.values_list("used", flat=True))


def fault_of(request: HttpMessage, at: datetime = NOW) -> Fault:
    """The fault for which a message is refused, having changed nothing but the list of refusals."""
    before = (TraceLine.objects.count(), NodeMessage.objects.count(), used())
    with pytest.raises(MessageRefused) as refused:
        api.answer_message(request, node="district-b", at=at)
    assert (TraceLine.objects.count(), NodeMessage.objects.count(), used()) == before
    row = NodeRefusal.objects.order_by("-id")[0]
    assert (row.fault, row.at) == (refused.value.fault.value, at)
    assert KNOWN_ID not in row.claimed
    return refused.value.fault


def test_d15_a_look_at_another_node_is_granted_traced_and_logged_on_both_sides(asker, wire):
    answer = ask(asker, wire)

    assert (answer.node, answer.resource, dict(answer.values or {}), answer.version) == (
        "district-b",
        "person_for_tests",
        {"name": "李明"},
        3,
    )
    trace, here = TraceLine.objects.order_by("id")
    assert (trace.pk, trace.organisation, trace.system, trace.purpose, trace.reference) == (
        answer.trace,
        "construction",
        "node:district-a",
        "case",
        CASE.reference,
    )
    # The asker's own node keeps a line as well: who of its people looked, and at which node.
    assert (here.account_id, here.organisation, here.resource, here.reference, here.grant_id, here.size) == (
        asker.account_id,
        "construction",
        "district-b:person_for_tests",
        CASE.reference,
        None,
        1,
    )
    assert (here.subject, here.fields) == (person_reference(KNOWN_ID), ["name"])
    assert entry_matches(LedgerLeaf.objects.get(subject=f"trace:{here.pk}").pk, evidence_of(here))
    [(request, reply)] = wire.passed
    rows = {row.direction: row for row in NodeMessage.objects.all()}
    assert set(rows) == {"in", "out"}
    for row in rows.values():
        assert row.request["headers"] == dict(request.headers)
        assert row.answer["headers"] == dict(reply.headers)
        assert bodies.opened(bytes(row.answer_body)) == reply.body
        assert KNOWN_ID.encode() not in bytes(row.request_body)
        assert LedgerLeaf.objects.get(pk=row.leaf).kind == "exchange.message"
    assert (rows["in"].peer, rows["out"].peer) == ("district-a", "district-b")


def test_d15_yes_or_no_over_the_wire(asker, wire):
    answer = ask(asker, wire, fields=(), claims={"name": "李明", "division": "440106"})
    assert dict(answer.values or {}) == {"name": True, "division": False}
    assert "李明" not in wire.passed[0][1].body.decode()


def test_d15_a_grant_that_ends_in_mid_batch_refuses_the_rest_under_signature(asker, wire):
    for _ in range(3):
        ask(asker, wire)
    with pytest.raises(NodeSaidNo) as refused:
        ask(asker, wire)
    assert refused.value.problem == "exchange.quota_exhausted"
    assert (TraceLine.objects.count(), used()) == (2 * 3, 3)
    rows = NodeMessage.objects.order_by("-id")[:2]
    assert [(row.status, row.direction) for row in rows] == [(429, "out"), (429, "in")]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"fields": ("birth_date",)}, "exchange.fields_not_granted"),
        ({"fields": ("shoe_size",)}, "exchange.fields_not_granted"),
        ({"purpose": Purpose(kind="statistics")}, "exchange.no_grant"),
        ({"resource": "district-b:nothing"}, "exchange.resource_not_found"),
    ],
)
def test_d15_the_owner_s_node_checks_the_grant(asker, wire, changes, problem):
    with pytest.raises(NodeSaidNo) as refused:
        ask(asker, wire, **changes)
    assert refused.value.problem == problem
    assert (TraceLine.objects.count(), used()) == (0, 0)
    assert NodeMessage.objects.count() == 2


def test_d15_the_asker_s_node_lets_only_its_own_ask(asker, wire, owner):
    with pytest.raises(OperationNotAllowed):
        ask(replace(asker, roles=frozenset()), wire)
    with pytest.raises(MessageRefused):
        ask(replace(asker, organisation="labour"), wire)
    with pytest.raises(PurposeRefused):
        ask(asker, wire, purpose=Purpose(kind="case"))
    with pytest.raises(NodeUnknown):
        ask(asker, wire, resource="district-z:person_for_tests")
    assert wire.passed == []
    assert NodeMessage.objects.count() == 0


def test_d15_a_replayed_message_is_refused_also_later_and_out_of_order(asker, wire):
    for _ in range(2):
        ask(asker, wire)
    (first, _), (second, _) = wire.passed
    for request in (second, first, second):
        assert fault_of(request) is Fault.REPLAYED
    assert fault_of(first, NOW + timedelta(minutes=5)) is Fault.CLOCK_SKEW
    assert used() == 2


def test_d15_messages_may_arrive_in_another_order(asker, nodes):
    held: list[HttpMessage] = []

    def keep_back(peer, request):
        held.append(request)
        raise TimeoutError

    for _ in range(3):
        with pytest.raises(TimeoutError):
            ask(asker, keep_back)
    for request in reversed(held):
        assert api.answer_message(request, node="district-b", at=NOW).status == 200
    assert used() == 3


def test_d16_the_same_question_again_gets_its_answer_and_no_second_look(asker, wire):
    first = ask(asker, wire, message="batch-1-0001")
    again = ask(asker, wire, message="batch-1-0001")
    assert again == first
    assert (TraceLine.objects.count(), used()) == (2, 1)
    assert NodeMessage.objects.filter(direction="in").exclude(repeats=None).count() == 1
    with pytest.raises(MessageRefused) as refused:
        ask(asker, wire, message="batch-1-0001", fields=("division",))
    assert refused.value.fault is Fault.MESSAGE_CHANGED
    assert used() == 1


@pytest.mark.parametrize("name", ["yiwang-client", "yiwang-service", "yiwang-purpose", "yiwang-message"])
def test_d15_a_header_altered_on_the_way_is_refused(asker, wire, name):
    ask(asker, wire)
    request = wire.passed[0][0]
    altered = {**request.headers, name: "district-b:public_security"}
    assert fault_of(replace(request, headers=altered)) is Fault.SIGNATURE_FALSE


def test_d15_a_body_altered_on_the_way_is_refused(asker, wire):
    ask(asker, wire)
    request = wire.passed[0][0]
    assert fault_of(replace(request, body=b"{}")) is Fault.BODY_ALTERED
    headers = {**request.headers, "content-digest": content_digest(b"{}")}
    assert fault_of(replace(request, body=b"{}", headers=headers)) is Fault.SIGNATURE_FALSE
    assert fault_of(replace(request, body=b" " * 200_000)) is Fault.TOO_LARGE


def test_d15_an_answer_altered_on_the_way_is_not_believed(asker, wire):
    def meddle(peer, request):
        answer = wire(peer, request)
        return replace(answer, body=answer.body.replace("李明".encode(), "李鬼".encode()))

    with pytest.raises(MessageRefused) as refused:
        ask(asker, meddle)
    assert refused.value.fault is Fault.BODY_ALTERED
    assert not NodeMessage.objects.filter(direction="out").exists()


def test_d15_a_revoked_certificate_counts_no_more(asker, wire):
    ask(asker, wire)
    trust.revoke_node(
        actor=Actor.system("console"), node="district-a", reason=RevocationReason.KEY_COMPROMISED, at=NOW
    )
    api.issue_directory(at=NOW)
    with pytest.raises(MessageRefused) as refused:
        ask(asker, wire)
    assert refused.value.fault is Fault.CERTIFICATE_REVOKED
    assert NodeRefusal.objects.get().fault == "certificate_revoked"


def test_d15_an_expired_certificate_counts_no_more(asker, wire, nodes):
    late = NOW + timedelta(days=366)
    content = NodeDirectory.objects.get().content
    longer = json.loads(bytes(content)) | {"expires_at": (late + timedelta(days=1)).isoformat()}
    NodeDirectory.objects.update(content=json.dumps(longer).encode())
    forget_cached()
    wire.at = late
    with pytest.raises(MessageRefused) as refused:
        ask(asker, wire, at=late)
    assert refused.value.fault is Fault.CERTIFICATE_OUT_OF_TIME


def test_d15_a_node_speaks_for_its_own_members_only(asker, wire, nodes):
    a_node("district-a", members=["construction", "labour"], at=NOW, keys=nodes)
    forget_cached()  # the directory does not know of labour yet
    with pytest.raises(MessageRefused) as refused:
        ask(replace(asker, organisation="labour"), wire)
    assert refused.value.fault in {Fault.NOT_A_MEMBER, Fault.UNKNOWN_KEY}
    assert used() == 0


def test_d16_the_exchange_stops_when_time_stamps_are_overdue(asker, wire):
    ask(asker, wire)
    late = NOW + STAMP_LIMIT + timedelta(seconds=1)
    wire.at = late
    with pytest.raises(EvidenceImpossible) as stopped:
        ask(asker, wire, at=late)
    assert stopped.value.status == 503
    assert NodeMessage.objects.count() == 2
    api.make_batch(at=late)
    api.stamp_batches(at=late, witness=HereWitness(late))
    assert ask(asker, wire, at=late).values == {"name": "李明"}


def test_d16_no_answer_goes_out_when_the_log_cannot_be_written(asker, wire, monkeypatch):
    def broken(*args, **kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr(answering, "message_parts", broken)
    with pytest.raises(EvidenceImpossible):
        ask(asker, wire)
    assert (TraceLine.objects.count(), used(), NodeMessage.objects.count()) == (0, 0, 0)


def test_d28_the_directory_outlives_the_centre_and_no_more(asker, wire):
    wire.at = NOW + timedelta(hours=47)
    assert ask(asker, wire, at=wire.at).values == {"name": "李明"}
    wire.at = NOW + timedelta(hours=48)
    with pytest.raises(DirectoryRefused):
        ask(asker, wire, at=wire.at)


def test_d28_a_false_an_altered_an_expired_and_an_older_directory_are_refused(nodes):
    statement = api.issue_directory(at=NOW)
    assert api.accept_directory(statement, at=NOW) == 1
    a_node("district-c", members=["labour"], at=NOW)
    newer = api.issue_directory(at=NOW)
    assert api.accept_directory(newer, at=NOW) == 2
    for false in (
        replace(newer, content=newer.content.replace(b"8443", b"8444")),
        replace(newer, signature=bytes(64)),
        replace(newer, certificate=b""),
        statement,
    ):
        with pytest.raises(DirectoryRefused):
            api.accept_directory(false, at=NOW)
    with pytest.raises(DirectoryRefused):
        api.accept_directory(newer, at=NOW + timedelta(days=2))
    assert NodeDirectory.objects.count() == 2


def test_d28_a_node_cannot_sign_a_directory(nodes):
    statement = api.issue_directory(at=NOW)
    forged = replace(
        statement,
        signature=nodes.sign.sign(statement.content),
        certificate=trust.find_node("district-a", at=NOW).sign_certificate,
    )
    with pytest.raises(DirectoryRefused):
        api.accept_directory(forged, at=NOW)


def test_no_person_s_data_in_journal_or_ledger(asker, wire):
    ask(asker, wire)
    said = json.dumps(list(JournalEntry.objects.values()), default=str)
    assert KNOWN_ID not in said
    assert "李明" not in said


def queue(count: int, **changes: object) -> str:
    facts: dict[str, object] = {
        "actor": Actor.system("batch"),
        "at": NOW,
        "resource": SERVICE,
        "keys": [KNOWN_ID] * count,
        "fields": ("name",),
        "purpose": CASE,
        "organisation": "construction",
    }
    return api.queue_questions(**(facts | changes))


def test_d16_a_batch_is_asked_once_each_though_answers_are_lost(asker, wire, grant_of):
    job = queue(3)
    lost: list[str] = []

    def lossy(peer, request):
        answer = wire(peer, request)
        if request.headers["yiwang-message"] not in lost:
            lost.append(request.headers["yiwang-message"])
            raise NodeUnreachable(node=peer.node)
        return answer

    at = NOW
    for _ in range(12):
        api.ask_queued(at=at, through=lossy)
        at += timedelta(seconds=5)
        wire.at = at
    rows = NodeAsk.objects.filter(job=job)
    assert [(row.state, row.key, row.answer is None) for row in rows] == [("done", None, False)] * 3
    assert (TraceLine.objects.count(), used(), len(lost)) == (2 * 3, 3, 3)


def test_d28_a_question_waits_for_a_node_that_the_directory_may_still_learn_of(asker, wire):
    queue(2, resource="district-c:person_for_tests")
    queue(1, resource="district-c:person_for_tests", until=NOW + timedelta(minutes=1))
    queue(1)
    states = lambda: list(NodeAsk.objects.order_by("id").values_list("state", "problem"))  # noqa: E731
    # Who is not known yet holds up its own questions only.
    assert api.ask_queued(at=NOW, through=wire) == 1
    assert states() == [("waiting", "")] * 3 + [("done", "")]
    wire.at = NOW + timedelta(minutes=1)
    assert api.ask_queued(at=wire.at, through=wire) == 1
    assert states() == [("waiting", "")] * 2 + [("refused", "exchange.question_expired"), ("done", "")]
    assert NodeAsk.objects.order_by("id")[2].key is None
    a_node("district-c", members=["labour"], at=NOW)
    api.issue_directory(at=wire.at)
    wire.at += timedelta(seconds=5)
    assert api.ask_queued(at=wire.at, through=wire) == 2
    assert (states()[:2], used()) == ([("done", "")] * 2, 3)


def test_d16_what_the_owner_refuses_is_not_asked_again(asker, wire):
    queue(5)
    api.ask_queued(at=NOW, through=wire)
    states = list(NodeAsk.objects.order_by("id").values_list("state", "problem"))
    assert states == [("done", "")] * 3 + [("refused", "exchange.quota_exhausted")] * 2
    assert api.ask_queued(at=NOW + timedelta(hours=1), through=wire) == 0
    assert KNOWN_ID not in json.dumps(list(JournalEntry.objects.values()), default=str)


def test_d30_the_desk_tells_how_old_the_directory_is_and_asks_only_whom_it_names(client, asker, nodes):
    worker = an_officer("construction", roles={"handler"})
    sign_in(client, worker)

    page = client.get("/en/desk/exchange/elsewhere/").content.decode()
    assert "signed by the centre on 22 November 2026" in page
    form = "/en/desk/exchange/elsewhere/district-b/person_for_tests/"
    shown = client.get(form).content.decode()
    assert ("Person for tests" in shown, "Date of birth" in shown) == (True, True)
    for unknown in ("district-c", "district-a"):
        assert client.get(f"/desk/exchange/elsewhere/{unknown}/person_for_tests/").status_code == 404
    refused = client.post(
        form, {"key": KNOWN_ID, "fields": ["name"], "purpose": "case", "reference": KNOWN_ID}
    )
    assert (refused.status_code, "does not hold" in refused.content.decode()) == (422, True)
    assert KNOWN_ID not in refused.content.decode().replace(f'value="{KNOWN_ID}"', "")
    assert (TraceLine.objects.count(), NodeMessage.objects.count(), used()) == (0, 0, 0)


def test_d16_an_answer_that_the_asker_cannot_log_is_not_shown(asker, wire, monkeypatch):
    before = (TraceLine.objects.count(), NodeMessage.objects.count(), JournalEntry.objects.count())

    def full(**act: object) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr("yiwang.exchange.nodes.commands.ask_node.act_at_once", full)
    with pytest.raises(EvidenceImpossible) as stopped:
        ask(asker, wire)

    assert stopped.value.status == 503
    # what the other node looked up, it logged: the look was had there
    after = (TraceLine.objects.count(), NodeMessage.objects.count(), JournalEntry.objects.count())
    assert after == tuple(number + 1 for number in before)
    assert NodeMessage.objects.get().direction == "in"


def test_d16_another_process_counts_a_new_directory_within_a_second(asker, wire):
    ask(asker, wire)
    NodeDirectory.objects.all().delete()  # by another process: nobody told this one

    soon, later = NOW + timedelta(milliseconds=999), NOW + timedelta(seconds=1)
    wire.at = soon
    ask(asker, wire, at=soon)
    wire.at = later
    with pytest.raises(NotEnrolled):
        ask(asker, wire, at=later)
    assert NodeMessage.objects.count() == 4
