"""From a YAML file to a typed definition: shared by the kinds of all engines."""

from __future__ import annotations

import hashlib
import json
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.text import Text
from yiwang.packs.contracts import Definition, SourceFile
from yiwang.packs.wording import reason_of
from yiwang.platform.contracts import Json

Model = TypeVar("Model", bound=BaseModel)


def digest_of(content: Json) -> str:
    """SHA-256 of the canonical JSON: sorted keys, no spaces."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def read_model(model: type[Model], source: SourceFile) -> tuple[Model | None, list[DefinitionProblem]]:
    """Validate the data of a file strictly; problems carry the line of the faulty path."""
    try:
        return model.model_validate_json(json.dumps(source.data), strict=True), []
    except ValidationError as error:
        return None, [source.problem(tuple(fault["loc"]), reason_of(fault)) for fault in error.errors()]


def read_named(model: type[Model], source: SourceFile) -> tuple[Model | None, list[DefinitionProblem]]:
    """As ``read_model``, for kinds whose ``code`` is the file's name without its suffix."""
    found, problems = read_model(model, source)
    stem = source.path.stem
    if found is None or (isinstance(source.data, dict) and source.data["code"] == stem):
        return found, problems
    reason = Text(f"与文件名“{stem}”不同", f"differs from the file's name {stem!r}")
    return None, [source.problem(("code",), reason)]


def as_model(model: type[Model], content: Json) -> Model:
    """The typed definition of canonical content, as ``read_model`` and a kind's ``read`` wrote it."""
    return model.model_validate_json(json.dumps(content))


def definition_of(kind: str, code: str, source: SourceFile, content: Json) -> Definition:
    """Wrap canonical content as a definition."""
    return Definition(kind=kind, code=code, source=source, content=content, digest=digest_of(content))
