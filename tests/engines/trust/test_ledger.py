"""The ledger: one tree, proofs that strangers check, two sequencers at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import DatabaseError, connection, transaction

from yiwang.trust import api
from yiwang.trust.contracts import (
    HeadNotFound,
    LeafId,
    LeafNotFound,
    LeafNotSequenced,
    RecordedOutsideTransaction,
)
from yiwang.trust.models import LedgerLeaf, TreeHead, TreeNode
from yiwang.trust.rules import merkle
from yiwang.trust.rules.verification import consistency_holds, head_is_genuine, inclusion_holds

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


def write(count: int, start: int = 0) -> list[LeafId]:
    with transaction.atomic():
        return [
            api.record("cases.decided", f"case:{n}", {"outcome": "granted", "n": n}, at=NOW)
            for n in range(start, start + count)
        ]


def public_key() -> bytes:
    key = api.ledger_public_key()
    assert key is not None
    return key


@pytest.mark.django_db
def test_an_entry_is_proven_once_its_head_is_signed() -> None:
    leaves = write(5)
    with pytest.raises(LeafNotSequenced):
        api.inclusion_proof(leaves[2])
    assert api.sequence_leaves(at=NOW) == 5
    assert api.sequence_leaves(at=NOW) == 0
    proof = api.inclusion_proof(leaves[2])
    assert (proof.index, proof.head.size, len(proof.path)) == (2, 5, 3)
    assert inclusion_holds(proof, public_key())
    assert not inclusion_holds(replace(proof, entry=proof.entry + b" "), public_key())
    assert not inclusion_holds(replace(proof, index=3), public_key())
    assert not inclusion_holds(proof, bytes(32))
    assert head_is_genuine(proof.head, public_key())
    assert not head_is_genuine(replace(proof.head, size=6), public_key())


@pytest.mark.django_db
def test_heads_are_consistent_and_old_proofs_stay() -> None:
    first = write(3)
    api.sequence_leaves(at=NOW)
    write(10, start=3)
    api.sequence_leaves(at=NOW + timedelta(seconds=1))
    proof = api.consistency_proof(3, 13)
    assert consistency_holds(proof, public_key())
    assert not consistency_holds(replace(proof, path=proof.path[:-1]), public_key())
    old = api.inclusion_proof(first[0], size=3)
    assert old.head.size == 3
    assert inclusion_holds(old, public_key())
    assert TreeNode.objects.count() == 6 + 3 + 1  # complete subtrees over 13 leaves


@pytest.mark.django_db
def test_the_content_is_committed_to_and_not_stored() -> None:
    with transaction.atomic():
        leaf = api.record("cases.decided", "case:1", {"outcome": "refused"}, at=NOW)
    assert api.entry_matches(leaf, {"outcome": "refused"})
    assert not api.entry_matches(leaf, {"outcome": "granted"})
    stored = LedgerLeaf.objects.values().get(pk=leaf)
    assert b"refused" not in b"".join(bytes(v) for v in stored.values() if isinstance(v, bytes | memoryview))
    LedgerLeaf.objects.filter(pk=leaf).update(salt=None)
    assert not api.entry_matches(leaf, {"outcome": "refused"})


@pytest.mark.django_db
def test_recording_costs_one_statement(django_assert_num_queries) -> None:
    with transaction.atomic(), django_assert_num_queries(1):
        api.record("cases.decided", "case:1", {"outcome": "granted"}, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_without_a_transaction_nothing_is_recorded() -> None:
    with pytest.raises(RecordedOutsideTransaction):
        api.record("cases.decided", "case:1", {}, at=NOW)
    assert LedgerLeaf.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "subject"), [("Cases", "case:1"), ("cases.decided", "张三"), ("", "a")])
def test_a_name_is_no_identifier(kind: str, subject: str) -> None:
    with pytest.raises(ValueError, match="identifiers"):
        api.record(kind, subject, {}, at=NOW)
    assert LedgerLeaf.objects.count() == 0


@pytest.mark.django_db
def test_what_is_not_there() -> None:
    with pytest.raises(LeafNotFound):
        api.inclusion_proof(LeafId(999))
    write(2)
    api.sequence_leaves(at=NOW)
    with pytest.raises(HeadNotFound):
        api.consistency_proof(1, 2)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM trust_ledgerleaf",
        "UPDATE trust_ledgerleaf SET subject = 'case:other'",
        "UPDATE trust_ledgerleaf SET index = index + 100",
        "UPDATE trust_ledgerleaf SET salt = decode('00', 'hex')",
        "DELETE FROM trust_treenode",
        "UPDATE trust_treehead SET root = decode('00', 'hex')",
    ],
)
def test_the_database_keeps_evidence(statement: str) -> None:
    write(2)
    api.sequence_leaves(at=NOW)
    before = list(LedgerLeaf.objects.order_by("id").values_list("id", "subject", "index"))
    with pytest.raises(DatabaseError, match="neither changed nor deleted"), transaction.atomic():
        connection.cursor().execute(statement)
    assert list(LedgerLeaf.objects.order_by("id").values_list("id", "subject", "index")) == before


def assert_one_whole_tree(count: int) -> None:
    """Every leaf has its own place, and the newest head is the root over the leaves' own hashes."""
    rows = list(LedgerLeaf.objects.order_by("index").values_list("index", "leaf_hash"))
    assert [index for index, _ in rows] == list(range(count))
    nodes = merkle.appended(0, [bytes(value) for _, value in rows], lambda _: b"")
    head = api.latest_head()
    assert head is not None
    assert head.size == count
    assert head.root == merkle.fold(merkle.fold_plan(0, count), nodes.__getitem__)
    stored = {(n.level, n.index): bytes(n.hash) for n in TreeNode.objects.all()}
    assert stored == {node: value for node, value in nodes.items() if node[0] > 0}


