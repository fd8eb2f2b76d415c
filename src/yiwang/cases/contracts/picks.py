"""An entry of a register that answers a question, as forms and cases show it."""

from __future__ import annotations

from dataclasses import dataclass

from yiwang.kernel.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An entry that can be picked: its key, what is told of it, what lies over it, and where it is."""

    entry: int
    version: int
    key: str
    facts: tuple[tuple[Text, Text], ...]
    crossed: tuple[Text, ...]
    place: tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PickView:
    """A question that picks, and what it is answered with.

    ``choice`` is None where nothing is picked, or where the register has no such entry any more
    (``is_gone``). ``warnings`` say what lies over the entry, then what in the answers doesn't fit it.
    ``has_changed`` tells that the register says something else of it than when the application was sent.
    """

    question: str
    label: Text
    key: str
    choice: Choice | None
    warnings: tuple[Text, ...]
    is_gone: bool
    has_changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PickList:
    """What a page shows beneath a question that picks; ``choices`` is None until they are asked for.

    ``at`` is the longitude and latitude of which they were asked; ``ground`` the HTML of a map, or nothing.
    """

    question: str
    view: PickView | None
    choices: tuple[Choice, ...] | None
    sought: str
    at: tuple[float, float] | None = None
    ground: str = ""
