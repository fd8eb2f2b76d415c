"""What the matching process is asked and what it answers: files in a folder, JSON beside them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from yiwang.registers.matching.rules.differences import Role

ORDER, REPORT, MEMBERS, DOUBTFUL, SAME, APART, ODD, DIFFERENCES = (
    "order.json", "report.json", "members.csv", "doubtful.csv", "same.csv", "apart.csv", "odd.csv",
    "differences.csv",
)  # fmt: skip
#: Columns of a list's file. ``key`` is its row's number in the list, the only one that must not be empty.
COLUMNS = ("key", "code", "name", "person", "division", "address", "phone", "status", "paid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Lists (files ``<name>.csv`` in the folder, :data:`COLUMNS`), and from where on pairs count.

    ``accept`` and ``review`` are probabilities. ``same.csv`` and ``apart.csv``, where they are, hold what
    people decided: ``list,key,list,key``.
    """

    lists: tuple[str, ...]
    accept: float = 0.98
    review: float = 0.3
    memory: str = "3GB"
    threads: int = 2
    #: What being on each list means; without roles nothing is said about differences.
    roles: Mapping[str, Role] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """Leave it for the process."""
        (folder / ORDER).write_text(json.dumps(asdict(self)))

    @classmethod
    def read(cls, folder: Path) -> Order:
        """Take what was left."""
        content = json.loads((folder / ORDER).read_text())
        roles = {name: Role(role) for name, role in content["roles"].items()}
        return cls(**{**content, "lists": tuple(content["lists"]), "roles": roles})
