"""Shared by all tests: passwords are cheap, and each run has a folder of its own for files."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _cheap_passwords(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
