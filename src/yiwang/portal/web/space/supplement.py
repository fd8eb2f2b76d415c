"""Answer the notice of corrections: only what it names can be changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.cases.api import (
    answer_supplement,
    case_for_applicant,
    case_type,
    code_lists,
    controls_of,
    filled_from_entry,
    form_of,
    is_picking,
    pick_lists,
    picked_addresses,
    read_page,
    rows_sent,
    settle_addresses,
    unsettled,
    waiting_file,
    with_places,
    with_rows,
)
from yiwang.cases.contracts import (
    CaseForApplicant,
    GivenMaterial,
    PickList,
    SupplementNotOpen,
    SupplementView,
)
from yiwang.cases.definitions.case_type import Material
from yiwang.cases.definitions.form import Form, Page, Question, QuestionKind
from yiwang.identity.api import needs_sign_in, organisation_names
from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor, Json
from yiwang.platform.http.downloads import download
from yiwang.platform.web.controls import Control, Typed, anchors_of, raw_answer
from yiwang.platform.web.language import say
from yiwang.portal.web.lists import choosable
from yiwang.portal.web.space.me import frame, me
from yiwang.portal.web.uploads import shown_files, take_files
from yiwang.registers.api import BookAddress

_PAGE = "supplement"
_KEPT = "portal_supplement"
_DONE = Text("补正内容已提交，时限继续计算。", "Your corrections are sent; the time limit runs on.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the notice names, as questions and materials with what to do about each."""

    questions: tuple[Question, ...]
    materials: tuple[Material, ...]
    what: Mapping[str, str]


@needs_sign_in
@require_safe
def supplement_file(request: HttpRequest, case_id: int, file_id: int) -> FileResponse:
    """A file that was uploaded for the corrections and is not sent yet."""
    return download(waiting_file(actor=me(request), case_id=case_id, file_id=file_id))


