"""Counter entry (E9): the officer takes an application in for the person who stands at the window."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.cases.api import (
    applied_types,
    case_type,
    code_lists,
    controls_of,
    filled_from_entry,
    form_of,
    is_picking,
    pick_lists,
    picked_addresses,
    register_at_counter,
    rows_sent,
    settle_addresses,
    unsettled,
    with_places,
    with_rows,
)
from yiwang.cases.contracts import (
    Applicant,
    ApplicantKind,
    AppliedType,
    CaseTypeNotFound,
    Channel,
    GivenMaterial,
)
from yiwang.cases.definitions.form import Form, Question, QuestionKind, Visitor
from yiwang.cases.queries.standard_addresses import Settled
from yiwang.cases.rules.forms.pages import read_page
from yiwang.identity.api import actor_for, find_entity_by_credit_code, needs_officer, record_person
from yiwang.identity.contracts import PersonView
from yiwang.kernel.errors import FieldProblem, InvalidInput, YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json
from yiwang.platform.web.controls import Control, Option, Typed, anchors_of, raw_answer, sent_date
from yiwang.platform.web.language import say
from yiwang.platform.web.sheets import problems_of

#: Rows to fill in of a group: the page can't grow without being sent.
_SPARE_ROWS = 2
_UNKNOWN_FIRM = Text(
    "法人库里没有这个代码，请核对营业执照", "The register of firms does not know this code; check the licence"
)
_TAKEN = Text(
    "已收件：{number}，查询码 {code}。请把受理回执交给申请人。",
    "Taken in: {number}, tracking code {code}. Give the receipt to the applicant.",
)
_FILL_IN = Text("请填写此项", "Please fill this in")
_MISSING = Text("请填写“{label}”", "Enter “{label}”")
_PERSON_FIELDS = {"name": "who-name", "resident_id": "who-id", "phone": "who-phone"}
_OF_VISITOR = {
    Visitor.NAME: "who-name",
    Visitor.RESIDENT_ID: "who-id",
    Visitor.PHONE: "who-phone",
    Visitor.CREDIT_CODE: "who-code",
}
_SAME = Text("与上面填写的相同时可以不填", "Leave blank if it is the same as above")
_IF_FIRM = Text("单位申请时填写，个人申请留空", "For a firm or organisation; a person leaves it blank")
_NO_DAY = Text("请填写真实存在的日期", "Enter a day that exists")
_SIGNED = Control(
    kind="date",
    name="signed_on",
    label=Text("签收日期（邮寄件由本机关签收的）", "Signed for on (post that the office signed for)"),
    hint=Text(
        "以签收之日为收到申请之日；平常信函留空，收到当日与申请人确认",
        "That day is the day of receipt; leave it blank for ordinary post and confirm the receipt with the"
        " applicant the same day",
    ),
    required=False,
)
_CHANNELS = {
    "counter": Text("窗口当面", "At the counter"),
    "post": Text("邮寄来件", "By post"),
}


def _taken_in_here(item: AppliedType) -> bool:
    return item.process is not None and bool({"counter", "post"} & set(item.definition.channels))


@needs_officer("cases.case.register")
@require_safe
def choose_service(request: HttpRequest) -> HttpResponse:
    """The items that can be taken in at a counter."""
    items = [item for item in applied_types() if _taken_in_here(item)]
    return render(request, "cases/counter.html", {"items": items})


@needs_officer("cases.case.register")
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest, code: str) -> HttpResponse:
    """All questions on one page; papers are ticked as seen."""
    item = case_type(code)
    form = form_of(item)
    if not _taken_in_here(item) or form is None:
        raise CaseTypeNotFound(type_code=code)
    problems: tuple[FieldProblem, ...] = ()
    if request.method == "POST" and is_picking(request.POST):
        answers = _read(request, item, form)[0]
        filled = filled_from_entry(form.pages, request.POST, answers, at=timezone.now())
        request.POST = filled  # type: ignore[assignment]  # the form as if this had been typed
    elif request.method == "POST":
        try:
            return _register(request, item, form)
        except YiwangError as refused:
            problems = problems_of(refused)
    context = _context(request, item, form, problems)
    return render(request, "cases/counter_form.html", context, status=422 if problems else 200)


def _register(request: HttpRequest, item: AppliedType, form: Form) -> HttpResponse:
    actor, at = actor_for(request), timezone.now()
    answers, problems = _read(request, item, form)
    missing = [
        FieldProblem(path=control.name, text=_MISSING.fill(label=say(control.label)))
        for control in _who(item)
        if control.required and not request.POST.get(control.name, "").strip()
    ]
    settled = _settled(request, form, answers)
    open_addresses = () if problems else unsettled(settled)
    if missing or problems or open_addresses:
        raise InvalidInput(problems=(*missing, *problems, *open_addresses))
    opened = register_at_counter(
        actor=actor,
        at=at,
        type_code=item.code,
        applicant=_applicant(request, item),
        answers=answers,
        materials=[GivenMaterial(key=key) for key in request.POST.getlist("seen")],
        channel=_channel(request, item),
        signed_on=_signed_on(request, item),
        addresses=settled.notes,
    )
    messages.success(request, say(_TAKEN.fill(number=opened.number, code=opened.tracking_code)))
    return redirect("desk:case", number=opened.number)


def _channel(request: HttpRequest, item: AppliedType) -> Channel:
    """How the application came, of the ways that the item offers here."""
    sent = request.POST.get("channel", "counter")
    if sent not in _CHANNELS or sent not in item.definition.channels:
        raise InvalidInput(problems=(FieldProblem(path="channel", text=_FILL_IN),))
    return Channel(sent)


def _signed_on(request: HttpRequest, item: AppliedType) -> date | None:
    """The day on which the office signed for a letter; what is no day is told."""
    if item.definition.receipt != "confirmed":
        return None
    typed = sent_date(request.POST, _SIGNED.name)
    if not any(typed.values()):
        return None
    try:
        return date(*(int(typed[part]) for part in ("year", "month", "day")))
    except ValueError as wrong:
        raise InvalidInput(problems=(FieldProblem(path=_SIGNED.name, text=_NO_DAY),)) from wrong


def _read(
    request: HttpRequest, item: AppliedType, form: Form
) -> tuple[dict[str, Json], tuple[FieldProblem, ...]]:
    lists = code_lists(timezone.localdate())
    for_firm = "legal_entity" in item.definition.applicants and not _for_oneself(request, item)
    asking = {"applicant": {"kind": ApplicantKind.LEGAL_ENTITY if for_firm else ApplicantKind.PERSON}}
    answers: dict[str, Json] = {}
    problems: list[FieldProblem] = []
    for page in form.pages:
        sent = _page_sent(request, page.questions)
        result = read_page(form, page.key, sent, answers, lists=lists, surroundings=asking, at=timezone.now())
        answers = dict(result.answers)
        problems += result.problems
    return answers, tuple(problems)


def _settled(request: HttpRequest, form: Form, answers: Mapping[str, Json]) -> Settled:
    questions = [question for _, question in form.questions()]
    return settle_addresses(questions, answers, {}, picked_addresses(questions, request.POST))


def _page_sent(request: HttpRequest, questions: Iterable[Question]) -> dict[str, Typed]:
    """What was typed for the questions of a page, the rows of groups field by field."""
    sent: dict[str, Typed] = {}
    for question in questions:
        if question.kind is QuestionKind.GROUP:
            sent |= rows_sent(request.POST, question)
        else:
            sent[question.key] = _sent(request, question)
    return sent


def _sent(request: HttpRequest, question: Question) -> str | list[str] | dict[str, str]:
    """What was typed. Nobody types twice: a blank answer about the visitor is what the card says."""
    typed = raw_answer(str(question.kind), question.key, request.POST)
    if question.visitor is None or (isinstance(typed, str) and typed.strip()):
        return typed
    return request.POST.get(_OF_VISITOR[question.visitor], "").strip()


def _person(request: HttpRequest) -> PersonView:
    """Whoever stands at the window; a form may ask for a name of its own, so problems say whose it is."""
    try:
        return record_person(
            actor=actor_for(request),
            at=timezone.now(),
            name=request.POST.get("who-name", "").strip(),
            resident_id=request.POST.get("who-id", "").strip(),
            phone=request.POST.get("who-phone", "").strip(),
        )
    except InvalidInput as refused:
        placed = tuple(replace(p, path=_PERSON_FIELDS.get(p.path, p.path)) for p in refused.problems)
        raise InvalidInput(problems=placed) from refused


def _applicant(request: HttpRequest, item: AppliedType) -> Applicant:
    person = _person(request)
    if "legal_entity" not in item.definition.applicants or _for_oneself(request, item):
        return Applicant(kind=ApplicantKind.PERSON, name=person.name, person_id=person.id)
    entity = find_entity_by_credit_code(request.POST.get("who-code", "").strip())
    if entity is None:
        raise InvalidInput(problems=(FieldProblem(path="who-code", text=_UNKNOWN_FIRM),))
    return Applicant(
        kind=ApplicantKind.LEGAL_ENTITY, name=entity.name, entity_id=entity.id, agent_person_id=person.id
    )


def _for_oneself(request: HttpRequest, item: AppliedType) -> bool:
    """Where both may ask, no credit code means that the person asks and not a firm."""
    return "person" in item.definition.applicants and not request.POST.get("who-code", "").strip()


def _who(item: AppliedType) -> tuple[Control, ...]:
    person = (
        Control(kind="text", name="who-name", label=Text("到场人姓名", "Name of the person present")),
        Control(kind="id_number", name="who-id", label=Text("公民身份号码", "Resident identity number")),
        Control(kind="phone", name="who-phone", label=Text("手机号码", "Mobile number")),
    )
    if "legal_entity" not in item.definition.applicants:
        return person
    label = Text("统一社会信用代码", "Unified social credit code")
    both = "person" in item.definition.applicants
    firm = Control(
        kind="credit_code", name="who-code", label=label, required=not both, hint=_IF_FIRM if both else ""
    )
    return (firm, *person)


def _as_asked_here(question: Question, control: Control) -> Control:
    """A question about the visitor may stay blank."""
    if question.visitor is None:
        return control
    return replace(control, hint=_SAME, required=False)


def _asked(
    request: HttpRequest, questions: Sequence[Question], problems: Sequence[FieldProblem]
) -> tuple[Control, ...]:
    """The questions of a page as they were answered; a group with two rows more than are filled."""
    typed: dict[str, Typed] | None = None
    if request.method == "POST":
        typed = {}
        for question in questions:
            if question.kind is QuestionKind.GROUP:
                typed |= rows_sent(request.POST, question)
            else:
                typed[question.key] = raw_answer(str(question.kind), question.key, request.POST)
    controls = controls_of(questions, answers={}, typed=typed, problems=problems)
    return tuple(
        with_rows(control, question, None, typed=typed, problems=problems, spare=_SPARE_ROWS)
        if question.kind is QuestionKind.GROUP
        else control
        for question, control in zip(questions, controls, strict=True)
    )


def _context(
    request: HttpRequest, item: AppliedType, form: Form, problems: tuple[FieldProblem, ...]
) -> dict[str, object]:
    posted = request.method == "POST"
    who = tuple(
        replace(
            control,
            value=request.POST.get(control.name, ""),
            errors=[problem.text for problem in problems if problem.path == control.name],
        )
        for control in _who(item)
    )
    answers = _read(request, item, form)[0] if posted else {}
    picks = pick_lists(form, request.POST, answers, actor=actor_for(request), at=timezone.now())
    found = _settled(request, form, answers).open
    sections, every = [], [*who]
    for page in form.pages:
        asked = with_places(_asked(request, page.questions, problems), answers, found)
        controls = [_as_asked_here(*pair) for pair in zip(page.questions, asked, strict=True)]
        every += controls
        sections.append(
            {"title": page.title, "asked": [(control, picks.get(control.name)) for control in controls]}
        )
    anchors = anchors_of(every)
    return {
        "item": item,
        "who": who,
        "sections": sections,
        "picks": picks,
        "has_map": any(pick.ground for pick in picks.values()),
        "materials": item.definition.materials,
        "seen": request.POST.getlist("seen"),
        "channels": [
            Option(value=key, label=label)
            for key, label in _CHANNELS.items()
            if key in item.definition.channels
        ],
        "signed": replace(
            _SIGNED,
            value=sent_date(request.POST, _SIGNED.name),
            errors=[problem.text for problem in problems if problem.path == _SIGNED.name],
        )
        if item.definition.receipt == "confirmed" and "post" in item.definition.channels
        else None,
        "errors": [{"text": p.text, "href": anchors.get(p.path, "#main")} for p in problems],
    }
