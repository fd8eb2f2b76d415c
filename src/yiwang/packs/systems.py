"""``docs/systems.md``: the 135 systems that the sources name, and which packs carry them today."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

from yiwang.packs.manifest import Manifest

_HEAD = """# Systems

<!-- Generated from packs/*/pack.toml and docs/systems.csv by `./yiwang docs`; don't edit. -->

The five sources of 2002-2009 name 135 systems (`S001`-`S135`); *(duty)* marks a task that a system
would carry. Each works here through one or more packs, or isn't there yet. {working} of {total} work.
"""


def systems_page(table: Path, manifests: Mapping[str, Manifest]) -> str:
    """Write the page as Markdown.

    Raises:
        ValueError: a pack names a system that the table doesn't have.
    """
    with table.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    carried: dict[str, list[tuple[str, str, str]]] = {}
    for name, manifest in sorted(manifests.items()):
        for system, text in manifest.systems.items():
            carried.setdefault(system, []).append((name, text.zh, text.en))
    unknown = sorted(carried.keys() - {row["id"] for row in rows})
    if unknown:
        raise ValueError(f"packs name systems that docs/systems.csv does not have: {', '.join(unknown)}")
    parts = [_HEAD.format(working=len(carried), total=len(rows))]
    for section, members in groupby(rows, key=lambda row: row["section"]):
        parts.append(f"\n## {section}\n\n| id | system | packs | what works |\n|---|---|---|---|\n")
        for row in members:
            duty = " *(duty)*" if row["kind"] == "duty" else ""
            packs = ", ".join(f"`{name}`" for name, _, _ in carried.get(row["id"], []))
            works = "<br>".join(f"{zh}<br>{en}" for _, zh, en in carried.get(row["id"], []))
            name = f"{row['name_zh']}<br>{row['name_en']}{duty}"
            parts.append(f"| {row['id']} | {name} | {packs or '—'} | {works or '—'} |\n")
    return "".join(parts)
