"""One material of an application: upload, replace, remove; or leave it to the licence on file (E5)."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yiwang.cases.api import draft_owner
from yiwang.cases.contracts import DraftMovedOn
from yiwang.identity.api import needs_sign_in, organisation_names
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control
from yiwang.platform.web.language import say
from yiwang.portal.contracts import PageNotFound
from yiwang.portal.queries.application import Application, PaperState
from yiwang.portal.rules.draft_files import with_files
from yiwang.portal.web.apply.opened import applicant_name, is_checking, keep, open_application, sent_version
from yiwang.portal.web.uploads import shown_files, take_files

_SAVED = Text("文件已保存。", "The files are saved.")
_NONE_CHOSEN = Text("请选择要上传的文件", "Choose a file to upload")
_FIELD = "files"


@needs_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def paper(request: HttpRequest, draft_id: int, key: str) -> HttpResponse:
    """Show or take one material. Files that were good stay, whatever was wrong with others."""
    opened = open_application(request, draft_id)
    state = next((found for found in opened.papers if found.material.key == key), None)
    if state is None:
        raise PageNotFound
    if request.method == "POST":
        return _take(request, opened, state)
    return _show(request, opened, state, state.files)


def _take(request: HttpRequest, opened: Application, state: PaperState) -> HttpResponse:
    material = state.material
    taken = take_files(
        request,
        name=_FIELD,
        present=state.files,
        accept=material.accept,
        most_megabytes=material.most_megabytes,
        owner=draft_owner(opened.draft.id),
        at=opened.at,
    )
    try:
        saved = keep(
            opened,
            files=with_files(opened.draft.files, material.key, taken.ids),
            expected_version=sent_version(request, opened),
        )
    except DraftMovedOn:
        return _show(request, opened, state, state.files, stale=True)
    problems = list(taken.problems)
    goes_on = "add" not in request.POST
    if goes_on and state.needed and not taken.ids and state.state != "held":
        problems.append(_NONE_CHOSEN)
    fresh = replace(opened, draft=saved)
    if problems:
        return _show(request, fresh, state, taken.ids, problems=problems)
    if not goes_on:
        messages.success(request, say(_SAVED))
        return redirect("portal:application_paper", draft_id=saved.id, key=material.key)
    if is_checking(request):
        return redirect("portal:application_check", draft_id=saved.id)
    return redirect("portal:application", draft_id=saved.id)


def _show(
    request: HttpRequest,
    opened: Application,
    state: PaperState,
    ids: tuple[int, ...],
    *,
    problems: list[Text] | None = None,
    stale: bool = False,
) -> HttpResponse:
    material = state.material
    control = Control(
        kind="file",
        name=_FIELD,
        label=Text("选择文件", "Choose files"),
        value=shown_files(ids, reverse("portal:draft_file", args=[opened.draft.id, 0])),
        errors=problems or (),
        required=state.needed,
        accept=[f".{kind}" for kind in material.accept],
        max_bytes=material.most_megabytes * 1_000_000,
        multiple=True,
    )
    issuer: Text | None = None
    if state.licence is not None:
        issuer = organisation_names({state.licence.organisation})[state.licence.organisation]
    context = {
        "item": opened.item,
        "draft": opened.draft,
        "applicant": applicant_name(opened),
        "paper": state,
        "material": material,
        "control": control,
        "has_files": bool(ids),
        "licence": state.licence,
        "issuer": issuer,
        "errors": [{"text": text, "href": f"#{control.anchor}"} for text in problems or ()],
        "stale": stale,
    }
    status = 409 if stale else 422 if problems else 200
    return render(request, "portal/apply/paper.html", context, status=status)
