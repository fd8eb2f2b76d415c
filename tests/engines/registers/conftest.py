"""A city with the base registers applied and officers of three organisations."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from yiwang.exchange.api import PURPOSE_CHECKS
from yiwang.platform import command as command_module
from yiwang.registers.testing import DefaultRolesGuard, an_officer, apply_packs

PACKS = Path(__file__).resolve().parents[3] / "packs"
APPLIED = datetime(2026, 1, 4, 1, 0, tzinfo=UTC)


@pytest.fixture
def guarded(monkeypatch):
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])


@pytest.fixture
def city(db, guarded):
    apply_packs(PACKS, ["base_registers"], at=APPLIED)


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
