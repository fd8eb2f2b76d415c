"""Regular expressions in time linear in the text: what a pack writes can never make the city hang.

Python's ``re`` backtracks: ``(a+)+$`` on forty letters takes hours. This is Thompson's construction run as
Pike's machine: all ways forward at once, each instruction at most once a letter. It knows the patterns of
XML Schema and XPath without back references and look-around: literals, ``.``, classes ``[a-z]`` ``[^…]``,
``\\d \\w \\s`` and their contraries, ``\\p{L}``, groups, ``|``, ``* + ? {n,m}`` greedy or lazy, ``^ $``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from yiwang.kernel.text import Text

MAX_PROGRAM = 2_000
MAX_SOURCE = 1_000
MAX_GROUPS = 20
MAX_STEPS = 400_000  # about a quarter of a second

Accepts = Callable[[str], bool]


class PatternRefused(ValueError):
    """A pattern is malformed or too large; ``position`` counts from 0."""

    def __init__(self, position: int, reason: Text) -> None:
        super().__init__(f"{position}: {reason.en}")
        self.position = position
        self.reason = reason


class PatternTooCostly(Exception):
    """A text takes more steps than allowed."""


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction: take a letter, go on at one or two others, mark a group, check an edge, or end."""

    act: str  # take, go, mark, first, last, end
    accepts: Accepts | None = None
    targets: tuple[int, ...] = ()
    slot: int = 0


Thread = tuple[int, tuple[int, ...]]


class Pattern:
    """A compiled pattern."""

    def __init__(self, source: str, flags: str) -> None:
        self.source = source
        self._steps, self.groups = _Compiler(source, flags).compiled()

    def matches(self, text: str) -> bool:
        """Whether the pattern is found anywhere in the text."""
        return self.search(text, 0) is not None

    def search(self, text: str, start: int, budget: list[int] | None = None) -> tuple[int, ...] | None:
        """The leftmost match from ``start`` on: start and end of the whole and of each group, -1 if unset."""
        left = budget if budget is not None else [MAX_STEPS]
        threads: list[Thread] = []
        found: tuple[int, ...] | None = None
        empty = (-1,) * (2 * self.groups + 2)
        for index in range(start, len(text) + 1):
            if found is None:
                threads.append((0, empty))
            elif not threads:
                break
            ready, ended = self._spread(threads, text, index, left)
            found = ended or found
            letter = text[index] if index < len(text) else ""
            threads = [
                (pc + 1, marks)
                for pc, marks in ready
                if letter and (accepts := self._steps[pc].accepts) is not None and accepts(letter)
            ]
        return found

    def _spread(
        self, threads: list[Thread], text: str, index: int, left: list[int]
    ) -> tuple[list[Thread], tuple[int, ...] | None]:
        """Follow all steps that take no letter; threads after the first that ended count no more."""
        seen: set[int] = set()
        ready: list[Thread] = []
        pending = threads[::-1]
        while pending:
            pc, marks = pending.pop()
            if pc in seen:
                continue
            seen.add(pc)
            step = self._steps[pc]
            if step.act == "take":
                ready.append((pc, marks))
            elif step.act == "end":
                left[0] -= len(seen)
                return ready, marks
            elif step.act == "go":
                pending.extend((target, marks) for target in reversed(step.targets))
            elif step.act == "mark":
                pending.append((pc + 1, (*marks[: step.slot], index, *marks[step.slot + 1 :])))
            elif index == (0 if step.act == "first" else len(text)):
                pending.append((pc + 1, marks))
        left[0] -= len(seen) + 1
        if left[0] < 0:
            raise PatternTooCostly
        return ready, None

    def found(self, text: str, budget: list[int] | None = None) -> Iterator[tuple[int, ...]]:
        """All matches from left to right that don't overlap."""
        left = budget if budget is not None else [MAX_STEPS]
        position = 0
        while position <= len(text):
            match = self.search(text, position, left)
            if match is None:
                return
            yield match
            position = match[1] if match[1] > match[0] else match[1] + 1

    def replace(self, text: str, replacement: str, budget: list[int] | None = None) -> str:
        """Each match replaced; ``$1`` stands for its first group, ``$0`` for the whole."""
        made: list[str] = []
        position = 0
        for match in self.found(text, budget):
            made += [text[position : match[0]], _filled(replacement, text, match)]
            position = match[1]
        return "".join([*made, text[position:]])

    def split(self, text: str, budget: list[int] | None = None) -> list[str]:
        """The parts between the matches."""
        parts: list[str] = []
        position = 0
        for match in self.found(text, budget):
            if match[1] > match[0]:
                parts.append(text[position : match[0]])
                position = match[1]
        return [*parts, text[position:]]


