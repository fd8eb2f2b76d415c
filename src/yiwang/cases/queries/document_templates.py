"""Which template sets a licence: the general one, or what was applied with the type of its case."""

from __future__ import annotations

import hashlib
from pathlib import Path

from yiwang.cases.contracts.applied import AppliedType
from yiwang.platform.environment import environment
from yiwang.trust.api import LICENCE, Template


def licence_template(kind: AppliedType) -> Template:
    """The template of the licences of a version of an item."""
    own = kind.parts.get("template")
    source = own.get("typst") if isinstance(own, dict) else None
    return Template(_kept(source)) if isinstance(source, str) else LICENCE


def _kept(source: str) -> Path:
    """A pack's template in a folder of its own, so that it can read nothing but itself."""
    digest = hashlib.sha256(source.encode()).hexdigest()
    place = environment().var / "templates" / digest / "template.typ"
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary = place.with_suffix(".part")
        temporary.write_text(source)
        temporary.replace(place)
    return place
