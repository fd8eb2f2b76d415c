"""Sample papers for applications: one PDF a material, plainly marked as a sample."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from yiwang.cases.api import applied_types
from yiwang.platform.files import keep
from yiwang.platform.models import StoredFile
from yiwang.trust.api import Template, render

_OWNER = "simulation"
_TEMPLATE = Template(Path(__file__).parent / "papers" / "sample.typ")


def sample_papers(*, at: datetime) -> dict[str, int]:
    """The stored file of each title of a material; each is made once (40 ms)."""
    titles = sorted(
        {
            material.title.zh
            for kind in applied_types()
            if kind.process is not None
            for material in kind.definition.materials
        }
    )
    present = dict(StoredFile.objects.filter(owner=_OWNER).order_by("-id").values_list("name", "id"))
    found = {}
    for title in titles:
        name = f"示例-{title.replace('/', '')}.pdf"
        found[title] = present[name] if name in present else _make(title, name, at)
    return found


def _make(title: str, name: str, at: datetime) -> int:
    document = render(_TEMPLATE, {"title": title})
    return keep(document.content, name=name, media_type="application/pdf", owner=_OWNER, at=at).pk
