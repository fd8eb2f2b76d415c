"""One supervisor at a time, known by a lock that dies with it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from yiwang.cli import fingerprint, running, sign_ins
from yiwang.cli.running import Running
from yiwang.cli.sign_ins import SignIn
from yiwang.kernel.text import Text

SAID = Running(pid=7, host="0.0.0.0", port=8000, ready=True)


def test_a_second_supervisor_is_refused_until_the_first_ends(tmp_path: Path) -> None:
    assert running.is_locked(tmp_path) is False
    lock = running.take_lock(tmp_path)
    assert lock is not None

    assert running.take_lock(tmp_path) is None
    assert running.is_locked(tmp_path) is True

    os.close(lock)
    assert running.is_locked(tmp_path) is False


def test_words_of_a_dead_supervisor_do_not_count(tmp_path: Path) -> None:
    lock = running.take_lock(tmp_path)
    assert lock is not None
    running.write(tmp_path, SAID)
    assert running.read(tmp_path) == SAID

    os.close(lock)

    assert running.read(tmp_path) is None
    assert running.take_lock(tmp_path) is not None
    assert running.read(tmp_path) is None


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::", "http://[::1]:8000"),
        ("city.example", "http://city.example:8000"),
    ],
)
def test_the_address_that_this_machine_reaches(host: str, address: str) -> None:
    assert Running(pid=1, host=host, port=8000, ready=True).address == address


def test_sign_ins_are_kept_for_their_owner_only(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    kept = [SignIn(role=Text("承办", "Examiner"), account="planning.handler", password="x y")]

    sign_ins.write(tmp_path, kept)

    assert sign_ins.read(tmp_path) == kept
    assert (tmp_path / "run/sign_ins.json").stat().st_mode & 0o777 == 0o600
    assert sign_ins.read(tmp_path / "elsewhere") == []


def test_a_fingerprint_follows_code_packs_and_facts_but_not_caches(tmp_path: Path) -> None:
    pack = tmp_path / "packs/one/pack.toml"
    pack.parent.mkdir(parents=True)
    pack.write_text("a = 1")
    first = fingerprint.compute(tmp_path, "200")

    (pack.parent / "__pycache__").mkdir()
    (pack.parent / "__pycache__/x.pyc").write_text("x")
    assert fingerprint.compute(tmp_path, "200") == first

    assert fingerprint.compute(tmp_path, "300") != first
    pack.write_text("a = 2")
    assert fingerprint.compute(tmp_path, "200") != first


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("src/yiwang/maps/static/maps/js/making.js", True),
        ("src/yiwang/platform/web/theme/theme.scss", True),
        ("package-lock.json", True),
        ("src/yiwang/maps/templates/maps/map.html", False),
        ("var/static/theme/theme.css", False),
    ],
)
def test_what_pages_load_is_packed_anew_when_it_changed(tmp_path: Path, path: str, counts: bool) -> None:
    before = fingerprint.compute(tmp_path)
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text("x")

    assert (fingerprint.compute(tmp_path) != before) is counts
