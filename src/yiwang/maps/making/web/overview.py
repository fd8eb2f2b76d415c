"""Layers of one's organisation: drafts, what is published, its versions; begin one, withdraw one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yiwang.identity.api import account_names, actor_for, needs_officer
from yiwang.kernel.errors import InvalidInput, NotAllowed, YiwangError
from yiwang.kernel.text import Text
from yiwang.maps.making import api
from yiwang.maps.making.rules.comparing import differences
from yiwang.maps.making.web.asking import begin_controls, pair_of, told, typed
from yiwang.platform.web.language import say
from yiwang.platform.web.refusals import tell
from yiwang.registers.api import as_text


@needs_officer(api.MAKE)
@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """Drafts, and the latest version of each layer with its state, who and when."""
    actor = actor_for(request)
    drafts, made = api.list_layer_drafts(actor=actor), api.list_made_layers(actor=actor)
    names = account_names([*(one.saved_by for one in drafts), *(one.account_id for one in made)])
    open_drafts = {one.code: one.id for one in drafts}
    context = {
        "drafts": [{"draft": one, "by": names.get(one.saved_by, "—")} for one in drafts],
        "made": [
            {"made": one, "by": names.get(one.account_id, "—"), "draft": open_drafts.get(one.code)}
            for one in made
        ],
    }
    return render(request, "maps/making/all.html", context)


@needs_officer(api.MAKE)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """The register that is drawn, and the layer's name; what it begins as could be published."""
    actor = actor_for(request)
    controls, status = begin_controls(actor, {}), 200
    if request.method == "POST":
        answers = typed(controls, request.POST)
        controls, status = begin_controls(actor, answers), 422
        try:
            saved = api.begin_layer(
                actor=actor,
                at=timezone.now(),
                register=str(answers["register"]),
                title=pair_of("title", answers),
                summary=pair_of("summary", answers),
                group=pair_of("group", answers),
                code=str(answers["code"]),
            )
        except InvalidInput as refused:
            controls = told(controls, refused.problems)
        except NotAllowed:
            raise
        except YiwangError as refused:
            tell(request, refused)
        else:
            return redirect("layers:draft", draft=saved.draft)
    return render(request, "maps/making/begin.html", {"controls": controls}, status=status)


@needs_officer(api.MAKE)
@require_safe
def show_versions(request: HttpRequest, code: str) -> HttpResponse:
    """All versions of a layer, each with what it changed."""
    versions = api.list_layer_versions(actor=actor_for(request), layer=code)
    names = account_names([one.account_id for one in versions])
    rows = [
        {
            "version": one,
            "by": names.get(one.account_id, "—"),
            "changes": ()
            if one.is_withdrawal
            else differences(before.content if before else {}, one.content),
        }
        for one, before in zip(versions, [*versions[1:], None], strict=True)
    ]
    return render(request, "maps/making/versions.html", {"rows": rows, "latest": versions[0]})


@needs_officer(api.MAKE)
@require_POST
def change(request: HttpRequest, code: str) -> HttpResponse:
    """A draft of the next version."""
    try:
        saved = api.begin_change(actor=actor_for(request), at=timezone.now(), layer=code)
    except YiwangError as refused:
        tell(request, refused)
        return redirect("layers:all")
    return redirect("layers:draft", draft=saved.draft)


@needs_officer(api.MAKE)
@require_POST
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """There is no such layer any more, for nobody."""
    try:
        api.withdraw_layer(actor=actor_for(request), at=timezone.now(), layer=code)
    except YiwangError as refused:
        tell(request, refused)
    else:
        messages.success(request, say(Text("图层已撤下。", "The layer is withdrawn.")))
    return redirect("layers:all")


@needs_officer(api.MAKE)
@require_safe
def fetch_yaml(request: HttpRequest, code: str) -> HttpResponse:
    """The latest version as a pack would hold it."""
    latest = api.list_layer_versions(actor=actor_for(request), layer=code)[0]
    headers = {"Content-Disposition": f'attachment; filename="{latest.code}.yaml"'}
    return HttpResponse(
        as_text(latest.content), content_type="application/yaml; charset=utf-8", headers=headers
    )
