"""The container of a message between nodes, checked by the program that stands alone."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from verifier.verify.command import main as check
from verifier.verify.findings import NOT_READ, Broken, Unreadable
from verifier.verify.message import check_container
from verifier.verify.unpacking import unpacked

from yiwang.exchange.contracts import Purpose
from yiwang.exchange.models import NodeBatch, NodeMessage
from yiwang.exchange.nodes import api
from yiwang.exchange.nodes.contracts import EvidenceMissing
from yiwang.exchange.nodes.testing import HereWitness, Wire, a_node
from yiwang.exchange.testing import KNOWN_ID
from yiwang.platform.environment import ROOT, environment
from yiwang.trust import api as trust
from yiwang.trust.models import LedgerLeaf
from yiwang.trust.rules import certificates

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
VERIFIER = ROOT / "verifier"
Change = Callable[[bytes], bytes]


@pytest.fixture(autouse=True)
def _of_a_node(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIWANG_NODE", "district-a")
    environment.cache_clear()


@pytest.fixture
def logged(asker, grant_of) -> list[str]:
    """Five messages of one stamped batch, both sides of each, in one ledger; gives their numbers."""
    a_node("district-a", members=["construction"], at=NOW)
    a_node("district-b", members=["public_security"], at=NOW)
    api.issue_directory(at=NOW)
    grant_of()
    numbers = [f"evidence-{number}" for number in range(5)]
    for number in numbers:
        api.ask_node(
            actor=asker, at=NOW, resource="district-b:person_for_tests", key=KNOWN_ID, fields=("name",),
            purpose=Purpose(kind="case", reference="4401-2026-0000123"), message=number, through=Wire(NOW),
        )  # fmt: skip
    # Both sides log into one database here: without this one the two leaves of a message would be neighbours.
    NodeMessage.objects.filter(direction="out", message=numbers[0]).delete()
    assert api.make_batch(at=NOW) == 9
    assert api.stamp_batches(at=NOW, witness=HereWitness(NOW)) == 1
    return numbers


@pytest.fixture
def made(logged) -> bytes:
    """The container that the provider gives out."""
    trust.sequence_leaves(at=NOW)
    return api.evidence_of(logged[1], direction="in")


@pytest.fixture
def root(own_folder: Path, logged) -> Path:
    place = own_folder / "root.pem"
    place.write_text(trust.root_certificates(at=NOW)[-1])
    return place


def repacked(made: bytes, name: str, change: Change) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as before, zipfile.ZipFile(out, "w") as after:
        for each in before.namelist():
            content = before.read(each)
            after.writestr(each, change(content) if each == name else content)
    return out.getvalue()


def stored(made: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        return opened.read(name)


@pytest.mark.parametrize("direction", ["in", "out"])
def test_d16_d17_either_side_s_container_holds_before_the_program_that_stands_alone(
    logged, root, own_folder, direction
):
    with pytest.raises(EvidenceMissing):
        api.evidence_of(logged[3], direction=direction)  # the ledger has not taken it in yet
    trust.sequence_leaves(at=NOW)
    file = own_folder / "message.zip"
    file.write_bytes(api.evidence_of(logged[3], direction=direction))
    key = b64encode(trust.ledger_public_key() or b"").decode()
    done = subprocess.run(
        [sys.executable, "-I", str(VERIFIER), str(file), "--root", str(root), "--key", key],
        capture_output=True, text=True, check=False, cwd=own_folder, env={},
    )  # fmt: skip
    assert (done.returncode, done.stdout.count("✓")) == (0, 7), done.stdout + done.stderr
    assert "district-a:construction asked district-b:person_for_tests" in done.stdout
    assert "the message stands in that node's ledger" in done.stdout
    assert KNOWN_ID not in done.stdout
    # OpenSSL reads the same token over the same root of the batch.
    (own_folder / "token.der").write_bytes(stored(file.read_bytes(), "timestamp.tst"))
    words = ["openssl", "ts", "-verify", "-digest", bytes(NodeBatch.objects.get().root).hex(), "-token_in"]
    words += ["-in", "token.der", "-CAfile", "root.pem"]
    said = subprocess.run(words, cwd=own_folder, capture_output=True, text=True, check=False)
    assert "Verification: OK" in said.stdout + said.stderr


def manifest(change: Callable[[dict], None]) -> Change:
    def changed(content: bytes) -> bytes:
        told = json.loads(content)
        change(told)
        return json.dumps(told).encode()

    return changed


#: What is altered, and the words for it.
ALTERED: list[tuple[str, Change, str]] = [
    ("request.body", lambda body: body.replace(b"1949", b"1950"), "request: no, the body does not match"),
    (
        "answer.body",
        lambda body: body.replace("李明".encode(), "李鬼".encode()),
        "answer to it: no, the body",
    ),
    ("status0.ocsp", lambda status: b"", "neither certificate was revoked: no, it is not of the shape"),
    (
        "manifest.json",
        manifest(lambda told: told["request"]["headers"].update({"yiwang-purpose": "statistics"})),
        "the asking node signed the request: no, the signature does not verify",
    ),
    (
        "manifest.json",
        manifest(lambda told: told["answer"].update({"status": 404})),
        "the providing node signed the answer to it: no, the signature does not verify",
    ),
    (
        "manifest.json",
        manifest(lambda told: told["batch"].update({"index": 7})),
        "a time stamp covers the message: no, the token stamps something else",
    ),
    (
        "manifest.json",
        manifest(lambda told: told["ledger"]["leaf"].update({"subject": "message:district-a:evidence-2"})),
        "the message stands in that node's ledger: no, the leaf does not stand",
    ),
    (
        "manifest.json",
        manifest(lambda told: told["ledger"].update({"index": told["ledger"]["index"] + 1})),
        "the message stands in that node's ledger: no, the leaf does not stand",
    ),
    (
        "manifest.json",
        manifest(lambda told: told["ledger"].update({"node": "district-c"})),
        "its node vouches for the ledger's key: no, the ledger is of a third node",
    ),
]


def test_d16_d17_what_was_altered_is_said(made, root, own_folder, capsys):
    file = own_folder / "altered.zip"
    for name, change, words in ALTERED:
        file.write_bytes(repacked(made, name, change))
        assert check([str(file), "--root", str(root)]) == 1
        said = capsys.readouterr().out
        assert words in said
        assert "THE EVIDENCE DOES NOT HOLD" in said
    # Another city's root, another ledger's key, another message's parts, no container at all.
    holder = certificates.Holder(name="x", organisation="x", code="x")
    other = certificates.root_certificate(certificates.new_key(), holder, at=NOW)
    (own_folder / "other.pem").write_bytes(other.public_bytes(Encoding.PEM))
    file.write_bytes(made)
    assert check([str(file), "--root", str(own_folder / "other.pem")]) == 1
    said = capsys.readouterr().out
    assert said.count("the city's authority did not issue the certificate") == 4
    assert said.count("✓") == 3
    key = b64encode(bytes(32)).decode()
    assert check([str(file), "--root", str(root), "--key", key]) == 1
    assert "it is not the ledger key that was given" in capsys.readouterr().out
    for rubbish in (made[: len(made) // 2], repacked(made, "manifest.json", lambda text: b"{}"), b"PK", b""):
        file.write_bytes(rubbish)
        assert check([str(file), "--root", str(root)]) == 2
        assert "cannot be read" in capsys.readouterr().out


# The library warns of serial numbers that an altered certificate shows.
@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
def test_d16_d17_no_byte_can_be_changed_unnoticed(made, root, own_folder):
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    anchor, file, unnoticed = root.read_bytes(), own_folder / "altered.zip", []
    for name, content in files.items():
        if name in {"README.txt", "root.pem"}:  # says nothing, counts nothing beside --root
            continue
        for place in range(len(content) % 29, len(content), 29):
            # How many were stamped with it is told and not proven: the stamp covers their root.
            if name == "manifest.json" and b'"size"' in content[place - 8 : place + 1]:
                continue
            altered = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
            file.write_bytes(repacked(made, name, lambda _, altered=altered: altered))
            try:
                findings = check_container(unpacked(file), anchor, None, [])
            except (Unreadable, Broken, *NOT_READ):
                continue
            if not findings.faults:
                unnoticed.append((name, place))
    assert unnoticed == []


def test_d16_evidence_outlives_the_certificate_that_signed(made, logged, root, own_folder, capsys):
    later = NOW + timedelta(days=340)
    a_node("district-a", members=["construction"], at=later)
    a_node("district-b", members=["public_security"], at=later)
    api.issue_directory(at=later)
    renewed = api.evidence_of(logged[1], direction="in")
    assert stored(renewed, "asker.der") == stored(made, "asker.der")
    assert stored(renewed, "ledger.der") != stored(made, "ledger.der")
    assert x509.load_der_x509_certificate(stored(renewed, "ledger.der")).not_valid_before_utc > NOW
    file = own_folder / "message.zip"
    file.write_bytes(renewed)
    assert check([str(file), "--root", str(root)]) == 0
    # Once the salt is erased the leaf says nothing any more, and no container pretends that it does.
    LedgerLeaf.objects.filter(pk=NodeMessage.objects.get(direction="in", message=logged[1]).leaf).update(
        salt=None
    )
    with pytest.raises(EvidenceMissing):
        api.evidence_of(logged[1], direction="in")
