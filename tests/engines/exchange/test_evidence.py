"""The evidence of looks, checked by the stand-alone program as an auditor runs it."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from yiwang.exchange.api import evidence_file, proofs_of, request_data, take_evidence
from yiwang.exchange.contracts import EvidenceNotReady, Purpose
from yiwang.exchange.models import TraceLine
from yiwang.exchange.testing import KNOWN_ID
from yiwang.identity.testing import an_officer, sign_in
from yiwang.platform.command import OperationNotAllowed
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import ROOT
from yiwang.platform.models import JournalEntry
from yiwang.trust import api as trust
from yiwang.trust.models import LedgerLeaf

VERIFIER = ROOT / "verifier"
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
AUDITOR = Actor(kind="officer", account_id=51, organisation="audit", roles=frozenset({"auditor"}))


@pytest.fixture
def look(catalogue, grant_of, asker):
    grant_of()

    def once(minutes: int) -> int:
        at = AT + timedelta(minutes=minutes)
        purpose = Purpose(kind="case", reference="440100-2026-000001")
        return request_data(
            actor=asker, at=at, resource=catalogue.code, key=KNOWN_ID, fields=["name"], purpose=purpose
        ).trace_id

    return once


@pytest.fixture
def looks(look):
    """Seven looks, and the ledger signed after them."""
    found = [look(minute) for minute in range(7)]
    trust.sequence_leaves(at=AT + timedelta(hours=1))
    return found


def taken(tmp_path: Path, first: int = 0) -> Path:
    asked = take_evidence(actor=AUDITOR, at=AT + timedelta(hours=2), first=first)
    file = tmp_path / f"evidence-{first}.jsonl.gz"
    file.write_bytes(b"".join(evidence_file(asked)))
    return file


def verify(file: Path, *options: str, program: Path = VERIFIER) -> tuple[int, str]:
    key = b64encode(trust.ledger_public_key() or b"").decode()
    done = subprocess.run(
        [sys.executable, "-I", str(program), str(file), "--key", key, *options],
        capture_output=True, text=True, check=False, cwd=file.parent,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def changed(file: Path, change) -> Path:
    lines = [json.loads(line) for line in gzip.decompress(file.read_bytes()).splitlines()]
    change(lines)
    other = file.with_name("other.jsonl")
    other.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
    return other


def test_d16_d17_evidence_is_checked_offline_by_a_program_that_stands_alone(looks, tmp_path):
    file = taken(tmp_path)
    code, said = verify(file)
    assert code == 0, said
    assert "账本 7 条，核验留痕 7 条" in said
    assert "the evidence holds" in said
    assert KNOWN_ID not in gzip.decompress(file.read_bytes()).decode()
    assert JournalEntry.objects.get(operation="exchange.evidence.take").detail == {"first": 0, "size": 7}


def test_d17_a_changed_line_a_lost_one_and_two_that_changed_places_are_found(looks, tmp_path):
    file = taken(tmp_path)

    def rewrite(lines):
        lines[3]["content"] = lines[3]["content"].replace("construction", "planning")

    def drop(lines):
        del lines[4]

    def swap(lines):
        lines[2], lines[5] = lines[5], lines[2]

    for change in (rewrite, drop, swap):
        code, said = verify(changed(file, change))
        assert code == 1, said
        assert "THE EVIDENCE DOES NOT HOLD" in said


def test_d17_a_line_rewritten_in_the_database_is_found(looks, tmp_path):
    TraceLine.objects.filter(pk=looks[2]).update(purpose="statistics")
    code, said = verify(taken(tmp_path))
    assert (code, "前 7 条与已签名的根不符" in said) == (1, True)


def test_d17_a_line_deleted_from_the_database_is_missed(looks, tmp_path):
    TraceLine.objects.filter(pk=looks[2]).delete()
    code, said = verify(taken(tmp_path))
    assert (code, "第 2 条：查询留痕缺失" in said) == (1, True)


def test_a_salt_that_was_erased_by_law_is_no_fault(looks, tmp_path):
    LedgerLeaf.objects.filter(subject=f"trace:{looks[2]}").update(salt=None)
    code, said = verify(taken(tmp_path))
    assert code == 0, said
    assert "核验留痕 6 条" in said


def test_d17_evidence_goes_on_from_a_checkpoint_that_was_kept(look, looks, tmp_path):
    kept = tmp_path / "kept.txt"
    head = trust.latest_head()
    assert head is not None
    kept.write_text(head.note)
    for minute in range(7, 12):
        look(minute)
    trust.sequence_leaves(at=AT + timedelta(days=1))
    code, said = verify(taken(tmp_path, first=7), "--checkpoint", str(kept))
    assert code == 0, said
    assert "账本 12 条，核验留痕 5 条" in said
    code, said = verify(taken(tmp_path), "--checkpoint", str(kept))
    assert code == 0, said

    def pretend(lines):
        lines[0]["edge"][0] = "00" * 32

    code, said = verify(changed(taken(tmp_path, first=7), pretend), "--checkpoint", str(kept))
    assert code == 1, said


def test_d17_an_inner_checkpoint_is_met_too(look, looks, tmp_path):
    look(8)
    trust.sequence_leaves(at=AT + timedelta(days=1))
    heads = json.loads(gzip.decompress(taken(tmp_path).read_bytes()).splitlines()[0])["checkpoints"]
    assert [head.split("\n")[1] for head in heads] == ["7", "8"]


def test_d20_single_lines_are_proven_to_the_person(looks, tmp_path):
    told = proofs_of([looks[1], looks[4]])
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(told))
    code, said = verify(file)
    assert code == 0, said
    assert "核验留痕 2 条" in said
    told["lines"][0]["content"] = told["lines"][0]["content"].replace("name", "division")
    file.write_text(json.dumps(told))
    assert verify(file)[0] == 1


def test_d17_a_consistency_proof_of_the_public_door_is_checked(look, looks, tmp_path, client):
    look(9)
    trust.sequence_leaves(at=AT + timedelta(days=1))
    file = tmp_path / "consistency.json"
    file.write_bytes(client.get("/api/trust/consistency?first=7&second=8").content)
    assert verify(file)[0] == 0
    told = json.loads(file.read_text())
    told["path"] = told["path"][:-1]
    file.write_text(json.dumps(told))
    assert verify(file)[0] == 1


@pytest.mark.parametrize("content", [b"", b"{}\n", b"[1]\n", b"\xff\xfe", b"x" * 3_000_000, b'{"format": 1'])
def test_a_file_that_is_no_evidence_is_refused_with_a_reason(looks, tmp_path, content):
    file = tmp_path / "bad.jsonl"
    file.write_bytes(content)
    code, said = verify(file)
    assert (code, "Traceback" in said) == (2, False), said


def test_another_key_does_not_hold(looks, tmp_path):
    file = taken(tmp_path)
    done = subprocess.run(
        [sys.executable, "-I", str(VERIFIER), str(file), "--key", b64encode(bytes(32)).decode()],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1


def test_only_auditors_take_evidence(looks, asker):
    with pytest.raises(OperationNotAllowed):
        take_evidence(actor=asker, at=AT)
    assert not JournalEntry.objects.filter(operation="exchange.evidence.take", outcome="done").exists()


@pytest.mark.parametrize("first", [-1, 7, 10**12])
def test_evidence_beyond_the_signed_ledger_is_not_ready(looks, first):
    with pytest.raises(EvidenceNotReady):
        take_evidence(actor=AUDITOR, at=AT, first=first)


def test_nothing_is_handed_out_before_the_ledger_is_signed(catalogue):
    with pytest.raises(EvidenceNotReady):
        take_evidence(actor=AUDITOR, at=AT)


def test_an_auditor_takes_it_from_the_page_and_nobody_else_does(looks, client, tmp_path):
    auditor = an_officer("audit", roles=["auditor"])
    sign_in(client, auditor)
    page = client.get("/desk/evidence/").content.decode()
    assert "7 条" in page
    assert b64encode(trust.ledger_public_key() or b"").decode() in page
    answer = client.post("/desk/evidence/file/", {"first": ""})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="evidence-0-7.jsonl.gz"'
    file = tmp_path / "evidence.jsonl.gz"
    file.write_bytes(answer.getvalue())
    assert verify(file)[0] == 0
    program = tmp_path / "verifier.zip"
    program.write_bytes(client.get("/desk/evidence/verifier/").getvalue())
    code, said = verify(file, program=program)
    assert (code, "核验留痕 7 条" in said) == (0, True), said
    assert client.post("/desk/evidence/file/", {"first": "seven"}).status_code == 404

    supervisor = an_officer("supervision", roles=["supervisor"])
    sign_in(client, supervisor)
    for path in ("/desk/evidence/", "/desk/evidence/verifier/"):
        assert client.get(path).status_code == 403
    assert client.post("/desk/evidence/file/").status_code == 403
    assert (
        JournalEntry.objects.filter(operation="exchange.evidence.take", account_id=auditor.account_id).count()
        == 1
    )
