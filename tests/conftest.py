"""Shared by all tests: passwords are cheap, and a run has one browser if it has any."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from collections.abc import Iterator

import hypothesis
import pytest
from django.db import connections
from django.utils import translation
from playwright.sync_api import Browser
from tests.layers import LAYERS
from tests.live.browser import a_browser
from tests.live.migrated import migrated
from tests.live.server import Server

from yiwang.platform.environment import ROOT

# A slow machine is no fault of the code under test; and what held once holds the next time, since the same
# examples are drawn each time, unless others are asked for (--hypothesis-profile=others).
_SLOW = [hypothesis.HealthCheck.too_slow]
for _name, _is_steady in (("others", False), ("steady", True)):
    hypothesis.settings.register_profile(
        _name, deadline=None, derandomize=_is_steady, suppress_health_check=_SLOW
    )
hypothesis.settings.load_profile("steady")

# Full collections are twenty times rarer than usual, while tests are collected too.
gc.set_threshold(700, 10, 200)


@pytest.fixture(autouse=True)
def _cheap_passwords(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _no_language_left() -> Iterator[None]:
    """A request in English leaves its thread in English: the next test begins in the city's language."""
    yield
    translation.deactivate()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every worker arrives at the same order."""
    LAYERS.sort(items)


def pytest_collection_finish() -> None:
    """A run has a million objects before its first test: it does not walk through them again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix) -> None:
    """The test database is a copy, so that no run waits for migrations that have not changed."""
    settings = connections.settings["default"]
    settings["TEST"]["TEMPLATE"] = migrated(Server.of_settings(settings["NAME"]))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before any fixture of the test, so before its transaction."""
    if LAYERS.blocker is not None:
        LAYERS.open(LAYERS.wanted_by(item))


@pytest.fixture(scope="session")
def layers(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The first test of all has had no database before."""
    LAYERS.blocker = django_db_blocker
    yield
    LAYERS.open("")
    LAYERS.blocker = None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the session (Playwright allows no second loop); each visit has a context of its own."""
    with a_browser() as opened:
        yield opened


@pytest.fixture(scope="session")
def web_modules() -> frozenset[str]:
    """All that a web process has loaded once it can answer; asked of one, for all who keep something out."""
    program = "import json, sys, yiwang.server.wsgi, yiwang.server.urls; print(json.dumps([*sys.modules]))"
    asked = [sys.executable, "-c", program]
    said = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    found = frozenset(json.loads(said.splitlines()[-1]))
    assert "yiwang.portal.keeping.front" in found
    return found
