"""Check your answers, declare, send: once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yiwang.cases.api import code_lists, file_names, submit_draft, summarise, with_noted
from yiwang.cases.contracts import ThingNotFound
from yiwang.cases.definitions.form import QuestionKind
from yiwang.identity.api import needs_sign_in
from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control, Option
from yiwang.platform.web.language import say
from yiwang.portal.queries.application import Application
from yiwang.portal.rules.subjects import limit_text
from yiwang.portal.web.apply.already import already_public
from yiwang.portal.web.apply.asked import file_ids
from yiwang.portal.web.apply.opened import applicant_name, open_application, page_address, paper_address
from yiwang.portal.web.apply.picked import picks_in

_SENT = "portal_sent"
_MOST_REMEMBERED = 20
_DECLARE = Text("提交前请先声明所填内容真实", "Declare that what you state is true before you send it")
_ALREADY = Text(
    "这份申请已经提交过了，下面是您的办件。", "This application has been sent already. Here are your cases."
)
_DECLARATION = Text(
    "所填内容和所交材料真实、有效；如有隐瞒或虚假，愿承担法律责任",
    "What I state and hand in is true and valid; I answer in law for anything withheld or false",
)


@needs_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def check(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Everything on one page with a way to change each line; sending it twice gives one case."""
    try:
        opened = open_application(request, draft_id)
    except ThingNotFound:
        sent_before = _sent_before(request, draft_id)
        if sent_before is None:
            raise
        return redirect("portal:receipt", case_id=sent_before)
    if request.method != "POST":
        return _show(request, opened, (), declared=False)
    if request.POST.get("declaration") != "yes":
        return _show(request, opened, (FieldProblem("declaration", _DECLARE),), declared=False)
    return _send(request, opened)


def _send(request: HttpRequest, opened: Application) -> HttpResponse:
    try:
        sent = submit_draft(actor=opened.actor, at=timezone.now(), draft_id=opened.draft.id)
    except InvalidInput as refused:
        return _show(request, opened, refused.problems, declared=True)
    except ThingNotFound:
        # It was there a moment ago: another request of the same person was first.
        messages.info(request, say(_ALREADY))
        return redirect("portal:cases")
    _remember(request, opened.draft.id, sent.case_id)
    return redirect("portal:receipt", case_id=sent.case_id)


def _remember(request: HttpRequest, draft_id: int, case_id: int) -> None:
    known = list(request.session.get(_SENT, []))[-_MOST_REMEMBERED:]
    request.session[_SENT] = [*known, [draft_id, case_id]]


def _sent_before(request: HttpRequest, draft_id: int) -> int | None:
    """The case that a draft became in this session, for who goes back or presses twice."""
    return next((case for known, case in request.session.get(_SENT, []) if known == draft_id), None)


def _show(
    request: HttpRequest, opened: Application, problems: tuple[FieldProblem, ...], *, declared: bool
) -> HttpResponse:
    declaration = Control(
        kind="choices",
        name="declaration",
        label=Text("声明", "Declaration"),
        options=[Option(value="yes", label=_DECLARATION)],
        value=["yes"] if declared else [],
        errors=[problem.text for problem in problems if problem.path == "declaration"],
    )
    left = () if opened.is_whole else _left(opened)
    promised = opened.item.definition.promised_limit
    context = {
        "item": opened.item,
        "draft": opened.draft,
        "applicant": applicant_name(opened),
        "conflicts": [
            {"pick": view, "href": _page_of(opened, view.question)}
            for view in picks_in(opened).values()
            if view.warnings
        ],
        "sections": _sections(opened),
        "papers": _papers(opened),
        "declaration": declaration,
        "whole": opened.is_whole,
        "errors": [{"text": p.text, "href": _way_to(opened, p, declaration)} for p in problems],
        "left": left,
        "already": already_public(opened.item, opened.answers, today=timezone.localdate(opened.at)),
        "promised": limit_text(promised.amount, promised.unit),
    }
    return render(request, "portal/apply/check.html", context, status=422 if problems else 200)


def _way_to(opened: Application, problem: FieldProblem, declaration: Control) -> str:
    """Where a problem can be put right: its page, its material, or the declaration below."""
    if problem.path == "declaration":
        return f"#{declaration.anchor}"
    root, _, rest = problem.path.partition(".")
    if root == "materials":
        if any(paper.material.key == rest for paper in opened.papers):
            return paper_address(opened, rest, checking=True)
        return reverse("portal:application", args=[opened.draft.id])
    return _page_of(opened, root)


def _page_of(opened: Application, key: str) -> str:
    """The page of a question, from which one comes back here."""
    for page, question in opened.form.questions():
        if question.key == key:
            return page_address(opened, page.key, checking=True)
    return "#main"


def _left(opened: Application) -> list[dict[str, object]]:
    found: list[dict[str, object]] = [
        {
            "text": state.page.title,
            "href": reverse("portal:application_page", args=[opened.draft.id, state.page.key])
            + "?from=check",
        }
        for state in opened.pages
        if state.state != "done"
    ]
    found += [
        {
            "text": paper.material.title,
            "href": paper_address(opened, paper.material.key, checking=True),
        }
        for paper in opened.papers
        if paper.state == "missing"
    ]
    return found


def _sections(opened: Application) -> list[dict[str, object]]:
    kinds = {question.key: question.kind for _, question in opened.form.questions()}
    names = file_names(
        file_id
        for key, kind in kinds.items()
        if kind is QuestionKind.FILE
        for file_id in file_ids(opened.answers.get(key))
    )
    sections = []
    pages = summarise(
        opened.form,
        opened.answers,
        lists=code_lists(timezone.localdate(opened.at)),
        surroundings=opened.surroundings,
        at=opened.at,
    )
    for page in with_noted(pages, opened.answers, opened.addresses):
        address = page_address(opened, page.key, checking=True)
        rows = []
        for row in page.rows:
            value: object = list(row.shown)
            if kinds.get(row.path) is QuestionKind.FILE:
                ids = file_ids(opened.answers.get(row.path))
                value = [names[file_id].name for file_id in ids if file_id in names] or list(row.shown)
            rows.append({"key": row.label, "value": value, "href": address})
        sections.append({"title": page.title, "rows": rows})
    return sections


def _papers(opened: Application) -> list[dict[str, object]]:
    names = file_names(file_id for paper in opened.papers for file_id in paper.files)
    words = {
        "held": {"text": Text("使用电子证照，免交", "On file; the licence is used"), "tone": "success"},
        "missing": {"text": Text("未上传", "Missing"), "tone": "danger"},
        "optional": Text("未交（可不交）", "Not given (optional)"),
    }
    return [
        {
            "key": paper.material.title,
            "value": [
                {
                    "text": names[file_id].name,
                    "href": reverse("portal:draft_file", args=[opened.draft.id, file_id]),
                }
                for file_id in paper.files
                if file_id in names
            ]
            or words[paper.state],
            "href": paper_address(opened, paper.material.key, checking=True),
        }
        for paper in opened.papers
    ]
