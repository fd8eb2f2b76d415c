"""What ``./yiwang new`` writes is without fault and can be applied as it is."""

from __future__ import annotations

import pytest

from yiwang.cli.commands import new
from yiwang.kernel.errors import InvalidInput
from yiwang.packs.api import load


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setattr(new, "ROOT", tmp_path)
    return tmp_path


@pytest.mark.django_db
def test_a_new_pack_has_no_fault(root):
    new.command("pet_licence", zh="养犬登记", en="Dog registration", owner="public_security")

    loaded = load(root / "packs", ["pet_licence"])

    assert loaded.problems == []
    assert sorted(loaded.definitions) == [
        ("cases", "pet_licence"),
        ("forms", "pet_licence"),
        ("processes", "pet_licence"),
    ]
    # No window is named, so its guide must not send people to a counter.
    item = (root / "packs/pet_licence/cases/pet_licence.yaml").read_text()
    assert "channels: [online]\n" in item
    assert "windows:" not in item


@pytest.mark.parametrize(
    ("name", "zh"), [("Pet Licence", "养犬"), ("../up", "养犬"), ("pet", '养"犬'), ("", "养犬")]
)
def test_a_bad_name_writes_nothing(root, name, zh):
    with pytest.raises(InvalidInput):
        new.command(name, zh=zh, en="Dogs")

    assert list(root.rglob("*")) == []


def test_an_existing_pack_is_not_touched(root):
    new.command("pet_licence", zh="养犬登记", en="Dog registration")
    (root / "packs" / "pet_licence" / "pack.toml").write_text("mine")

    with pytest.raises(InvalidInput):
        new.command("pet_licence", zh="养犬登记", en="Dog registration")

    assert (root / "packs" / "pet_licence" / "pack.toml").read_text() == "mine"
