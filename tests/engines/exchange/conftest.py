"""A catalogue with one resource, its owner, and a department that may ask for it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from yiwang.exchange.api import PROVIDERS, PURPOSE_CHECKS, issue_grant
from yiwang.exchange.testing import OnePersonProvider, a_resource
from yiwang.kernel.text import Text
from yiwang.platform import command as command_module
from yiwang.platform.contracts import Actor
from yiwang.registers.testing import DefaultRolesGuard

ISSUED = datetime(2026, 1, 4, 2, 0, tzinfo=UTC)


def officer(organisation: str, *roles: str, account: int = 21) -> Actor:
    return Actor(kind="officer", account_id=account, organisation=organisation, roles=frozenset(roles))


@pytest.fixture
def owner():
    return officer("public_security", "approver", account=31)


@pytest.fixture
def asker():
    return officer("construction", "handler", account=21)


@pytest.fixture
def catalogue(db, monkeypatch):
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])
    with PROVIDERS.temporarily("one_person", OnePersonProvider()):
        yield a_resource(at=ISSUED)


@pytest.fixture
def grant_of(catalogue, owner):
    def issue(**changes):
        facts = {
            "actor": owner,
            "at": ISSUED,
            "resource": catalogue.code,
            "grantee": "construction",
            "fields": ("name", "division"),
            "purpose": "case",
            "legal_basis": Text("《建筑法》第八条", "Construction Law, article 8"),
            "valid_from": date(2026, 1, 4),
            "valid_until": date(2026, 12, 31),
        }
        return issue_grant(**(facts | changes))

    return issue


@pytest.fixture(autouse=True)
def _every_case_is_a_reason():
    """The exchange below cases knows no case; whether one is a reason is tested with cases."""
    with PURPOSE_CHECKS.temporarily("case", lambda actor, purpose, *, organisation, at: True):
        yield
