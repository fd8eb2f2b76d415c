"""Demonstration accounts: told by the startup steps, printed by `up`. Only ever of synthetic people."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from yiwang.kernel.text import Text, text_from


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """Whom one can sign in as."""

    role: Text
    account: str
    password: str


def write(var: Path, sign_ins: Iterable[SignIn]) -> None:
    """Keep them for the next start, readable by their owner only."""
    path = _file(var)
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    rows = [asdict(each) for each in sign_ins]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1))


def read(var: Path) -> list[SignIn]:
    """What the last startup told; none if it told nothing."""
    try:
        rows = json.loads(_file(var).read_text())
    except (FileNotFoundError, PermissionError, ValueError):
        return []
    return [
        SignIn(role=text_from(row["role"]), account=row["account"], password=row["password"]) for row in rows
    ]


def _file(var: Path) -> Path:
    return var / "run" / "sign_ins.json"
