"""Questions of a survey or a vote, and what may be answered to them.

They are written as text: a line ``? question`` asks for one of the options that follow as ``- option``,
``?? question`` for any number of them, ``??? question`` for words of one's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text
from yiwang.portal.talking.rules.wording import judged_text, refuse


class SurveyKind(StrEnum):
    """What is asked for: opinions, or a decision by one vote each."""

    SURVEY = "survey"
    VOTE = "vote"


KIND_TEXTS = {
    SurveyKind.SURVEY: Text("问卷调查", "Survey"),
    SurveyKind.VOTE: Text("投票", "Vote"),
}


class Asks(StrEnum):
    """How a question is answered."""

    ONE = "one"
    MANY = "many"
    WORDS = "words"


_MARKS = {"???": Asks.WORDS, "??": Asks.MANY, "?": Asks.ONE}
_SIGNS = {asks: mark for mark, asks in _MARKS.items()}
MOST_QUESTIONS, MOST_OPTIONS, MOST_LINE, MOST_WORDS = 40, 60, 200, 1000
Said = dict[str, list[str]]

_NO_QUESTION = Text("至少要有一个问题", "Ask at least one question")
_MANY = Text(
    "最多{questions}个问题，每题最多{options}个选项，每行最多{line}字",
    "At most {questions} questions, {options} options each, {line} characters a line",
)
_STRAY = Text("看不懂这一行：{line}", "This line is neither a question nor an option: {line}")
_OPTIONS = Text("“{question}”至少要有两个不同的选项", "“{question}” needs two different options at least")
_NONE = Text("“{question}”由本人填写，不能有选项", "“{question}” is answered in words and takes no option")
_CHOOSE = Text("请选择", "Please choose")
_NOT_OFFERED = Text("请从列出的选项中选择", "Choose one of the options")
_ONLY_CHOICES = Text("投票只能有选择题", "A vote asks for choices only")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question; ``options`` are answered by their places, ``o1`` the first."""

    key: str
    asks: Asks
    title: str
    options: tuple[str, ...] = ()

    def values(self) -> tuple[str, ...]:
        """What may be chosen."""
        return tuple(f"o{place}" for place in range(1, len(self.options) + 1))


def questions_of(text: str, kind: SurveyKind) -> tuple[tuple[Question, ...], list[FieldProblem]]:
    """Read questions, and say what is wrong with them."""
    found: list[tuple[Asks, str, list[str]]] = []
    problems: list[FieldProblem] = []
    for line in (line.strip() for line in text.splitlines()):
        mark, _, rest = line.partition(" ")
        if mark in _MARKS and rest.strip():
            found.append((_MARKS[mark], rest.strip(), []))
        elif mark == "-" and rest.strip() and found:
            found[-1][2].append(rest.strip())
        elif line:
            problems.append(refuse("questions", _STRAY.fill(line=line[:40])))
    questions = tuple(
        Question(key=f"q{place}", asks=asks, title=title, options=tuple(options))
        for place, (asks, title, options) in enumerate(found, start=1)
    )
    return questions, problems or list(_faults(questions, kind))


def _faults(questions: Sequence[Question], kind: SurveyKind) -> Iterable[FieldProblem]:
    if not questions:
        yield refuse("questions", _NO_QUESTION)
    lines = [line for question in questions for line in (question.title, *question.options)]
    most = max((len(question.options) for question in questions), default=0)
    if len(questions) > MOST_QUESTIONS or most > MOST_OPTIONS or any(len(line) > MOST_LINE for line in lines):
        yield refuse("questions", _MANY.fill(questions=MOST_QUESTIONS, options=MOST_OPTIONS, line=MOST_LINE))
    for question in questions:
        if question.asks is Asks.WORDS:
            if question.options:
                yield refuse("questions", _NONE.fill(question=question.title))
            if kind is SurveyKind.VOTE:
                yield refuse("questions", _ONLY_CHOICES)
        elif len(set(question.options)) < max(2, len(question.options)):
            yield refuse("questions", _OPTIONS.fill(question=question.title))


def written(questions: Iterable[Question]) -> str:
    """The text from which ``questions_of`` reads them."""
    lines: list[str] = []
    for question in questions:
        lines.append(f"{_SIGNS[question.asks]} {question.title}")
        lines += [f"- {option}" for option in question.options]
    return "\n".join(lines)


def judged(
    questions: Iterable[Question], sent: Mapping[str, Sequence[str]], *, whole: bool
) -> tuple[Said, list[FieldProblem]]:
    """What was said to each question, in its order, and what is wrong with it.

    ``whole`` asks for an answer to every question, as a vote does; in a survey each may be left out.
    """
    said: Said = {}
    problems: list[FieldProblem] = []
    for question in questions:
        given = [value.strip() for value in sent.get(question.key, ()) if value.strip()]
        if not given:
            problems += [refuse(question.key, _CHOOSE)] if whole else []
        elif question.asks is Asks.WORDS:
            problems += judged_text(question.key, given[0], MOST_WORDS)
            said[question.key] = given[:1]
        elif not set(given) <= set(question.values()) or (question.asks is Asks.ONE and len(given) > 1):
            problems.append(refuse(question.key, _NOT_OFFERED))
        else:
            said[question.key] = [value for value in question.values() if value in given]
    if not said and not problems:
        problems = [refuse(question.key, _CHOOSE) for question in questions][:1]
    return said, problems
