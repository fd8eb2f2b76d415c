"""``templates/*.typ``: Typst templates of licences and letters. They apply with the items that use them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from pydantic import BaseModel

from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.text import Text
from yiwang.packs.api import definition_of
from yiwang.packs.contracts import Change, Definition, Known, SourceFile, Step
from yiwang.platform.contracts import Json

_MOST_BYTES = 200_000


class TemplateKind:
    """A Typst file; its code is the file's name."""

    key: ClassVar[str] = "templates"
    suffixes: ClassVar[tuple[str, ...]] = (".typ",)
    model: ClassVar[type[BaseModel] | None] = None
    order: ClassVar[int] = 45

    def read(self, source: SourceFile) -> tuple[Definition | None, list[DefinitionProblem]]:
        """Text of bounded size; the setter closes in what it may read (``trust.documents``)."""
        if len(source.content) > _MOST_BYTES:
            return None, [
                source.problem((), Text(f"超过{_MOST_BYTES:,}字节", f"larger than {_MOST_BYTES:,} bytes"))
            ]
        try:
            text = source.content.decode("utf-8")
        except UnicodeDecodeError:
            return None, [source.problem((), Text("不是UTF-8编码", "not UTF-8"))]
        return definition_of(self.key, source.path.stem, source, {"typst": text}), []

    def check(self, definition: Definition, known: Known) -> list[DefinitionProblem]:
        """Nothing to check across files."""
        return []

    def steps(self, applied: Json, wanted: Definition | None) -> tuple[Step, ...]:
        """Documents already issued stay as they are."""
        if wanted is None:
            return (Step(Text("不再使用该文书模板", "Use this template no more")),)
        return (Step(Text("采用文书模板", "Use this template")),)

    def apply(self, change: Change, *, at: datetime) -> None:
        """Nothing by itself: the service items that name it take it along."""
