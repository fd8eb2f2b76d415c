"""Decision tables for engines above that ask them without a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from yiwang.cases.rules.dmn.evaluation import Explanation, evaluate, explain
from yiwang.cases.rules.dmn.model import DecisionModel
from yiwang.cases.rules.dmn.reading import read_model
from yiwang.kernel.errors import DefinitionRefused
from yiwang.kernel.feel import Json
from yiwang.kernel.text import Text


def judged(written: str, decision: str, context: Mapping[str, object]) -> Json:
    """Give the answer of a decision of a DMN file to the input data of ``context``.

    Raises:
        DefinitionRefused: it is no such file.
        DecisionNotFound, InputNotAllowed, RulesDisagree: the table has no answer to these data.
    """
    return evaluate(_model(written), decision, context)


def explained(written: str, decision: str, context: Mapping[str, object]) -> tuple[Json, tuple[Text, ...]]:
    """The same with the words of the rules that hit, of this decision and of those that it needs.

    Raises: as ``judged``.
    """
    found = explain(_model(written), decision, context)
    return found.answer, tuple(dict.fromkeys(_reasons(found)))


def _reasons(found: Explanation) -> Iterator[Text]:
    yield from (hit.description for hit in found.hits if hit.description.zh)
    for needed in found.needed:
        yield from _reasons(needed)


@lru_cache(maxsize=64)
def _model(written: str) -> DecisionModel:
    model, problems = read_model(written.encode(), "")
    if model is None:
        raise DefinitionRefused(tuple(problems))
    return model
