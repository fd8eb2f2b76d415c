"""The page on which a page is edited: one form for its facts and the parts of its body, without script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.errors import Conflict, FieldProblem, InvalidInput, RuleViolation
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.web.controls import Control
from yiwang.platform.web.language import say
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import Content, DraftPage
from yiwang.portal.sites.rules import details
from yiwang.portal.sites.rules.bodies import rearranged
from yiwang.portal.sites.web import forms
from yiwang.portal.sites.web.desk import desk_frame, page_tabs, revision_of, state_of
from yiwang.portal.sites.web.detail_forms import detail_controls, row_groups
from yiwang.portal.sites.web.versions import sections

_SAVED = Text("已保存。", "Saved.")
_NO_SUCH_DAY = Text("请填写真实的日期", "Give a real date")


@needs_officer(api.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, site: str, parent: int, kind: str) -> HttpResponse:
    """A new page: its title and its address."""
    actor = actor_for(request)
    own = api.site_to_edit(actor, site)
    above = api.get_draft(actor, site, parent)
    now = timezone.localtime()
    controls = _begin_controls(request, now)
    status = 200
    if request.method == "POST":
        title, address = (request.POST.get(name, "").strip() for name in ("title", "address"))
        try:
            page = api.begin_page(
                actor=actor, at=now, site=site, parent=parent, kind=kind, address=address, title=title
            )
        except InvalidInput as refused:
            controls, status = forms.told(controls, refused.problems), 422
        except (Conflict, RuleViolation) as refused:
            problem = FieldProblem("address", refused.sentence)
            controls, status = forms.told(controls, [problem]), refused.status
        else:
            return redirect("site_desk:edit", site=site, page=page)
    wanted = next((one for one in api.taken_under(above.link.kind) if one.key == kind), None)
    context = desk_frame(request, own) | {"controls": controls, "above": above.link, "kind": wanted}
    return render(request, "site_desk/begin.html", context, status=status)


@needs_officer(api.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, site: str, page: int) -> HttpResponse:
    """The Chinese page, its facts and where its news flows."""
    return _edit(request, site, page, english=False)


@needs_officer(api.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_english(request: HttpRequest, site: str, page: int) -> HttpResponse:
    """What there is of it in English."""
    return _edit(request, site, page, english=True)


def _edit(request: HttpRequest, site: str, page: int, *, english: bool) -> HttpResponse:
    actor = actor_for(request)
    draft = api.get_draft(actor, site, page)
    if request.method != "POST":
        return _form(request, draft, draft.content, draft.revision, english=english)
    kind, act = draft.link.kind, request.POST.get("act", "save")
    content = forms.typed(draft.content, kind, request.POST, english=english)
    content = _rearranged(content, kind, act, english=english)
    revision = revision_of(request)
    problems: Sequence[FieldProblem] = ()
    if not english and forms.is_day_wrong(request.POST):
        problems = (FieldProblem("day", _NO_SUCH_DAY),)
        return _form(request, draft, content, revision, english=english, problems=problems, status=422)
    try:
        api.save_page(
            actor=actor, at=timezone.now(), site=site, page=page, revision=revision, content=content
        )
    except InvalidInput as refused:
        problems = refused.problems
        return _form(request, draft, content, revision, english=english, problems=problems, status=422)
    except Conflict as refused:
        messages.error(request, say(refused.sentence))
        draft = api.get_draft(actor, site, page)
        return _form(
            request, draft, content, draft.revision, english=english, status=refused.status, conflict=True
        )
    name = "site_desk:edit_english" if english else "site_desk:edit"
    if act == "save":
        messages.success(request, say(_SAVED))
        return redirect(name, site=site, page=page)
    anchor = act.split(":")[1] if act.startswith("rows:") else "body"
    return redirect(f"{reverse(name, args=[site, page])}#{anchor}")


def _rearranged(content: Content, kind: str, act: str, *, english: bool) -> Content:
    if act.startswith("rows:") and not english:
        return replace(
            content, details=details.rearranged(api.PAGE_KINDS.get(kind).fields, content.details, act)
        )
    if english:
        return replace(content, body_en=rearranged(content.body_en, act))
    return replace(content, body=rearranged(content.body, act))


def _form(
    request: HttpRequest,
    draft: DraftPage,
    content: Content,
    revision: int,
    *,
    english: bool,
    problems: Sequence[FieldProblem] = (),
    status: int = 200,
    conflict: bool = False,
) -> HttpResponse:
    actor, site, kind = actor_for(request), draft.link.site, api.PAGE_KINDS.get(draft.link.kind)
    own = api.site_to_edit(actor, site)
    files = api.list_files(actor, site)
    asked = forms.head_controls(content, kind.key, english=english)
    asked += detail_controls(kind.fields, content.details, files, english=english)
    heads = forms.told(asked, problems)
    groups = row_groups(kind.fields, content.details, files, english=english)
    blocks = [block for group in groups for block in _blocks_of(group)]
    path = "body_en" if english else "body"
    body = content.body_en if english else content.body
    parts = forms.part_controls(body, files, path) if kind.has_body else []
    for part in (*parts, *blocks):
        part["controls"] = forms.told(_controls_of(part), problems)
    everything = [*heads, *(one for part in (*blocks, *parts) for one in _controls_of(part))]
    review = api.review_of(actor, site, draft.link.id)
    context = desk_frame(request, own) | {
        "draft": draft,
        "kind": kind,
        "revision": revision,
        "heads": heads,
        "groups": groups,
        "parts": parts,
        "path": path,
        "everything": everything,
        "part_kinds": [{"key": key, "title": title} for key, title in forms.PART_TITLES.items()],
        "english": english,
        "findings": shown_findings(actor, draft),
        "state": state_of(live=draft.live, changed=draft.changed, standing=review.standing, owed=review.owed),
        "review": review,
        "views": page_tabs(request, own, draft.link.id),
    }
    if conflict:
        # what the other editor saved against what was typed here: nothing of either is lost
        context["theirs"] = api.last_version(actor, site, draft.link.id)
        context["sections"] = sections(api.compared(kind.key, draft.content, content))
    return render(request, "site_desk/edit.html", context, status=status)


def shown_findings(actor: Actor, draft: DraftPage) -> list[dict[str, object]]:
    """What the gate finds in what is saved; nothing is said of what is out as it stands."""
    if not draft.changed:
        return []
    found = api.findings(actor, draft.link.site, draft.link.id, on=timezone.localdate())
    return [
        {"blocks": one.blocks, "text": one.finding.text, "excerpt": one.finding.place.excerpt}
        for one in found
    ]


def _controls_of(part: dict[str, object]) -> list[Control]:
    found = part["controls"]
    return [one for one in found if isinstance(one, Control)] if isinstance(found, list) else []


def _blocks_of(group: dict[str, object]) -> list[dict[str, object]]:
    found = group["rows"]
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _begin_controls(request: HttpRequest, now: datetime) -> list[Control]:
    sent = request.POST
    return [
        Control(
            kind="text",
            name="title",
            label=Text("标题", "Title"),
            value=sent.get("title", ""),
            max_length=255,
        ),
        Control(
            kind="text",
            name="address",
            label=Text("网址的最后一段", "Last part of its address"),
            hint=Text(
                "小写字母、数字和连字符；发布后不再改变。",
                "Small letters, digits and hyphens; it does not change afterwards.",
            ),
            value=sent.get("address", f"{now:%Y%m%d-%H%M}"),
            max_length=60,
            width=24,
        ),
    ]
