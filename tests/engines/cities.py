"""A city for a module of tests: applied before its first, taken back after its last."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

import pytest
from django.db import transaction

from yiwang.identity.api import load_city
from yiwang.platform.environment import ROOT
from yiwang.registers.testing import apply_packs


def a_city(packs: Sequence[str], *, at: datetime, with_data: bool = False) -> Callable[..., Iterator[None]]:
    """A fixture of the module that names it: Guangzhou with its organisations and these packs."""

    @pytest.fixture(scope="module", autouse=True)
    def applied(django_db_setup, django_db_blocker) -> Iterator[None]:
        """Each test is a savepoint inside; other tests of the same worker must find an empty city."""
        whole = transaction.atomic()
        whole._from_testcase = True  # as Django's own TestCase marks its own: commands may open theirs inside
        with django_db_blocker.unblock(), whole:
            load_city(ROOT / "cities" / "guangzhou")
            apply_packs(ROOT / "packs", packs, at=at, with_data=with_data)
            yield
            transaction.set_rollback(True)

    return applied
