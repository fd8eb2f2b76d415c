"""A city with its organisations and packs, applied once for all tests of the portal."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import translation

from yiwang.packs.api import apply_plan, load, make_plan
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import ROOT

LONG_AGO = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _chinese() -> None:
    """A page in English leaves its language on the thread."""
    translation.activate("zh-hans")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """Apply the packs beside the migrated tables; each test rolls back to this."""
    from yiwang.identity.api import load_city

    with django_db_blocker.unblock():
        load_city(ROOT / "cities" / "guangzhou")
        names = ["base_registers", "service_catalogue", "investment_approval", "company_start"]
        loaded = load(ROOT / "packs", [*names, "resident_certificate"]).or_refuse()
        apply_plan(actor=Actor.system("tests"), at=LONG_AGO, loaded=loaded, plan=make_plan(loaded))
