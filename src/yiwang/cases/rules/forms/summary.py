"""Check your answers: each visible question with its answer in words, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from yiwang.cases.definitions.form import Form, Question, QuestionKind
from yiwang.cases.rules.forms import wording
from yiwang.cases.rules.forms.areas import corners_of, place_words, square_metres
from yiwang.cases.rules.forms.parsing import Lists
from yiwang.cases.rules.forms.walk import NOTHING, Answers, Surroundings, walk
from yiwang.kernel.feel import Json
from yiwang.kernel.text import Text

#: Corners of an area that are told one by one.
_TOLD_CORNERS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryRow:
    """One line: the question, its answer line by line, and the page on which it can be changed."""

    path: str
    label: Text
    shown: tuple[Text, ...]
    page: str
    is_personal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryPage:
    """The lines of one page."""

    key: str
    title: Text
    rows: tuple[SummaryRow, ...]


def summarise(
    form: Form,
    answers: Answers,
    *,
    lists: Lists,
    masked: bool = False,
    surroundings: Surroundings = NOTHING,
    at: datetime | None = None,
) -> tuple[SummaryPage, ...]:
    """The visible answers. ``masked`` hides personal ones for readers without a grant.

    A file is shown by how many there are; who shows names looks them up by the ids in the answers.
    """
    walked = walk(form, answers, surroundings=surroundings, at=at)
    return tuple(
        SummaryPage(
            key=visible.page.key,
            title=visible.page.title,
            rows=tuple(
                SummaryRow(
                    path=question.key,
                    label=question.label,
                    shown=_lines(question, walked.answers.get(question.key), lists, masked=masked),
                    page=visible.page.key,
                    is_personal=question.personal,
                )
                for question in visible.questions
            ),
        )
        for visible in walked.pages
    )


def _lines(question: Question, value: Json, lists: Lists, *, masked: bool) -> tuple[Text, ...]:
    if value is None or value == []:
        return (wording.NOT_GIVEN,)
    if masked and question.personal:
        return (masked_answer(question, value),)
    if question.kind is QuestionKind.GROUP and isinstance(value, list):
        return tuple(_row(question, row, lists, masked=masked) for row in value if isinstance(row, dict))
    if question.kind is QuestionKind.CHOICES and isinstance(value, list):
        return tuple(_option(question, str(part)) for part in value)
    if question.kind is QuestionKind.LONG_TEXT:
        return tuple(Text(line, line) for line in str(value).split("\n") if line.strip())
    return (shown_answer(question, value, lists),)


def _row(group: Question, row: dict[str, Json], lists: Lists, *, masked: bool) -> Text:
    zh: list[str] = []
    en: list[str] = []
    for question in group.questions:
        if question.key not in row:
            continue
        lines = _lines(question, row[question.key], lists, masked=masked)
        zh.append(f"{question.label.zh}：{'、'.join(line.zh for line in lines)}")
        en.append(f"{question.label.en}: {', '.join(line.en for line in lines)}")
    return Text("；".join(zh), "; ".join(en))


def shown_answer(question: Question, value: Json, lists: Lists) -> Text:
    """One kept answer in words."""
    write = _WRITERS.get(question.kind)
    return Text(str(value), str(value)) if write is None else write(question, value, lists)


def masked_answer(question: Question, value: Json) -> Text:
    """What somebody without a grant sees: enough to tell that there is an answer, not which."""
    text = str(value)
    match question.kind:
        case QuestionKind.ID_NUMBER if len(text) == 18:
            hidden = f"{text[:6]}********{text[14:]}"
        case QuestionKind.PHONE if len(text) >= 8:
            hidden = f"{text[:3]}****{text[-4:]}"
        case QuestionKind.TEXT if len(text) > 1:
            hidden = f"{text[0]}{'*' * min(len(text) - 1, 3)}"
        case _:
            hidden = "****"
    return Text(hidden, hidden)


def _option(question: Question, value: str) -> Text:
    for option in question.options:
        if option.value == value:
            return option.label
    return Text(value, value)  # an option that a later version of the form has dropped


def _number(value: Json, unit: Text | None, *, places: int = 0) -> Text:
    number = Decimal(str(value))
    written = f"{number:,.{places}f}" if places and number != int(number) else f"{number:,f}"
    if unit is None:
        return Text(written, written)
    return Text(f"{written}{unit.zh}", f"{written} {unit.en}")


def _industry(code: str, lists: Lists) -> Text:
    name = lists.industries.get(code)
    return Text(code, code) if name is None else Text(f"{code} {name.zh}", f"{code} {name.en}")


def _division(code: str, lists: Lists) -> Text:
    return lists.divisions.get(code, Text(code, code))


def _area(kept: str) -> Text:
    """How large it is, and its first corners."""
    corners = corners_of(kept)
    if not corners:
        return Text(kept, kept)
    told = [f"{place_words(east)},{place_words(north)}" for east, north in corners[:_TOLD_CORNERS]]
    more = " …" if len(corners) > _TOLD_CORNERS else ""
    return wording.AREA.fill(
        corners=len(corners), size=f"{square_metres(corners):,.1f}", places="; ".join(told) + more
    )


def _files(value: Json) -> Text:
    count = len(value) if isinstance(value, list) else 1
    return Text(f"{count}个文件", f"{count} file{'' if count == 1 else 's'}")


_WRITERS: dict[QuestionKind, Callable[[Question, Json, Lists], Text]] = {
    QuestionKind.YES_NO: lambda question, value, lists: wording.YES if value is True else wording.NO,
    QuestionKind.CHOICE: lambda question, value, lists: _option(question, str(value)),
    QuestionKind.AREA: lambda question, value, lists: _area(str(value)),
    QuestionKind.DATE: lambda question, value, lists: wording.day(str(value)),
    QuestionKind.MONEY: lambda question, value, lists: _number(value, wording.YUAN, places=2),
    QuestionKind.INTEGER: lambda question, value, lists: _number(value, question.unit),
    QuestionKind.DECIMAL: lambda question, value, lists: _number(value, question.unit),
    QuestionKind.DIVISION: lambda question, value, lists: _division(str(value), lists),
    QuestionKind.INDUSTRY: lambda question, value, lists: _industry(str(value), lists),
    QuestionKind.FILE: lambda question, value, lists: _files(value),
}
