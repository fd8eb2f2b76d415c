"""``pack.toml``: what a pack is called, which it needs, which systems of the city it carries."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.text import Text
from yiwang.packs.wording import reason_of

#: What a pack may be called.
NAME = re.compile(r"^[a-z][a-z0-9_]{1,60}$")
_AT_LINE = re.compile(r"at line (\d+)")


class Role(BaseModel):
    """A role that the pack adds, with the operations it holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(pattern=r"^[a-z][a-z_]{1,40}$")
    title: Text
    operations: tuple[str, ...] = ()
    #: How far the role reaches from where it is held.
    reach: Literal["own", "subtree", "city"] = "own"


class Manifest(BaseModel):
    """The declared facts of a pack."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=NAME.pattern)
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    title: Text
    summary: Text
    owner: str = Field(description="Code of the organisation that answers for the pack")
    requires: tuple[str, ...] = ()
    #: System id of docs/systems.md (S006) to what works of it, in both languages.
    systems: dict[str, Text] = {}
    roles: tuple[Role, ...] = ()


def read_manifest(path: Path, shown: str) -> tuple[Manifest | None, list[DefinitionProblem]]:
    """Read and validate; problems name file and line."""
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        found = _AT_LINE.search(str(error))
        return None, [DefinitionProblem(shown, int(found[1]) if found else 0, "", _malformed(error))]
    try:
        manifest = Manifest.model_validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        return None, [
            DefinitionProblem(
                shown, _line_of(text, fault["loc"]), ".".join(map(str, fault["loc"])), reason_of(fault)
            )
            for fault in error.errors()
        ]
    if manifest.name != path.parent.name:
        line = _line_of(text, ("name",))
        return None, [
            DefinitionProblem(
                shown,
                line,
                "name",
                Text(f"与文件夹名“{path.parent.name}”不同", f"differs from the folder {path.parent.name!r}"),
            )
        ]
    return manifest, []


def _malformed(error: ValueError) -> Text:
    said = _AT_LINE.sub("", str(error)).replace(" (, column", " (column")
    return Text(f"不是有效的TOML：{said}", f"not valid TOML: {said}")


def _line_of(text: str, path: tuple[int | str, ...]) -> int:
    for part in reversed(path):
        for number, line in enumerate(text.splitlines(), start=1):
            if re.match(rf"\s*\[*{re.escape(str(part))}\b", line):
                return number
    return 1