@pytest.mark.django_db(transaction=True)
def test_two_sequencers_and_three_writers_make_one_tree() -> None:
    faults: list[BaseException] = []
    done = threading.Event()

    def writer(number: int) -> None:
        try:
            for n in range(20):
                write(1, start=number * 1000 + n)
        except BaseException as fault:  # noqa: BLE001 - the test reports it
            faults.append(fault)
        finally:
            connection.close()

    def sequencer() -> None:
        try:
            while not done.is_set():
                api.sequence_leaves(at=NOW)
        except BaseException as fault:  # noqa: BLE001 - the test reports it
            faults.append(fault)
        finally:
            connection.close()

    writers = [threading.Thread(target=writer, args=(n,)) for n in range(3)]
    sequencers = [threading.Thread(target=sequencer) for _ in range(2)]
    for thread in [*writers, *sequencers]:
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in sequencers:
        thread.join()
    api.sequence_leaves(at=NOW)
    assert faults == []
    assert_one_whole_tree(60)
    sizes = list(TreeHead.objects.order_by("size").values_list("size", flat=True))
    for older, newer in pairwise(sizes):
        assert consistency_holds(api.consistency_proof(older, newer), public_key())


KILLED = """
import os, signal, django
from datetime import UTC, datetime
django.setup()
from yiwang.trust.commands import sequence_leaves as module
whole = module.merkle.fold
def die(*arguments):
    print("in the middle", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
module.merkle.fold = die
module.sequence_leaves(at=datetime(2026, 11, 21, 10, 0, tzinfo=UTC))
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_sequencer_leaves_nothing_half_done() -> None:
    write(4)
    api.sequence_leaves(at=NOW)
    write(7, start=4)
    settings = connection.settings_dict
    address = f"postgresql:///{settings['NAME']}?host={settings['HOST']}&user={settings['USER']}&port={settings['PORT']}"
    killed = subprocess.run(
        [sys.executable, "-c", KILLED],
        env={
            **os.environ,
            "YIWANG_DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "yiwang.server.settings",
            "PYTHONPATH": "src",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert (killed.returncode, killed.stdout) == (-signal.SIGKILL, "in the middle\n")
    assert LedgerLeaf.objects.filter(index=None).count() == 7
    assert TreeHead.objects.count() == 1
    while api.sequence_leaves(at=NOW) == 0:
        pass  # the server notices the dead client's lock a moment later
    assert_one_whole_tree(11)
