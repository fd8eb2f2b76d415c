"""Entries are entered, changed, corrected and retired; the history answers in both times."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from yiwang.platform.contracts import OperationNotAllowed
from yiwang.platform.models import JournalEntry
from yiwang.registers.api import amend_entry, enter_entry, retire_entry
from yiwang.registers.contracts import EntryChanged, EntryRefused, WrongEffectiveDay, Written
from yiwang.registers.testing import an_officer

FIRM = {
    "credit_code": "91440101MA5XXXXX0J",
    "name": "广州测试科技有限公司",
    "kind": "company",
    "legal_representative": "王建国",
    "representative_id": "440103198001011234",
    "industry": "I65",
    "division": "440106",
    "address": "广州市天河区体育西路 1 号",
    "capital": "1000000",
    "established": "2020-03-01",
    "status": "active",
}
ENTERED = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def test_smoke(city, registrar):
    with pytest.raises(EntryRefused) as e:
        enter_entry(actor=registrar, at=ENTERED, register="legal_entities", values=FIRM)
    print(e.value.problems)
    firm = {**FIRM, "credit_code": "91350100M000100Y43", "representative_id": "11010519491231002X"}
    w = enter_entry(actor=registrar, at=ENTERED, register="legal_entities", values=firm)
    print(w)
    w2 = amend_entry(actor=registrar, at=datetime(2026, 4, 1, tzinfo=UTC), register="legal_entities", entry=w.entry, version=1, values={"name": "新"}, kind="change")
    w3 = amend_entry(actor=registrar, at=datetime(2026, 4, 5, tzinfo=UTC), register="legal_entities", entry=w.entry, version=2, values={"name": "新名"}, kind="correction")
    w4 = retire_entry(actor=registrar, at=datetime(2026, 5, 5, tzinfo=UTC), register="legal_entities", entry=w.entry, version=3)
    with connection.cursor() as c:
        c.execute("select _version, name, _valid_from::text, _valid_to::text, _known_from::text, _ended_at::text, _known_to::text, _act from reg.legal_entities_history order by 1")
        for r in c.fetchall(): print(r)
    print(list(JournalEntry.objects.values_list("operation","subject","outcome","reason")))
    assert 0
