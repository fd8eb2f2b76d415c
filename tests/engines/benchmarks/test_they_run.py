"""Benchmarks run from end to end at their smallest; what they measure is no matter of tests."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.db import connection


@pytest.fixture
def environment_of_test(db, tmp_path):
    found = connection.settings_dict
    host, port, user = found["HOST"], found["PORT"], found["USER"]
    address = f"postgresql://{user}@/{found['NAME']}?host={host}&port={port}"
    return os.environ | {"YIWANG_DATABASE_URL": address, "YIWANG_VAR": str(tmp_path)}


def test_the_bench_of_cases_prints_its_tables(environment_of_test):
    words = [sys.executable, "-P", "-m", "yiwang.cli", "bench", "cases", "--tiny"]
    ran = subprocess.run(words, env=environment_of_test, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "| ratio to bare SQL, the same writes |" in ran.stdout
    assert "| SQL statements, through HTTP |" in ran.stdout
