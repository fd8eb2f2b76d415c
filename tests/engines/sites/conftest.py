"""A small group of three sites, made once a module; who edits them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.utils import translation

from yiwang.identity.api import load_city
from yiwang.identity.testing import an_officer
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import ROOT
from yiwang.portal.sites.testing import ORGANISATIONS, load_small_group

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _chinese() -> None:
    """A page in English leaves its language on the thread."""
    translation.activate("zh-hans")


@pytest.fixture(scope="module")
def editors(django_db_setup, django_db_blocker) -> Iterator[Mapping[str, Actor]]:
    """An editor and publisher for each site, in a city with its organisations; taken back afterwards."""
    whole = transaction.atomic()
    whole._from_testcase = True  # as Django's own TestCase marks its own: commands may open theirs inside
    with django_db_blocker.unblock(), whole:
        load_city(ROOT / "cities" / "guangzhou")
        load_small_group(AT)
        both = {"editor", "publisher"}
        yield {site: an_officer(code, roles=both, password="x") for site, code in ORGANISATIONS.items()}
        transaction.set_rollback(True)
