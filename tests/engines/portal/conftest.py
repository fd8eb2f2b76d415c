"""A city with its organisations and packs, applied once a module and taken back after it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.utils import translation

from yiwang.identity.api import load_city
from yiwang.packs.api import apply_plan, load, make_plan
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import ROOT

LONG_AGO = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
PACKS = [
    "population",
    "legal_entity",
    "licence_catalogue",
    "service_catalogue",
    "investment_approval",
    "company_start",
    "resident_certificate",
]


@pytest.fixture(autouse=True)
def _chinese() -> None:
    """A page in English leaves its language on the thread."""
    translation.activate("zh-hans")


@pytest.fixture(scope="module", autouse=True)
def _applied_city(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Each test is a savepoint inside; other tests of the same worker must find an empty city."""
    whole = transaction.atomic()
    whole._from_testcase = True  # as Django's own TestCase marks its own: commands may open theirs inside
    with django_db_blocker.unblock(), whole:
        load_city(ROOT / "cities" / "guangzhou")
        loaded = load(ROOT / "packs", PACKS).or_refuse()
        apply_plan(actor=Actor.system("tests"), at=LONG_AGO, loaded=loaded, plan=make_plan(loaded))
        yield
        transaction.set_rollback(True)
