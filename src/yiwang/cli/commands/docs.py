"""`docs`: write the pages of docs/ that are generated: systems, and the reference of declarations."""

from __future__ import annotations

from pydantic import BaseModel

from yiwang.cli.console import say
from yiwang.kernel.text import Text
from yiwang.packs.kinds import ordered
from yiwang.packs.manifest import Manifest
from yiwang.packs.reference import reference_page
from yiwang.packs.systems import read_platform, systems_page
from yiwang.platform.environment import ROOT
from yiwang.server import city


def pages() -> dict[str, str]:
    """Every generated page by its path below docs/."""
    found = city.read()
    declared: dict[str, type[BaseModel]] = {"pack.toml": Manifest}
    declared |= {f"{kind.key}/*.yaml": kind.model for kind in ordered() if kind.model is not None}
    return {
        "systems.md": systems_page(
            ROOT / "docs" / "systems.csv",
            found.packs.manifests,
            read_platform(ROOT / "docs" / "platform.toml"),
        ),
        "reference/declarations.md": reference_page(declared),
    }


def command() -> None:
    """Write the pages."""
    for name, content in pages().items():
        page = ROOT / "docs" / name
        page.write_text(content, encoding="utf-8")
        say(Text(f"已写入 {page.relative_to(ROOT)}", f"Wrote {page.relative_to(ROOT)}"))
