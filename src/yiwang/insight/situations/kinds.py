"""The definition kind ``situations``: a page over stations, which takes its decision tables along."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from pydantic import BaseModel

from yiwang.insight.situations.definitions import Board, SituationDefinition
from yiwang.insight.situations.models import Situation
from yiwang.insight.situations.rules.fitting import (
    board_misfits,
    borne_misfits,
    list_misfits,
    responses_misfits,
)
from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.text import Text
from yiwang.packs.api import as_model, definition_of, digest_of, read_named
from yiwang.packs.contracts import Change, Definition, Known, PathKey, SourceFile, Step
from yiwang.platform.contracts import Json
from yiwang.registers.definitions import RegisterDefinition


class SituationKind:
    """Situations are declared in ``situations/*.yaml``, one a file named like its code."""

    key: ClassVar[str] = "situations"
    suffixes: ClassVar[tuple[str, ...]] = (".yaml",)
    model: ClassVar[type[BaseModel] | None] = SituationDefinition
    #: After the decisions that it takes along, and registers and layers.
    order: ClassVar[int] = 72

    def read(self, source: SourceFile) -> tuple[Definition | None, list[DefinitionProblem]]:
        """Validate one file."""
        model, problems = read_named(SituationDefinition, source)
        if model is None:
            return None, problems
        content: Json = {
            "definition": model.model_dump(mode="json", by_alias=True),
            "tables": {},
            "follows": {board.key: list(board.followed) for board in model.boards if board.followed},
        }
        return definition_of(self.key, model.code, source, content), []

    def check(self, definition: Definition, known: Known) -> list[DefinitionProblem]:
        """Registers, layers and decisions are there and fit; the decisions are taken along."""
        situation = model_of(definition.content)
        found = [
            definition.source.problem(path, reason)
            for path, reason in (
                *_missing(situation, known),
                *_misfits(situation, known),
                *_kept_twice(situation, known),
            )
        ]
        tables: dict[str, Json] = {}
        for file in known.of_kind("decisions"):
            content = file.content if isinstance(file.content, dict) else {}
            listed = content.get("decisions")
            for key in sorted({str(each) for each in listed} if isinstance(listed, list) else set()):
                if key in situation.decisions:
                    tables[key] = content["xml"]
        for key in situation.decisions:
            if key not in tables and not known.has_faulty("decisions"):
                reason = Text(f"没有决策“{key}”", f"there is no decision {key!r}")
                found.append(definition.source.problem(("decision",), reason))
        assert isinstance(definition.content, dict)  # noqa: S101 - written by read() above
        definition.content["tables"] = tables
        # A changed table is a changed page.
        object.__setattr__(definition, "digest", digest_of(definition.content))
        return found

    def steps(self, applied: Json, wanted: Definition | None) -> tuple[Step, ...]:
        """It is worked out when it is read, so nothing is copied or lost."""
        if wanted is None:
            return (Step(Text("撤下现况页面", "take the page down")),)
        if applied is None:
            return (Step(Text("发布现况页面", "publish the page")),)
        return (Step(Text("按新的声明和决策表评价", "judge by the new declaration and tables")),)

    def apply(self, change: Change, *, at: datetime) -> None:
        """Publish it, or take it down."""
        if change.wanted is None:
            Situation.objects.filter(pk=change.code).update(closed_at=at)
            return
        Situation.objects.update_or_create(
            code=change.code,
            defaults={"content": change.wanted.content, "applied_at": at, "closed_at": None},
        )


def model_of(content: Json) -> SituationDefinition:
    """The typed page of a definition's or a row's content."""
    assert isinstance(content, dict)  # noqa: S101 - written by read() above
    return as_model(SituationDefinition, content["definition"])


def _missing(situation: SituationDefinition, known: Known) -> Iterator[tuple[PathKey, Text]]:
    named: list[tuple[str, str, PathKey]] = [("layers", code, ("layers",)) for code in situation.layers]
    named += [
        ("registers", each.stations, ("boards", place, "stations")) for place, each in _boards(situation)
    ]
    named += [("registers", each.values, ("boards", place, "values")) for place, each in _boards(situation)]
    named += [
        ("registers", code, ("boards", place, "bears"))
        for place, each in _boards(situation)
        for code in each.followed[2:]
    ]
    named += [("registers", each.register_code, ("lists",)) for each in situation.listed]
    decided = situation.suggestion.responses if situation.suggestion else None
    named += [("registers", decided.register_code, ("suggestion", "responses"))] if decided else []
    named += [("registers", situation.outline, ("outline",))] if situation.outline else []
    for kind, code, path in named:
        if known.lacks(kind, code):
            word = Text("图层", "layer") if kind == "layers" else Text("登记簿", "register")
            yield path, Text("没有{word}“{code}”", "there is no {word} {code}").fill(word=word, code=code)


def _boards(situation: SituationDefinition) -> Iterator[tuple[int, Board]]:
    return enumerate(situation.boards)


def _misfits(situation: SituationDefinition, known: Known) -> Iterator[tuple[PathKey, Text]]:
    for place, board in _boards(situation):
        stations, values = _register(known, board.stations), _register(known, board.values)
        for path, reason in board_misfits(board, stations, values):
            yield ("boards", place, *path), reason
        followers = {code: found for code in board.followed[2:] if (found := _register(known, code))}
        for path, reason in borne_misfits(board, stations, values, followers):
            yield ("boards", place, "bears", *path), reason
    decided = situation.suggestion.responses if situation.suggestion else None
    register = _register(known, decided.register_code) if decided else None
    if situation.suggestion is not None and decided is not None and register is not None:
        for path, reason in responses_misfits(situation.suggestion, decided, register):
            yield ("suggestion", "responses", *path), reason
    for listed in situation.listed:
        register = _register(known, listed.register_code)
        if register is not None:
            for path, reason in list_misfits(listed, register):
                yield ("lists", *path), reason


def _kept_twice(situation: SituationDefinition, known: Known) -> Iterator[tuple[PathKey, Text]]:
    """Stations that an earlier board keeps up already: the two would write over each other."""
    kept: set[str] = set()
    for definition in known.of_kind(SituationKind.key):
        other = model_of(definition.content)
        for place, board in _boards(other):
            if board.bears is not None and board.stations in kept and other.code == situation.code:
                reason = Text(
                    f"“{board.stations}”已由另一块监测板更新", f"{board.stations} is kept up by another board"
                )
                yield ("boards", place, "bears"), reason
            kept |= {board.stations} if board.bears is not None else set()


def _register(known: Known, code: str) -> RegisterDefinition | None:
    found = known.get("registers", code)
    return None if found is None else as_model(RegisterDefinition, found.content)