def _filled(replacement: str, text: str, match: tuple[int, ...]) -> str:
    made: list[str] = []
    index = 0
    while index < len(replacement):
        mark, after = replacement[index], replacement[index + 1 : index + 2]
        if mark == "$" and after.isdecimal() and after.isascii():
            start = 2 * int(after)
            made.append(text[match[start] : match[start + 1]] if start < len(match) else "")
            index += 2
        elif mark == "\\" and after:
            made.append(after)
            index += 2
        else:
            made.append(mark)
            index += 1
    return "".join(made)


_BROKEN = Text("写法有误", "it is malformed")
_BACK = Text("不支持反向引用和环视", "back references and look-around are not supported")
_LARGE = Text("过长或重复次数过多", "it is too long or repeats too much")
_FLAG = Text("标志只能是i、s、x", "only the flags i, s and x are known")
_ONCE = {"n": "\n", "r": "\r", "t": "\t"}


def _is_word(letter: str) -> bool:
    return letter == "_" or unicodedata.category(letter)[0] in "LNM"


_CLASSES: dict[str, Accepts] = {
    "d": str.isdecimal,
    "D": lambda letter: not letter.isdecimal(),
    "w": _is_word,
    "W": lambda letter: not _is_word(letter),
    "s": lambda letter: letter in " \t\n\r",
    "S": lambda letter: letter not in " \t\n\r",
}


