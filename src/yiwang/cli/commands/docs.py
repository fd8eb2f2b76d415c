"""`docs`: write docs/systems.md from the packs' manifests."""

from __future__ import annotations

from yiwang.cli.console import say
from yiwang.kernel.text import Text
from yiwang.packs.systems import systems_page
from yiwang.platform.environment import ROOT
from yiwang.server import city


def command() -> None:
    """Write the page."""
    found = city.read()
    page = ROOT / "docs" / "systems.md"
    page.write_text(systems_page(ROOT / "docs" / "systems.csv", found.packs.manifests), encoding="utf-8")
    say(Text(f"已写入 {page.relative_to(ROOT)}", f"Wrote {page.relative_to(ROOT)}"))
