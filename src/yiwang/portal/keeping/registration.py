"""What the kept pages register at start."""

from __future__ import annotations

from yiwang.platform.loops import repeat
from yiwang.portal.keeping.copying import Copier


def register() -> None:
    """Follow what is published with the copy."""
    repeat("keeping.copy", Copier().copy_changes, seconds=0.2, reaches_out=True)
