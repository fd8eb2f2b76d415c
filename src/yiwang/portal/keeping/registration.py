"""What the kept pages register at start."""

from __future__ import annotations

from yiwang.platform.loops import repeat
from yiwang.portal.keeping.copying import Copier
from yiwang.portal.keeping.operations import declare_operations


def register() -> None:
    """Follow what is published with the copy."""
    declare_operations()
    repeat("keeping.copy", Copier().copy_changes, seconds=0.2, reaches_out=True)
