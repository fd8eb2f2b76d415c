"""The definition kind ``publishing``: rules of the gate, word lists, terms of columns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from pydantic import BaseModel

from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.text import Text
from yiwang.packs.api import as_model, definition_of, read_named
from yiwang.packs.contracts import Change, Definition, Known, PathKey, SourceFile, Step
from yiwang.platform.contracts import Json
from yiwang.portal.publishing.definitions import PublishingRules

#: Of these a city has one table each.
_SAID_ONCE = ("gate", "freshness", "columns")


class PublishingKind:
    """Rules are declared in ``publishing/*.yaml``, one a file named like its code."""

    key: ClassVar[str] = "publishing"
    suffixes: ClassVar[tuple[str, ...]] = (".yaml",)
    model: ClassVar[type[BaseModel] | None] = PublishingRules
    order: ClassVar[int] = 75

    def read(self, source: SourceFile) -> tuple[Definition | None, list[DefinitionProblem]]:
        """Validate one file."""
        model, problems = read_named(PublishingRules, source)
        if model is None:
            return None, problems
        content = model.model_dump(mode="json", exclude_defaults=True)
        return definition_of(self.key, model.code, source, content), []

    def check(self, definition: Definition, known: Known) -> list[DefinitionProblem]:
        """No table is said twice, and no word stands in two lists, or twice in one."""
        own = rules_of(definition.content)
        others = [other for other in known.of_kind(self.key) if other.code != definition.code]
        problems = []
        for other in others:
            said = rules_of(other.content)
            for name in _SAID_ONCE:
                if getattr(own, name) and getattr(said, name):
                    reason = Text(f"{other.source.shown}已经规定", f"{other.source.shown} says so already")
                    problems.append(definition.source.problem((name,), reason))
        elsewhere = {
            word: other.source.shown for other in others for word, _ in _words(rules_of(other.content))
        }
        seen: set[str] = set()
        for word, place in _words(own):
            if word in seen or word in elsewhere:
                where = elsewhere.get(word, definition.source.shown)
                reason = Text(f"“{word}”已列在{where}中", f"{word!r} is listed in {where} already")
                problems.append(definition.source.problem(place, reason))
            seen.add(word)
        return problems

    def steps(self, applied: Json, wanted: Definition | None) -> tuple[Step, ...]:
        """Rules are read when a page is checked; what is published already is checked anew by the worker."""
        if wanted is None:
            return (Step(Text("停用发布规则，恢复默认规则", "go back to the default rules of publishing")),)
        if applied is None:
            return (Step(Text("启用发布规则，重新检查已发布页面", "check pages by these rules")),)
        return (Step(Text("按新规则重新检查已发布页面", "check published pages anew by the new rules")),)

    def apply(self, change: Change, *, at: datetime) -> None:
        """Nothing is kept beside the applied definition, which is what the gate reads."""


def rules_of(content: Json) -> PublishingRules:
    """The rules in the content of a definition."""
    return as_model(PublishingRules, content)


def _words(rules: PublishingRules) -> Iterator[tuple[str, PathKey]]:
    for number, slip in enumerate(rules.words.mistyped):
        yield slip.wrong, ("words", "mistyped", number, "wrong")
    for number, word in enumerate(rules.words.sensitive):
        yield word.word, ("words", "sensitive", number, "word")
