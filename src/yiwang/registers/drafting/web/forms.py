"""A form of a draft: shown, judged, shown again with what is wrong, or saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yiwang.kernel.errors import InvalidInput, YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control
from yiwang.platform.web.language import say
from yiwang.platform.web.refusals import tell
from yiwang.registers.drafting.web.answers import typed
from yiwang.registers.drafting.web.asking import told

Answers = Mapping[str, object]


class Save(Protocol):
    """Gives the answers of a form to a command."""

    def __call__(self, answers: Answers, *, version: int) -> object:
        """Raise the command's refusals; those of single answers are shown beside them."""


def version_of(request: HttpRequest) -> int:
    """The version that a form was filled in on; 0, which none has, where it says nothing."""
    given = request.POST.get("_version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def form_page(
    request: HttpRequest,
    context: Mapping[str, object],
    *,
    draft: int,
    ask: Callable[[Answers], list[Control]],
    present: Answers,
    save: Save,
    saved: Text,
) -> HttpResponse:
    """Ask with the ``present`` answers; what was typed is saved, or asked again with the reason."""
    controls, status = ask(present), 200
    if request.method == "POST":
        answers = typed(controls, request.POST)
        controls, status = ask(answers), 422
        try:
            save(answers, version=version_of(request))
        except InvalidInput as refused:
            controls = told(controls, refused.problems)
        except YiwangError as refused:
            status = refused.status
            tell(request, refused)
        else:
            messages.success(request, say(saved))
            return redirect("registers:draft", draft=draft)
    shown = {**context, "controls": controls}
    return render(request, "registers/drafting/form.html", shown, status=status)
