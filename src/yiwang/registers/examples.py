"""Examples of a pack: entries that documentation, demonstration and tests share.

``examples/<name>.yaml`` holds ``register`` and ``entries``, each with its values, the day it holds from and
the organisation that recorded it (the owner unless said). Files are read by name, so what others refer to
comes first. ``demonstration: true`` says that a demonstration city is to have them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from yiwang.kernel.errors import DefinitionProblem, DefinitionRefused
from yiwang.packs.api import read_model, read_source
from yiwang.platform.contracts import Actor
from yiwang.registers.commands.enter_entry import enter_entry
from yiwang.registers.contracts import Written
from yiwang.registers.definitions import NAME
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.queries.versions import find_entry
from yiwang.registers.rules.reading import view_of_public


class ExampleEntry(BaseModel):
    """One entry."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    valid_from: date
    source: str = ""
    values: dict[str, JsonValue]


class Examples(BaseModel):
    """The examples of one register."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    register_code: str = Field(alias="register", pattern=NAME)
    demonstration: bool = False
    entries: tuple[ExampleEntry, ...]


def read_examples(folder: Path) -> Iterator[Examples]:
    """Read the examples of a pack's folder.

    Raises:
        DefinitionRefused: with file and line of every fault.
    """
    for path in sorted((folder / "examples").glob("*.yaml")):
        shown = f"packs/{folder.name}/examples/{path.name}"
        problems: list[DefinitionProblem] = []
        source = read_source(path, shown, folder.name, problems)
        found = None
        if source is not None:
            found, faults = read_model(Examples, source)
            problems.extend(faults)
        if found is None or problems:
            raise DefinitionRefused(problems=tuple(problems))
        yield found


def enter_examples(
    folder: Path, *, actor: Actor, at: datetime, for_demonstration: bool = False
) -> list[Written]:
    """Enter the examples that are not there yet, in the name of their sources.

    ``for_demonstration`` leaves out what is meant for documentation and tests only.
    """
    entered = []
    for examples in read_examples(folder):
        if for_demonstration and not examples.demonstration:
            continue
        definition = get_register(examples.register_code)
        for entry in examples.entries:
            key = str(entry.values.get(definition.key, ""))
            if find_entry(definition, view_of_public(definition), key=key) is not None:
                continue
            written = enter_entry(
                actor=actor,
                at=at,
                register=definition.code,
                values=dict(entry.values),
                valid_from=entry.valid_from,
                source=entry.source or definition.owner,
            )
            entered.append(written)
    return entered
