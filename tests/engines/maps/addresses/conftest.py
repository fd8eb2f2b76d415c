"""A city whose registers hold the examples of the address base and 600 made-up addresses, indexed."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from yiwang.identity.models import Division
from yiwang.maps.addresses.indexing import make_index
from yiwang.maps.addresses.rules.gazetteer import level_of
from yiwang.maps.addresses.synthesis.roads import AddressRow, Community, OtherName, made_up
from yiwang.platform import command as command_module
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import ROOT
from yiwang.registers.api import enter_examples, load_file
from yiwang.registers.testing import DefaultRolesGuard, apply_packs

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
DIVISIONS = {
    "440100": "广州市", "440103": "荔湾区", "440104": "越秀区", "440106": "天河区", "440112": "黄埔区",
    "440104003": "北京街道", "440104003108": "盐运西社区居委会", "440106001": "五山街道",
    "440106001001": "岳洲社区居委会", "440103001": "沙面街道", "440103001101": "翠洲社区居民委员会",
}  # fmt: skip
COMMUNITIES = [
    Community("440103001101", ("广州市", "荔湾区", "沙面街道", "翠洲社区"), (113.24, 23.11)),
    Community("440106001001", ("广州市", "天河区", "五山街道", "岳洲社区"), (113.35, 23.15)),
]


@dataclass(frozen=True)
class Ground:
    rows: list[AddressRow]
    names: list[OtherName]


def load(tmp_path, register: str, head: tuple[str, ...], rows: list) -> None:
    file = tmp_path / f"{register}.csv"
    with file.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([head, *rows])
    source = "public_security"
    report = load_file(actor=Actor.system("tests"), at=AT, register=register, file=file, source=source)
    assert (report.loaded, report.problems) == (len(rows), ())


@pytest.fixture
def ground(db, monkeypatch, tmp_path) -> Ground:
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])
    Division.objects.bulk_create(
        Division(code=code, name_zh=name, name_en=code, level=level_of(code))
        for code, name in DIVISIONS.items()
    )
    apply_packs(ROOT / "packs", ["address_base"], at=AT)
    enter_examples(ROOT / "packs" / "address_base", actor=Actor.system("examples"), at=AT)
    names, rows = made_up(COMMUNITIES, count=600, seed=1)
    made = Ground(list(rows), names)
    load(tmp_path, "addresses", AddressRow._fields, made.rows)
    load(tmp_path, "address_names", OtherName._fields, made.names)
    make_index(AT)
    return made
