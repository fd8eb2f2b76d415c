"""What an installation is told by its environment."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from yiwang.platform.environment import Environment


@pytest.mark.parametrize(
    ("public", "said", "trusted"),
    [
        ("", None, 0),
        ("http://127.0.0.1:8000", None, 0),
        ("https://city.example", None, 1),
        ("https://city.example", 0, 0),
        ("https://city.example", 2, 2),
        ("", 1, 1),
    ],
)
def test_proxies_are_believed_only_where_there_are_some(public, said, trusted):
    assert Environment(public_url=public, proxies=said).trusted_proxies() == trusted


def test_the_secret_is_made_once_and_for_its_owner_only(tmp_path: Path):
    here = Environment(var=tmp_path, secret_key_file=None)
    made = here.secret()
    kept = tmp_path / "secret_key"

    assert len(made) >= 64
    assert Environment(var=tmp_path, secret_key_file=None).secret() == made
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]