class _Compiler:
    """Recursive descent over the source; emits steps with addresses relative to their fragment."""

    def __init__(self, source: str, flags: str) -> None:
        if set(flags) - set("isx"):
            raise PatternRefused(0, _FLAG)
        if len(source) > MAX_SOURCE:
            raise PatternRefused(MAX_SOURCE, _LARGE)
        self.source = "".join(source.split()) if "x" in flags else source
        self.fold = "i" in flags
        self.dot_all = "s" in flags
        self.position = 0
        self.depth = 0
        self.groups = 0

    def compiled(self) -> tuple[list[Step], int]:
        body = self._alternatives()
        if self.position < len(self.source):
            raise self._refused(_BROKEN)
        whole = [Step("mark", slot=0), *_moved(body, 1), Step("mark", slot=1), Step("end")]
        return whole, self.groups

    def _refused(self, reason: Text) -> PatternRefused:
        return PatternRefused(self.position, reason)

    def _peek(self) -> str:
        return self.source[self.position : self.position + 1]

    def _next(self) -> str:
        letter = self._peek()
        if not letter:
            raise self._refused(_BROKEN)
        self.position += 1
        return letter

    def _take(self, text: str) -> bool:
        if self.source.startswith(text, self.position):
            self.position += len(text)
            return True
        return False

    def _alternatives(self) -> list[Step]:
        self.depth += 1
        if self.depth > 50:
            raise self._refused(_LARGE)
        made = self._sequence()
        while self._take("|"):
            other = self._sequence()
            over = len(made) + 2
            made = [
                Step("go", targets=(1, over)),
                *_moved(made, 1),
                Step("go", targets=(over + len(other),)),
                *_moved(other, over),
            ]
            self._refuse_large(made)
        self.depth -= 1
        return made

    def _sequence(self) -> list[Step]:
        made: list[Step] = []
        while self._peek() and self._peek() not in "|)":
            made += _moved(self._repeated(self._atom()), len(made))
            self._refuse_large(made)
        return made

    def _refuse_large(self, made: list[Step]) -> None:
        if len(made) > MAX_PROGRAM:
            raise self._refused(_LARGE)

    def _repeated(self, body: list[Step]) -> list[Step]:
        bounds = self._bounds()
        if bounds is None:
            return body
        least, most = bounds
        lazy = self._take("?")
        if self._peek() and self._peek() in "*+?{":
            raise self._refused(_BROKEN)
        if max(least, most or 0) * (len(body) + 1) > MAX_PROGRAM:
            raise self._refused(_LARGE)
        made: list[Step] = []
        for _ in range(least):
            made += _moved(body, len(made))
        if most is None:
            made += _moved(_loop(body, lazy=lazy), len(made))
        else:
            made += _moved(_optional(body, most - least, lazy=lazy), len(made))
        return made

    def _bounds(self) -> tuple[int, int | None] | None:
        for mark, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self._take(mark):
                return bounds
        if not self._take("{"):
            return None
        least = self._count()
        most: int | None = least
        if self._take(","):
            most = None if self._peek() == "}" else self._count()
        if not self._take("}") or (most is not None and most < least):
            raise self._refused(_BROKEN)
        return least, most

    def _count(self) -> int:
        digits = ""
        while self._peek().isdecimal() and self._peek().isascii():
            digits += self._next()
        if not digits or len(digits) > 4:
            raise self._refused(_BROKEN if not digits else _LARGE)
        return int(digits)

    def _atom(self) -> list[Step]:
        letter = self._next()
        if letter == "(":
            return self._group()
        if letter == "[":
            return [Step("take", self._letter_class())]
        if letter == "^":
            return [Step("first")]
        if letter == "$":
            return [Step("last")]
        if letter == ".":
            dot_all = self.dot_all
            return [Step("take", lambda found: dot_all or found not in "\n\r")]
        if letter in "*+?{})]":
            self.position -= 1
            raise self._refused(_BROKEN)
        return [Step("take", self._escape() if letter == "\\" else self._one(letter))]

    def _group(self) -> list[Step]:
        if self._peek() == "?" and not self._take("?:"):
            raise self._refused(_BACK)
        counts = self.source[self.position - 1] != ":" or self.source[self.position - 2] != "?"
        if counts:
            self.groups += 1
            number = self.groups
            if number > MAX_GROUPS:
                raise self._refused(_LARGE)
        body = self._alternatives()
        if not self._take(")"):
            raise self._refused(_BROKEN)
        if not counts:
            return body
        return [Step("mark", slot=2 * number), *_moved(body, 1), Step("mark", slot=2 * number + 1)]

    def _one(self, wanted: str) -> Accepts:
        if self.fold:
            folded = wanted.casefold()
            return lambda letter: letter.casefold() == folded
        return lambda letter: letter == wanted

    def _escape(self) -> Accepts:
        letter = self._next()
        if letter in _CLASSES:
            return _CLASSES[letter]
        if letter in "pP":
            return self._category(positive=letter == "p")
        if letter.isalnum() and letter not in _ONCE:
            raise self._refused(_BACK if letter.isdecimal() else _BROKEN)
        return self._one(_ONCE.get(letter, letter))

    def _category(self, *, positive: bool) -> Accepts:
        end = self.source.find("}", self.position)
        name = self.source[self.position + 1 : end]
        if not self._take("{") or end < 0 or not 1 <= len(name) <= 2 or name[0] not in "LMNPSZC":
            raise self._refused(_BROKEN)
        self.position = end + 1
        return lambda letter: unicodedata.category(letter).startswith(name) is positive

    def _letter_class(self) -> Accepts:
        negated = self._take("^")
        members: list[Accepts] = []
        without: Accepts | None = None
        while not self._take("]"):
            if members and self._take("-["):
                without = self._nested_class()
                continue
            members.append(self._class_member())
        if not members:
            raise self._refused(_BROKEN)
        chosen = tuple(members)

        def accepts(letter: str) -> bool:
            if without is not None and without(letter):
                return False
            return any(member(letter) for member in chosen) is not negated

        return accepts

    def _nested_class(self) -> Accepts:
        self.depth += 1
        if self.depth > 50:
            raise self._refused(_LARGE)
        accepts = self._letter_class()
        self.depth -= 1
        return accepts

    def _class_member(self) -> Accepts:
        first = self._next()
        if first == "\\":
            if self._peek() in _CLASSES or self._peek() in "pP":
                return self._escape()
            first = self._class_letter()
        if self._peek() == "-" and self.source[self.position + 1 : self.position + 2] not in ("]", "[", ""):
            self.position += 1
            last = self._next()
            last = self._class_letter() if last == "\\" else last
            if last < first:
                raise self._refused(_BROKEN)
            return self._span(first, last)
        return self._one(first)

    def _class_letter(self) -> str:
        letter = self._next()
        if letter.isalnum() and letter not in _ONCE:
            raise self._refused(_BROKEN)
        return _ONCE.get(letter, letter)

    def _span(self, first: str, last: str) -> Accepts:
        if self.fold:
            return lambda letter: first <= letter.lower() <= last or first <= letter.upper() <= last
        return lambda letter: first <= letter <= last


def _moved(steps: list[Step], by: int) -> list[Step]:
    """The same steps, for another address."""
    return [
        Step(step.act, step.accepts, tuple(target + by for target in step.targets), step.slot)
        if step.targets
        else step
        for step in steps
    ]


def _loop(body: list[Step], *, lazy: bool) -> list[Step]:
    out = len(body) + 2
    return [Step("go", targets=(out, 1) if lazy else (1, out)), *_moved(body, 1), Step("go", targets=(0,))]


def _optional(body: list[Step], times: int, *, lazy: bool) -> list[Step]:
    out = times * (len(body) + 1)
    made: list[Step] = []
    for _ in range(times):
        here = len(made)
        made.append(Step("go", targets=(out, here + 1) if lazy else (here + 1, out)))
        made += _moved(body, here + 1)
    return made


@lru_cache(maxsize=512)
def compile_pattern(source: str, flags: str = "") -> Pattern:
    """Compile a pattern; raises PatternRefused. Flags: i any case, s . takes line ends, x skips blanks."""
    return Pattern(source, flags)


def covers(source: str, text: str) -> bool:
    """Whether a pattern covers the whole text; raises PatternRefused and PatternTooCostly."""
    return compile_pattern(f"^(?:{source})$").matches(text)
