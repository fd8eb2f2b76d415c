"""A city with the base registers applied and officers of three organisations."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from yiwang.exchange.api import PURPOSE_CHECKS
from yiwang.identity.testing import an_officer as an_account_of_an_officer
from yiwang.identity.testing import sign_in
from yiwang.packs.models import AppliedDefinition
from yiwang.platform import command as command_module
from yiwang.registers.api import enter_entry
from yiwang.registers.testing import DefaultRolesGuard, a_person, an_officer, apply_packs, drop_tables

PACKS = Path(__file__).resolve().parents[3] / "packs"
APPLIED = datetime(2026, 1, 4, 1, 0, tzinfo=UTC)


PLOTS = """
code: plots
title: {zh: 地块, en: Plots}
summary: {zh: 地块, en: Plots}
owner: planning
key: number
fields:
  - {id: 1, name: number, kind: text, title: {zh: 地块号, en: Plot number}, required: true, unique: true}
  - {id: 2, name: shape, kind: area, title: {zh: 范围, en: Shape}}
  - {id: 3, name: axis, kind: path, title: {zh: 轴线, en: Axis}}
  - {id: 4, name: entrance, kind: point, title: {zh: 出入口, en: Entrance}}
"""


@pytest.fixture
def guarded(monkeypatch):
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])


@pytest.fixture
def city(base_registers, db, guarded):
    """The base registers, for whoever may do what the default roles may."""


@pytest.fixture
def committed_city(transactional_db, guarded):
    apply_packs(PACKS, ["population", "legal_entity", "licence_catalogue"], at=APPLIED)
    yield
    drop_tables()
    AppliedDefinition.objects.all().delete()


@pytest.fixture
def police():
    return an_officer("public_security", "handler", account=11)


@pytest.fixture
def registrar():
    return an_officer("industry_commerce", "handler", account=12)


@pytest.fixture(autouse=True)
def _every_case_is_a_reason():
    """The exchange below cases knows no case; whether one is a reason is tested with cases."""
    with PURPOSE_CHECKS.temporarily("case", lambda actor, purpose, *, organisation, at: True):
        yield


@pytest.fixture
def plots(city, tmp_path):
    pack = tmp_path / "packs" / "land"
    (pack / "registers").mkdir(parents=True)
    (pack / "pack.toml").write_text(
        'name = "land"\nversion = "0.1.0"\ntitle = { zh = "地块", en = "Land" }\n'
        'summary = { zh = "地块", en = "Land" }\nowner = "planning"\nrequires = []\n'
    )
    (pack / "registers" / "plots.yaml").write_text(PLOTS)
    apply_packs(tmp_path / "packs", ["land"], at=APPLIED)


@pytest.fixture
def one_connection():
    """Requests stay on the test's connection, as Django's own client arranges it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def clerk(base_registers, db):
    """An officer with a real account, in a city with the base registers."""
    return an_account_of_an_officer("public_security")


@pytest.fixture
def desk(client, clerk):
    return sign_in(client, clerk)


@pytest.fixture
def person(clerk):
    at = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
    return enter_entry(actor=clerk, at=at, register="persons", values=a_person()).entry
