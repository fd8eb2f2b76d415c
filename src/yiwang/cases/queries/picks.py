"""Entries of registers that forms pick: what there is, what it fills in, and what conflicts with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from yiwang.cases.contracts.picks import Choice, PickView
from yiwang.cases.contracts.views import CaseForOfficer
from yiwang.cases.definitions.form import Form, Page, Question
from yiwang.cases.definitions.picks import Beside, Picks
from yiwang.cases.queries.matters import code_lists, form_of, root_of
from yiwang.cases.queries.types import type_version
from yiwang.cases.rows.numbers import ZONE
from yiwang.cases.rules.forms.picks import OVERLAP, conflicts_of, filled_in, said_of
from yiwang.cases.rules.forms.walk import NOTHING, Answers, Surroundings, walk
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json
from yiwang.registers.api import Picked, crossings, find_beside, find_picked, get_register, list_picked

#: Under this key a case keeps which version of an entry was picked when it was sent, by question.
PICKED = "picked"


def choices_for(
    picks: Picks, *, text: str = "", at: tuple[float, float] | None = None, key: str = ""
) -> tuple[Choice, ...]:
    """Entries by the beginning of a text, at a longitude and latitude, or the one of a key.

    Raises:
        TimeLimitReached: the database took too long.
    """
    if key:
        one = find_picked(picks.register_code, key)
        return _choices(picks, (one,) if one is not None else ())
    return _choices(picks, list_picked(picks.register_code, text=text, at=at))


def with_pick(
    page: Page, question: Question, key: str, answers: Answers, *, at: datetime
) -> dict[str, Json] | None:
    """The answers with an entry picked and what it fills in; None if there is no such entry."""
    picks = question.picks
    found = find_picked(picks.register_code, key) if picks is not None else None
    if picks is None or found is None:
        return None
    lists = code_lists(at.astimezone(ZONE).date())
    filled = filled_in(page, picks, {**found.values, **found.shapes}, answers, lists=lists)
    return {**filled, question.key: found.key}


def picks_of(
    form: Form, answers: Answers, *, at: datetime, surroundings: Surroundings = NOTHING
) -> tuple[PickView, ...]:
    """Every question that picks and is asked, with what speaks against what was picked."""
    if all(question.picks is None for _, question in form.questions()):
        return ()
    walked = walk(form, answers, surroundings=surroundings, at=at)
    return tuple(
        _view(question, question.picks, walked.answers, at=at)
        for visible in walked.pages
        for question in visible.questions
        if question.picks is not None
    )


def picked_versions(form: Form, answers: Answers, *, at: datetime) -> dict[str, Json]:
    """Number and version of each entry that is picked, to be kept with the case."""
    return {
        view.question: {"entry": view.choice.entry, "version": view.choice.version}
        for view in picks_of(form, answers, at=at)
        if view.choice is not None
    }


def picks_of_case(view: CaseForOfficer, *, at: datetime) -> tuple[PickView, ...]:
    """What was picked in the application of a case, as the registers are now."""
    root = root_of(view.case.id)
    form = form_of(type_version(root.type_version_id))
    if form is None:
        return ()
    kept = root.data.get(PICKED)
    versions = kept if isinstance(kept, dict) else {}
    return tuple(
        _since(found, versions.get(found.question))
        for found in picks_of(form, dict(view.answers), at=at)
        if found.key
    )


def _since(found: PickView, kept: Json) -> PickView:
    """The same with whether the entry has another version than was picked; a correction may pick another."""
    now, then = found.choice, kept if isinstance(kept, dict) else {}
    is_same = now is not None and then.get("entry") == now.entry
    return replace(found, has_changed=is_same and now is not None and then.get("version") != now.version)


def _view(question: Question, picks: Picks, answers: Mapping[str, Json], *, at: datetime) -> PickView:
    key = str(answers.get(question.key) or "")
    found = find_picked(picks.register_code, key) if key else None
    choice = _choices(picks, (found,))[0] if found is not None else None
    conflicts = _conflicts(picks, answers, found, at=at) if found is not None else ()
    return PickView(
        question=question.key,
        label=question.label,
        key=key,
        choice=choice,
        warnings=(*(choice.crossed if choice is not None else ()), *conflicts),
        is_gone=bool(key) and choice is None,
    )


def _conflicts(picks: Picks, answers: Mapping[str, Json], found: Picked, *, at: datetime) -> tuple[Text, ...]:
    known = {"answers": answers, "picked": found.values}
    said = list(conflicts_of(picks.conflicts, known, found.words, at=at))
    for declared in picks.beside:
        one = _beside(declared, [found.key]).get(found.key)
        if one is None:
            said += conflicts_of(declared.missing, known, found.words, at=at)
        else:
            said += conflicts_of(declared.conflicts, {**known, "beside": one.values}, one.words, at=at)
    return tuple(said)


def _beside(declared: Beside, keys: Sequence[str]) -> dict[str, Picked]:
    return find_beside(declared.register_code, declared.field, keys, latest=declared.latest)


def _choices(picks: Picks, found: Sequence[Picked]) -> tuple[Choice, ...]:
    if not found:
        return ()
    crossed = _crossed(picks, [each.entry for each in found])
    beside = [(declared, _beside(declared, [each.key for each in found])) for declared in picks.beside]
    return tuple(
        Choice(
            entry=each.entry,
            version=each.version,
            key=each.key,
            facts=(
                *_facts(picks.register_code, picks.shown, each),
                *(
                    (Text(f"{declared.title.zh}：{title.zh}", f"{declared.title.en}: {title.en}"), words)
                    for declared, others in beside
                    if each.key in others
                    for title, words in _facts(declared.register_code, declared.shown, others[each.key])
                ),
            ),
            crossed=tuple(crossed.get(each.entry, ())),
            place=each.place,
        )
        for each in found
    )


def _facts(register: str, names: Sequence[str], found: Picked) -> Iterator[tuple[Text, Text]]:
    titles = {field.name: field.title for field in get_register(register).fields}
    for name in names:
        # a field that was closed since is not among the words
        if name in found.words and found.values[name] not in (None, ""):
            yield titles[name], found.words[name]


def _crossed(picks: Picks, entries: Sequence[int]) -> dict[int, list[Text]]:
    """What lies over each entry, said as the form says it."""
    said: dict[int, list[Text]] = {}
    for crossed in picks.crosses:
        found = crossings(picks.register_code, entries, crossed.register_code, least=crossed.least)
        for entry, each in found.items():
            said.setdefault(entry, []).extend(
                said_of(crossed.says, {**one.words, OVERLAP: _metres(one.overlap)}) for one in each
            )
    return said


def _metres(overlap: float) -> Text:
    written = f"{overlap:,.0f}"
    return Text(written, written)
