"""The integrators' guide is true: each block is taken from the page and run against a city."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from django.utils import timezone

from yiwang.exchange.api import issue_client, issue_grant, person_reference, trace_of
from yiwang.exchange.callbacks.rules.signing import signed_headers
from yiwang.identity.testing import an_officer
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import ROOT
from yiwang.registers.api import enter_entry
from yiwang.registers.testing import a_person

pytestmark = pytest.mark.journey
GUIDE = ROOT / "docs" / "how-to" / "integrate-a-department.md"
NUMBERS = count(871)


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", GUIDE.read_text(), re.MULTILINE | re.DOTALL)


@pytest.fixture
def words(city) -> dict[str, str]:
    """What the guide takes for given: a city, a credential under a grant, a person."""
    at = timezone.now()
    police = an_officer("public_security", roles={"handler"})
    values = {**a_person(next(NUMBERS)), "residence_division": "440103001101"}
    enter_entry(actor=police, at=at, register="persons", values=values)
    issue_grant(
        actor=an_officer("public_security", roles={"approver"}), at=at, resource="person_basic",
        grantee="construction", fields=("id_number", "name", "residence_division"), purpose="enforcement",
        legal_basis=Text("测试", "For tests"), valid_from=at.date(),
        valid_until=(at + timedelta(days=30)).date(),
    )  # fmt: skip
    issued = issue_client(
        actor=Actor.system("tests"), at=at, organisation="construction", title=Text("系统", "System")
    )
    return {
        "CITY": city.address,
        "CLIENT_ID": issued.client.client_id,
        "CLIENT_SECRET": issued.secret,
        "PERSON": str(values["id_number"]),
        "NAME": str(values["name"]),
    }


def run(program: list[str], words: dict[str, str], folder: Path) -> str:
    done = subprocess.run(
        program, env=os.environ | words, cwd=folder, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def test_d29_d23_d22_the_shell_examples_of_the_guide_work(words, tmp_path):
    said = run(["bash", "-euo", "pipefail", "-c", "\n".join(blocks("sh"))], words, tmp_path)

    assert "exchange.quota_exhausted" in said
    assert '"agrees": {"residence_division": true}' in said
    assert '"agrees": {"adult": ' in said
    assert re.search(r"repr-digest: sha-256=:[A-Za-z0-9+/]{43}=:", said, re.IGNORECASE)
    answers = [json.loads(line) for line in (tmp_path / "answers.ndjson").read_text().splitlines()]
    assert answers == [{"values": {"name": words["NAME"]}, "version": 1}, {"values": None, "version": 0}]
    assert '"state":"active"' in said.replace(" ", "")
    kinds = [entry.kind for entry in trace_of(person_reference(words["PERSON"]))]
    assert {"request", "verify", "batch"} <= set(kinds)


def test_the_python_examples_of_the_guide_work(words, tmp_path):
    receiver, asker = blocks("python")

    said = run([sys.executable, "-c", asker], words, tmp_path)

    assert re.fullmatch(rf"{words['NAME']} trace \d+\n", said)
    room: dict[str, object] = {}
    exec(receiver, room)  # the guide's own words, checked against the city's signature
    believes, url, key = room["is_from_the_city"], "https://sys.example.cn/hooks", b"k" * 43
    headers = dict(
        signed_headers(url=url, body=b"{}", delivery="d1", key=key, key_id="c/1", at=timezone.now())
    )
    assert believes(url, headers, b"{}", key)
    assert not believes(url, headers, b"[]", key)
    assert not believes(url, headers, b"{}", b"x" * 43)
    assert not believes(url, headers | {"Yiwang-Delivery": "d2"}, b"{}", key)
    old = dict(
        signed_headers(
            url=url, body=b"{}", delivery="d1", key=key, key_id="c/1", at=timezone.now() - timedelta(hours=1)
        )
    )
    assert not believes(url, old, b"{}", key)
