"""The questions of a page as controls, and what was sent for them; files and rows of groups included."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.http import HttpRequest
from django.urls import reverse

from yiwang.cases.api import controls_of, draft_owner, rows_sent, with_rows
from yiwang.cases.definitions.form import Question, QuestionKind
from yiwang.exchange.api import list_resources
from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json
from yiwang.platform.web.controls import Control, Typed, raw_answer
from yiwang.portal.queries.application import Application
from yiwang.portal.web.lists import choosable
from yiwang.portal.web.uploads import shown_files, take_files


@dataclass(slots=True)
class Sent:
    """What a page sent, by field; problems are those of its files."""

    fields: dict[str, Typed] = field(default_factory=dict)
    problems: list[FieldProblem] = field(default_factory=list)


def read_sent(request: HttpRequest, application: Application, questions: Iterable[Question]) -> Sent:
    """Read the fields of the questions that were on the page; others are not looked at."""
    sent = Sent()
    for question in questions:
        if question.kind is QuestionKind.FILE:
            _read_files(request, application, question, sent)
        elif question.kind is QuestionKind.GROUP:
            sent.fields |= rows_sent(request.POST, question)
        else:
            sent.fields[question.key] = raw_answer(str(question.kind), question.key, request.POST)
    return sent


def _read_files(request: HttpRequest, application: Application, question: Question, sent: Sent) -> None:
    taken = take_files(
        request,
        name=question.key,
        present=file_ids(application.answers.get(question.key)),
        accept=question.accept,
        most_megabytes=question.max_megabytes,
        owner=draft_owner(application.draft.id),
        at=application.at,
    )
    sent.fields[question.key] = [str(file_id) for file_id in taken.ids]
    sent.problems += [FieldProblem(question.key, text) for text in taken.problems]


def file_ids(answer: Json) -> tuple[int, ...]:
    """The ids of stored files that an answer holds."""
    listed = answer if isinstance(answer, list) else [answer]
    return tuple(
        int(each)
        for each in listed
        if (isinstance(each, int) and not isinstance(each, bool))
        or (isinstance(each, str) and each.isdecimal())
    )


def asked(
    application: Application,
    questions: Sequence[Question],
    *,
    sent: Sent | None = None,
    problems: Sequence[FieldProblem] = (),
) -> tuple[Control, ...]:
    """Controls with the kept answers, or with what was typed and what is wrong with it."""
    answers = application.answers
    typed = sent.fields if sent is not None else None
    controls = controls_of(
        questions, answers=answers, typed=typed, problems=problems, sources=_sources(application)
    )
    shown = []
    for question, control in zip(questions, controls, strict=True):
        match question.kind:
            case QuestionKind.FILE:
                ids = file_ids(list(typed[question.key] or ()) if typed else answers.get(question.key))
                shown.append(_file_control(application, question, control, ids))
            case QuestionKind.GROUP:
                kept = answers.get(question.key)
                shown.append(with_rows(control, question, kept, typed=typed, problems=problems))
            case _:
                shown.append(choosable(control))
    return tuple(shown)


def _file_control(
    application: Application, question: Question, control: Control, ids: Sequence[int]
) -> Control:
    address = reverse("portal:draft_file", args=[application.draft.id, 0])
    return replace(
        control,
        value=shown_files(ids, address),
        multiple=True,
        max_bytes=question.max_megabytes * 1_000_000,
    )


def _sources(application: Application) -> dict[str, Text]:
    """From which register an answer was filled in, while it still is what the register says."""
    noted = {
        key: str(note.get("resource", ""))
        for key, note in application.sources.items()
        if application.answers.get(key) == note.get("value")
    }
    if not noted:
        return {}
    titles = {info.code: info.title for info in list_resources()}
    return {key: titles[code] for key, code in noted.items() if code in titles}
