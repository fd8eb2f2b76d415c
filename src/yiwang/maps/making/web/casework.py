"""Begin a layer of cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.errors import InvalidInput, NotAllowed, YiwangError
from yiwang.kernel.text import Text
from yiwang.maps.making import api
from yiwang.maps.making.contracts import SavedLayer
from yiwang.maps.making.rules.case_layers import COLOURED_BY
from yiwang.maps.making.web.asking import code_control, group_controls, pair, pair_of, told, typed
from yiwang.platform.contracts import Actor
from yiwang.platform.web.controls import Control, Option
from yiwang.platform.web.refusals import tell
from yiwang.platform.web.sheets import unfit

Answers = Mapping[str, object]
_FIRST: Answers = {"which": "open", "coloured_by": "phase"}
_WHICH = (
    Option(value="open", label=Text("在办的", "Open ones")),
    Option(value="all", label=Text("全部，含已办结的", "All, those that are over too")),
)
_COLOURS: Mapping[str, Text] = {
    "phase": Text("按办理阶段", "By phase"),
    "light": Text(
        "按时限状态（正常、即将到期、黄牌、红牌）", "By time limit (on time, due soon, yellow card, red card)"
    ),
    "item": Text("按事项", "By item"),
}


@needs_officer(api.MAKE)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """The items, which of their cases, by what they are coloured, and the layer's name."""
    actor = actor_for(request)
    items = api.drawable_items(actor)
    controls, status = _controls(actor, items, _FIRST), 200
    if request.method == "POST":
        answers = typed(controls, request.POST)
        controls, status = _controls(actor, items, answers), 422
        if problems := unfit(controls, answers):
            controls = told(controls, problems)
        else:
            try:
                saved = _begun(actor, answers)
            except InvalidInput as refused:
                controls = told(controls, refused.problems)
            except NotAllowed:
                raise
            except YiwangError as refused:
                tell(request, refused)
            else:
                return redirect("layers:draft", draft=saved.draft)
    context = {"controls": controls, "has_items": bool(items)}
    return render(request, "maps/making/cases.html", context, status=status)


def _begun(actor: Actor, answers: Answers) -> SavedLayer:
    items = answers["items"]
    return api.begin_case_layer(
        actor=actor,
        at=timezone.now(),
        items=[str(item) for item in items] if isinstance(items, list) else [],
        title=pair_of("title", answers),
        summary=pair_of("summary", answers),
        group=pair_of("group", answers),
        coloured_by=str(answers["coloured_by"]),
        only_open=answers["which"] == "open",
        code=str(answers["code"]),
    )


def _controls(actor: Actor, items: Mapping[str, Text], answers: Answers) -> list[Control]:
    offered = [Option(value=code, label=title) for code, title in items.items()]
    colours = [Option(value=name, label=_COLOURS[name]) for name in COLOURED_BY]
    return [
        Control(
            kind="choices",
            name="items",
            label=Text("画哪些事项的办件", "Cases of which items"),
            hint=Text(
                "只列出问地址、且您查得到办件的事项", "Those that ask for an address and whose cases you find"
            ),
            value=answers.get("items"),
            options=offered,
        ),
        _choice("which", Text("哪些办件", "Which cases"), answers, _WHICH),
        _choice("coloured_by", Text("分色", "Colours"), answers, colours),
        *pair("title", Text("图层名称", "Title"), answers),
        *pair("summary", Text("一句话说明", "Summary"), answers),
        *group_controls(actor, answers),
        code_control(answers),
    ]


def _choice(name: str, label: Text, answers: Answers, options: Sequence[Option]) -> Control:
    return Control(kind="choice", name=name, label=label, value=answers.get(name) or "", options=options)
