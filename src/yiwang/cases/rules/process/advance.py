"""The token game: one event moves the tokens of a case until all rest again. Pure and deterministic."""

from __future__ import annotations

from collections.abc import Sequence

from yiwang.cases.rules.process.model import Process
from yiwang.cases.rules.process.tokens import Environment, Event, Moves, Token


def advance(process: Process, tokens: Sequence[Token], event: Event, environment: Environment) -> Moves:
    """Give the moves that an event causes; ``tokens`` are all open tokens of the case."""
    raise NotImplementedError
