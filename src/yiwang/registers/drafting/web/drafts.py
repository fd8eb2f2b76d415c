"""One draft: its page, its head, its whole text, and its end by withdrawing or publishing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.errors import DefinitionRefused, NotAllowed, NotFound, YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.web.language import say
from yiwang.platform.web.refusals import tell
from yiwang.registers.drafting import api
from yiwang.registers.drafting.contracts import Checked, DraftChanged, DraftView
from yiwang.registers.drafting.web.answers import answers_of_head, head_of, text_of
from yiwang.registers.drafting.web.asking import head_controls
from yiwang.registers.drafting.web.forms import Answers, form_page, version_of
from yiwang.registers.drafting.web.shown import checked_parts, field_rows, frame

_SAVED = Text("已保存。", "Saved.")


def checked_of(draft: DraftView) -> Checked:
    """What the draft comes to now."""
    return api.check_draft(code=draft.code, owner=draft.owner, aim=draft.aim, text=draft.text)


@needs_officer(api.EDIT)
@require_safe
def show_draft(request: HttpRequest, draft: int) -> HttpResponse:
    """The head, the fields, what is wrong, and what publishing will do."""
    actor = actor_for(request)
    view = api.get_draft(actor=actor, draft=draft)
    context = frame(actor, view) | checked_parts(checked_of(view)) | {"rows": field_rows(view)}
    return render(request, "registers/drafting/draft.html", context)


@needs_officer(api.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_head(request: HttpRequest, draft: int) -> HttpResponse:
    """Titles, key and the rest of the head."""
    actor = actor_for(request)
    view = api.get_draft(actor=actor, draft=draft)

    def save(answers: Answers, *, version: int) -> None:
        api.save_head(
            actor=actor,
            at=timezone.now(),
            draft=draft,
            version=version,
            title=text_of("title", answers),
            summary=text_of("summary", answers),
            head=head_of(answers),
        )

    return form_page(
        request,
        frame(actor, view) | {"heading": Text("登记簿说明", "The register")},
        draft=draft,
        ask=lambda answers: head_controls(view.content, answers),
        present=answers_of_head(view.content),
        save=save,
        saved=_SAVED,
    )


@needs_officer(api.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_text(request: HttpRequest, draft: int) -> HttpResponse:
    """The whole definition as YAML; faults with their lines."""
    actor = actor_for(request)
    view = api.get_draft(actor=actor, draft=draft)
    context = frame(actor, view) | {"text": view.text}
    status = 200
    if request.method == "POST":
        content = request.POST.get("content", "")
        context["text"] = content
        try:
            api.save_text(
                actor=actor, at=timezone.now(), draft=draft, version=version_of(request), content=content
            )
        except DefinitionRefused as refused:
            context["problems"], status = refused.problems, refused.status
        except DraftChanged as refused:
            context["present"], status = view.text, refused.status
            tell(request, refused)
        except YiwangError as refused:
            status = refused.status
            tell(request, refused)
        else:
            messages.success(request, say(_SAVED))
            return redirect("registers:draft", draft=draft)
    return render(request, "registers/drafting/text.html", context, status=status)


@needs_officer(api.EDIT)
@require_POST
def withdraw(request: HttpRequest, draft: int) -> HttpResponse:
    """End the draft."""
    try:
        api.withdraw_draft(
            actor=actor_for(request), at=timezone.now(), draft=draft, version=version_of(request)
        )
    except YiwangError as refused:
        tell(request, refused)
        return redirect("registers:draft", draft=draft)
    messages.success(request, say(Text("草案已撤回。", "The draft is withdrawn.")))
    return redirect("registers:drafts")


@needs_officer(api.PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, draft: int) -> HttpResponse:
    """What publishing will do; sent, it is done, and what loses data only if that was confirmed."""
    actor = actor_for(request)
    view = api.get_draft(actor=actor, draft=draft)
    status = 200
    if request.method == "POST":
        try:
            done = api.publish_draft(
                actor=actor,
                at=timezone.now(),
                draft=draft,
                version=version_of(request),
                allow_destructive=request.POST.get("lose") == "yes",
            )
        except (NotAllowed, NotFound):
            raise
        except YiwangError as refused:
            status = refused.status
            tell(request, refused)
        else:
            words = Text("已发布。", "Published.") if view.aim == "define" else Text("已停用。", "Retired.")
            messages.success(request, say(words))
            if view.aim == "retire":
                return redirect("registers:drafts")
            return redirect("registers:register", code=done.register)
    context = frame(actor, view) | checked_parts(checked_of(view))
    return render(request, "registers/drafting/publish.html", context, status=status)
