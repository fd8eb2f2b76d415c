"""How to reach a database."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

ROLE = "yiwang"
DATABASE = "yiwang"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dsn:
    """A connection address; ``url`` may hold a password and is never shown."""

    url: str = field(repr=False)
    private: bool

    def __str__(self) -> str:
        return "private PostgreSQL" if self.private else "the server of YIWANG_DATABASE_URL"


def private_dsn(socket_folder: Path) -> Dsn:
    """The address of the private database behind a socket folder."""
    host = quote(str(socket_folder), safe="")
    return Dsn(url=f"postgresql://{ROLE}@/{DATABASE}?host={host}", private=True)
