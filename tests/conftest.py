"""Shared by all tests: passwords are cheap, and each run has a folder of its own for files."""

from __future__ import annotations

import os

import hypothesis
import pytest

# A slow machine is no fault of the code under test, and CI draws the same examples each time.
hypothesis.settings.register_profile("everywhere", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "everywhere")


@pytest.fixture(autouse=True)
def _cheap_passwords(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
