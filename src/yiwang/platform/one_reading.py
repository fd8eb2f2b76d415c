"""One reading of many pages: what is asked twice within it is answered once.

Whoever makes many pages of one state of the database (the static copy) opens a reading; outside of one every
question goes to the database as always. A reading is short, and sees one snapshot.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connection, transaction

_P = ParamSpec("_P")
_R = TypeVar("_R")
_ANSWERS: ContextVar[dict[Hashable, object] | None] = ContextVar("yiwang_one_reading", default=None)


@contextmanager
def one_reading() -> Iterator[None]:
    """Answer each question once, from one snapshot; inside a transaction, from that one."""
    if connection.in_atomic_block:
        yield from _remembering()
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield from _remembering()


def read_once(question: Callable[_P, _R]) -> Callable[_P, _R]:
    """Have a question about the database remembered within a reading; faults are not remembered."""

    @wraps(question)
    def asked(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        answers = _ANSWERS.get()
        if answers is None:
            return question(*args, **kwargs)
        key = _key(question, args, kwargs)
        if key not in answers:
            answers[key] = question(*args, **kwargs)
        found: _R = answers[key]  # type: ignore[assignment]
        return found

    return asked


def tell(question: Callable[_P, _R], answer: _R, *args: _P.args, **kwargs: _P.kwargs) -> None:
    """Put an answer that was found together with many others into the present reading."""
    answers = _ANSWERS.get()
    if answers is not None:
        answers[_key(vars(question)["__wrapped__"], args, kwargs)] = answer


def _remembering() -> Iterator[None]:
    token = _ANSWERS.set({})
    try:
        yield
    finally:
        _ANSWERS.reset(token)


def _key(question: object, args: Sequence[object], kwargs: Mapping[str, object]) -> Hashable:
    named = tuple((name, _fixed(given)) for name, given in sorted(kwargs.items()))
    return (question, *map(_fixed, args), named)


def _fixed(given: object) -> Hashable:
    """An argument as part of a key."""
    if isinstance(given, Set):
        return frozenset(given)
    if isinstance(given, list):
        return tuple(given)
    if not isinstance(given, Hashable):
        raise TypeError
    return given
