"""A city with plots that the planning office keeps, in part in the name of two districts' offices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from yiwang.maps.ogc.web import download
from yiwang.packs.api import apply_plan, load, make_plan
from yiwang.platform import command as command_module
from yiwang.platform.contracts import Actor
from yiwang.platform.http.pace import Pace
from yiwang.registers.testing import DefaultRolesGuard

APPLIED = datetime(2026, 1, 4, 1, 0, tzinfo=UTC)
PACK = """
name = "ground"
version = "0.1.0"
title = { zh = "地块", en = "Plots" }
summary = { zh = "地块", en = "Plots" }
owner = "planning"
requires = []
"""
PLOTS = """
code: plots
title: {zh: 地块, en: Plots}
summary: {zh: 地块, en: Plots}
owner: planning
sources: [parks, water]
key: number
fields:
  - {id: 1, name: number, kind: text, title: {zh: 地块号, en: No.}, required: true, unique: true}
  - {id: 2, name: shape, kind: area, title: {zh: 范围, en: Shape}, searchable: true}
  - {id: 3, name: price, kind: money, title: {zh: 底价, en: Price}}
  - {id: 4, name: holder, kind: text, title: {zh: 权利人, en: Holder}, secrecy: personal}
  - {id: 5, name: remark, kind: text, title: {zh: 案底, en: Remark}, secrecy: sensitive}
"""
TREES = """
code: trees
title: {zh: 古树, en: Old trees}
summary: {zh: 古树, en: Old trees}
owner: parks
open: true
key: number
fields:
  - {id: 1, name: number, kind: text, title: {zh: 号, en: No.}, required: true, unique: true, secrecy: public}
  - {id: 2, name: place, kind: point, title: {zh: 位置, en: Place}, searchable: true, secrecy: public}
  - {id: 3, name: keeper, kind: text, title: {zh: 养护人, en: Keeper}, secrecy: personal}
"""
PLOT_LAYER = """
code: plots
title: {zh: 地块, en: Plots}
summary: {zh: 地块, en: Plots}
group: {zh: 土地, en: Land}
register: plots
from_zoom: 8
fields:
  - {name: number, from_zoom: 14}
  - {name: price}
  - {name: holder}
  - {name: remark}
style: {draw: plain, colour: "#1d70b8"}
labels: {field: number, from_zoom: 15}
generalise:
  - {rule: drop_smallest, to_zoom: 11, pixels: 4}
"""
TREE_LAYER = """
code: trees
title: {zh: 古树, en: Old trees}
summary: {zh: 古树, en: Old trees}
group: {zh: 绿化, en: Green}
register: trees
fields:
  - {name: number}
  - {name: keeper}
style: {draw: clusters, colour: "#00703c"}
generalise:
  - {rule: cluster, to_zoom: 13, pixels: 64}
"""
Packed = Callable[..., None]


@pytest.fixture(autouse=True)
def _no_pace(monkeypatch) -> None:
    """A test asks for files faster than people do."""
    monkeypatch.setattr(download, "_pace", Pace(10_000))


@pytest.fixture
def pack(db, monkeypatch, tmp_path) -> Packed:
    """Applies a pack of plots and trees with layers, changed as a test wants."""
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])
    folder: Path = tmp_path / "packs" / "ground"

    def applied(*, allow_destructive: bool = False, **files: str | None) -> None:
        written = {"registers/plots": PLOTS, "registers/trees": TREES}
        written |= {"layers/plots": PLOT_LAYER, "layers/trees": TREE_LAYER}
        written |= {name.replace("__", "/"): text for name, text in files.items()}
        for name, text in written.items():
            if text is None:
                (folder / f"{name}.yaml").unlink()
                continue
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / f"{name}.yaml").write_text(text)
        (folder / "pack.toml").write_text(PACK)
        loaded = load(tmp_path / "packs", ["ground"])
        apply_plan(
            actor=Actor.system("tests"),
            at=APPLIED,
            loaded=loaded,
            plan=make_plan(loaded),
            allow_destructive=allow_destructive,
        )

    return applied