@needs_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def supplement(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show and take the corrections; files that were good stay while others are put right."""
    actor, at = me(request), timezone.now()
    view = case_for_applicant(actor=actor, case_id=case_id, at=at)
    if view.supplement is None or "cases.supplement.answer" not in view.may:
        raise SupplementNotOpen(number=view.case.number)
    named = _named(view, view.supplement)
    if request.method != "POST":
        return _show(request, actor, view, named, _kept(request, case_id))
    if is_picking(request.POST):
        files, _ = _take_papers(request, view, named)
        request.POST = filled_from_entry(  # type: ignore[assignment]  # as if this had been typed
            _form(view, named).pages, request.POST, _read(request, view, named)[0], at=at
        )
        return _show(request, actor, view, named, files)
    return _take(request, actor, view, named)


def _named(view: CaseForApplicant, notice: SupplementView) -> Asked:
    item = case_type(view.case.type_code)
    form = form_of(item)
    known = {question.key: question for _, question in form.questions()} if form is not None else {}
    papers = {material.key: material for material in item.definition.materials}
    paths = dict.fromkeys(entry.path.partition(".")[0] for entry in notice.items if entry.path)
    keys = dict.fromkeys(entry.material for entry in notice.items if entry.material)
    return Asked(
        questions=tuple(
            known[path].model_copy(update={"show_if": None, "prefill": None})
            for path in paths
            if path in known
        ),
        materials=tuple(papers[key] for key in keys if key in papers),
        what={entry.path or f"material.{entry.material}": entry.what for entry in notice.items},
    )


def _kept(request: HttpRequest, case_id: int) -> dict[str, list[int]]:
    kept = request.session.get(_KEPT, {})
    found = kept.get(str(case_id), {}) if isinstance(kept, dict) else {}
    return {key: list(ids) for key, ids in found.items()}


def _take(request: HttpRequest, actor: Actor, view: CaseForApplicant, named: Asked) -> HttpResponse:
    at, case_id = timezone.now(), view.case.id
    files, problems = _take_papers(request, view, named)
    answers, wrong = _read(request, view, named)
    settled = settle_addresses(named.questions, answers, {}, picked_addresses(named.questions, request.POST))
    problems += wrong or unsettled(settled)
    if not problems:
        try:
            answer_supplement(
                actor=actor,
                at=at,
                case_id=case_id,
                answers=answers,
                addresses=settled.notes,
                materials=[
                    GivenMaterial(key=key, file_id=file_id) for key, ids in files.items() for file_id in ids
                ],
            )
        except InvalidInput as refused:
            problems += list(refused.problems)
        else:
            request.session[_KEPT] = {
                key: value for key, value in request.session.get(_KEPT, {}).items() if key != str(case_id)
            }
            messages.success(request, say(_DONE))
            return redirect("portal:case", case_id=case_id)
    return _show(request, actor, view, named, files, problems=problems, places=(answers, settled.open))


def _take_papers(
    request: HttpRequest, view: CaseForApplicant, named: Asked
) -> tuple[dict[str, list[int]], list[FieldProblem]]:
    """Take the files; the good ones are remembered in the session until all is right."""
    kept, problems = _kept(request, view.case.id), []
    for material in named.materials:
        taken = take_files(
            request,
            name=f"material.{material.key}",
            present=kept.get(material.key, []),
            accept=material.accept,
            most_megabytes=material.most_megabytes,
            owner=f"case:{view.case.id}",
            at=timezone.now(),
        )
        kept[material.key] = list(taken.ids)
        problems += [FieldProblem(f"material.{material.key}", text) for text in taken.problems]
    request.session[_KEPT] = {**request.session.get(_KEPT, {}), str(view.case.id): kept}
    return {material.key: kept[material.key] for material in named.materials}, problems


def _read(
    request: HttpRequest, view: CaseForApplicant, named: Asked
) -> tuple[dict[str, Json], list[FieldProblem]]:
    if not named.questions:
        return {}, []
    sent = _typed(request, named)
    result = read_page(
        _form(view, named),
        _PAGE,
        sent,
        dict(view.answers),
        lists=code_lists(timezone.localdate()),
        at=timezone.now(),
    )
    keys = {question.key for question in named.questions}
    return {key: value for key, value in result.answers.items() if key in keys}, list(result.problems)


def _form(view: CaseForApplicant, named: Asked) -> Form:
    """What the notice names as a form of one page."""
    return Form(code=_PAGE, pages=(Page(key=_PAGE, title=view.case.type_title, questions=named.questions),))


def _typed(request: HttpRequest, named: Asked) -> dict[str, Typed]:
    """What was sent for the questions; files come as papers."""
    sent: dict[str, Typed] = {}
    for question in named.questions:
        if question.kind is QuestionKind.GROUP:
            sent |= rows_sent(request.POST, question)
        elif question.kind is not QuestionKind.FILE:
            sent[question.key] = raw_answer(str(question.kind), question.key, request.POST)
    return sent


def _show(
    request: HttpRequest,
    actor: Actor,
    view: CaseForApplicant,
    named: Asked,
    files: Mapping[str, list[int]],
    *,
    problems: list[FieldProblem] | None = None,
    places: tuple[Mapping[str, Json], Mapping[str, tuple[BookAddress, ...]]] = ({}, {}),
) -> HttpResponse:
    listed = problems or []
    typed = _typed(request, named) if request.method == "POST" else None
    asked = [
        with_rows(control, question, view.answers.get(question.key), typed=typed, problems=listed)
        if question.kind is QuestionKind.GROUP
        else control
        for question, control in zip(
            named.questions,
            controls_of(named.questions, answers=view.answers, typed=typed, problems=listed),
            strict=True,
        )
    ]
    controls = [choosable(control) for control in with_places(asked, *places)]
    controls += [_paper(view, material, files, listed) for material in named.materials]
    anchors = anchors_of(controls)
    picks = _picks(request, actor, view, named)
    notice = view.supplement
    assert notice is not None  # noqa: S101 - asked for by the view
    context = frame(request, actor, "cases") | {
        "case": view.case,
        "notice": notice,
        "asked_by": organisation_names({notice.organisation})[notice.organisation],
        "asked": [
            {"control": control, "what": named.what.get(control.name, ""), "pick": picks.get(control.name)}
            for control in controls
        ],
        "has_picks": bool(picks),
        "has_map": any(pick.ground for pick in picks.values()),
        "errors": [
            {"text": p.text, "href": anchors.get(p.path.replace("materials.", "material."), "#main")}
            for p in listed
        ],
    }
    return render(request, "portal/space/supplement.html", context, status=422 if listed else 200)


def _picks(request: HttpRequest, actor: Actor, view: CaseForApplicant, named: Asked) -> dict[str, PickList]:
    """What is picked by the questions that the notice names, with the answers that stay as they are."""
    if not any(question.picks is not None for question in named.questions):
        return {}
    answers = dict(view.answers)
    if request.method == "POST":
        keys = {question.key for question in named.questions}
        kept = {key: value for key, value in answers.items() if key not in keys}
        answers = kept | _read(request, view, named)[0]
    return pick_lists(_form(view, named), request.POST, answers, actor=actor, at=timezone.now())


def _paper(
    view: CaseForApplicant, material: Material, files: Mapping[str, list[int]], problems: list[FieldProblem]
) -> Control:
    name = f"material.{material.key}"
    address = reverse("portal:supplement_file", args=[view.case.id, 0])
    return Control(
        kind="file",
        name=name,
        label=material.title,
        value=shown_files(files.get(material.key, []), address),
        errors=[p.text for p in problems if p.path in {name, f"materials.{material.key}"}],
        accept=[f".{kind}" for kind in material.accept],
        max_bytes=material.most_megabytes * 1_000_000,
        multiple=True,
    )
