"""D17: whichever way somebody looked, the line holds before the stand-alone verifier."""

from __future__ import annotations

import subprocess
import sys
from base64 import b64encode
from datetime import UTC, datetime, timedelta

from django.utils import timezone
from tests.engines.registers.exchanging import WHY, asking, keys, people
from tests.engines.registers.test_subscriptions import pull, subscribed, told

from yiwang.exchange.api import break_glass, evidence_file, request_own_data, take_evidence
from yiwang.exchange.batches import api as batches
from yiwang.exchange.contracts import LookKind, Purpose
from yiwang.exchange.models import TraceLine
from yiwang.exchange.nodes import api as nodes
from yiwang.exchange.nodes.testing import Wire, a_node
from yiwang.identity.models import Person
from yiwang.identity.people_records import new_person
from yiwang.identity.testing import an_account
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import ROOT
from yiwang.registers import api as registers
from yiwang.registers.contracts import ExportFormat
from yiwang.registers.testing import an_officer
from yiwang.trust import api as trust

AT = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
PLACE = "/api/exchange/resources/person_basic"
AUDITOR = Actor(kind="officer", account_id=51, organisation="audit", roles=frozenset({"auditor"}))


def over_http(client, somebody) -> None:
    """Straight look, verification, batch, search, job."""

    def post(door: str, body: dict[str, object], status: int = 200, **headers: str) -> dict[str, str]:
        answer = client.post(
            f"{PLACE}/{door}", body | {"purpose": WHY}, content_type="application/json",
            headers=somebody.headers | headers,
        )  # fmt: skip
        assert answer.status_code == status, answer.content
        return answer.json()

    key = keys(1)[0]
    post("requests", {"key": key, "fields": ["name"]})
    post("requests", {"key": key, "fields": ["name"]})
    post("verifications", {"key": key, "claims": {"name": "陈大文"}})
    post("batches", {"keys": keys(3), "fields": ["name"]})
    post("searches", {"equal": {"residence_division": "440103001101"}, "fields": ["name"]})
    job = post("batches", {"keys": keys(3), "fields": ["name"]}, 202, Prefer="respond-async")["job"]
    assert batches.answer_job(code=job, now=timezone.now) == "done"


def at_the_desk(person: Actor, entry: int) -> None:
    """An opened entry, an export, an emergency, the person's own data."""
    police, now = an_officer("public_security", "handler", account=11), timezone.now()
    registers.open_entry(actor=police, at=now, register="persons", entry=entry, reason="核对")
    export = registers.ask_export(
        actor=police, at=now, register="persons", form=ExportFormat.CSV,
        purpose=Purpose(kind="own_duty", reference="核对"),
    )  # fmt: skip
    registers.make_export(actor=registers.asker_of(export), at=now, export_id=export)
    break_glass(
        actor=an_officer("health", "approver", account=61), at=now, resource="person_basic", key=keys(2)[1],
        fields=("name",), incident="120-1", reason="昏迷病人身份待查",
    )  # fmt: skip
    request_own_data(actor=person, at=now, resource="person_basic", fields=("name",))


def by_another_node() -> None:
    """Under signature."""
    now = timezone.now()
    a_node("district-a", members=["construction"], at=now)
    a_node("district-b", members=["public_security"], at=now)
    nodes.issue_directory(at=now)
    nodes.ask_node(
        actor=an_officer("construction", "handler", account=21), at=now, resource="district-b:person_basic",
        key=keys(1)[0], fields=("name",), purpose=Purpose(**WHY), through=Wire(now), node="district-a",
    )  # fmt: skip


def test_d17_every_kind_of_look_holds_before_the_verifier(city, client, own_folder):
    somebody = asking(client, at=AT)
    code = subscribed(client, somebody)
    entries = people(3, at=AT)
    told()
    assert len(pull(client, somebody, code).json()["events"]) == 3
    made = new_person(name="陈大文", resident_id=keys(1)[0], phone="13800001234", synthetic=True, at=AT)
    account = an_account(person=Person.objects.get(pk=made.pk))
    over_http(client, somebody)
    at_the_desk(
        Actor(kind="citizen", account_id=account.pk, person_id=made.pk, name="陈大文"), entries[0].entry
    )
    by_another_node()
    kinds = set(TraceLine.objects.values_list("kind", flat=True))
    assert kinds == set(LookKind)
    assert {"node:district-a", f"client:{somebody.issued.client.client_id}"[:40]} <= set(
        TraceLine.objects.values_list("system", flat=True)
    )

    after = timezone.now() + timedelta(hours=1)
    trust.sequence_leaves(at=after)
    file = own_folder / "evidence.jsonl.gz"
    file.write_bytes(b"".join(evidence_file(take_evidence(actor=AUDITOR, at=after, first=0))))
    key = b64encode(trust.ledger_public_key() or b"").decode()
    done = subprocess.run(
        [sys.executable, "-I", str(ROOT / "verifier"), str(file), "--key", key],
        capture_output=True, text=True, check=False, cwd=own_folder,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr
    assert f"核验留痕 {TraceLine.objects.count()} 条" in done.stdout
