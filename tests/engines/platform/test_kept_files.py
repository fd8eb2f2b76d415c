"""Files that people sent lie where only the installation's user reads them."""

from __future__ import annotations

import stat
from datetime import UTC, datetime

import pytest

from yiwang.platform import files
from yiwang.platform.files import keep, path_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def test_files_and_their_folders_are_for_the_owner_only(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "environment", type("Here", (), {"var": tmp_path}))
    stored = keep(b"paper", name="../\u202egpj.exe", media_type="application/pdf", owner="draft:1", at=AT)
    place = path_of(stored)

    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in list(place.parents)[:2]] == [0o700, 0o700]
    assert (place.read_bytes(), stored.name) == (b"paper", "..gpj.exe")
    assert [each.name for each in place.parent.iterdir()] == [place.name]
