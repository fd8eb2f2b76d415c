"""Begin a layer of areas coloured by what lies in them."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.errors import FieldProblem, NotAllowed, YiwangError
from yiwang.kernel.text import Text
from yiwang.maps.definitions import Measure
from yiwang.maps.making import api
from yiwang.maps.making.contracts import Method
from yiwang.maps.making.rules.palettes import RAMPS
from yiwang.maps.making.web.asking import METHODS, pair, pair_of, told, typed
from yiwang.platform.contracts import Actor
from yiwang.platform.web.controls import Control, Option
from yiwang.platform.web.refusals import tell
from yiwang.platform.web.sheets import unfit

Answers = Mapping[str, object]
_FIRST: Answers = {"least": "1", "classes": "5", "method": "quantile", "ramp": "blues"}
_METHODS: Mapping[str, Method] = {"equal": "equal", "quantile": "quantile", "natural": "natural"}
_COUNT = Text("{register}：个数", "{register}: how many")
_SUM = Text("{register}：{field}合计", "{register}: {field} in all")
_WHOLE = Text("请填1至100的整数", "Give a whole number from 1 to 100")
_MOST_LEAST = 100


@needs_officer(api.MAKE)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """The areas, what is counted or summed up, the classes, and the layer's name."""
    actor = actor_for(request)
    controls, status = _controls(actor, _FIRST), 200
    if request.method == "POST":
        answers = typed(controls, request.POST)
        controls, status = _controls(actor, answers), 422
        problems = (*unfit(controls, answers), *_faults(answers))
        if problems:
            controls = told(controls, problems)
        elif (saved := _begun_or_told(request, actor, answers)) is not None:
            return redirect("layers:draft", draft=saved)
    return render(request, "maps/making/measure.html", {"controls": controls}, status=status)


def _begun_or_told(request: HttpRequest, actor: Actor, answers: Answers) -> int | None:
    """The draft; None where it was refused, which the page then says."""
    try:
        return _begun(actor, answers)
    except NotAllowed:
        raise
    except YiwangError as refused:
        tell(request, refused)
        return None


def _begun(actor: Actor, answers: Answers) -> int:
    register, areas = str(answers["areas"]).split("/")
    counted, by, total = str(answers["counted"]).split("/")
    title = pair_of("title", answers)
    measure = Measure.model_validate(
        {
            "title": pair_of("measure", answers).as_dict(),
            "register": counted,
            "by": by,
            "areas": areas,
            "sum": total or None,
            "least": int(str(answers["least"])),
        }
    )
    return api.begin_measure(
        actor=actor,
        at=timezone.now(),
        register=register,
        measure=measure,
        title=title,
        summary=pair_of("summary", answers),
        group=pair_of("group", answers),
        classes=int(str(answers["classes"])),
        method=_METHODS.get(str(answers["method"]), "quantile"),
        colours=str(answers["ramp"]),
        code=str(answers["code"]),
    ).draft


def _faults(answers: Answers) -> list[FieldProblem]:
    found = []
    for name in ("least", "classes"):
        said = str(answers.get(name) or "")
        if not (said.isascii() and said.isdecimal() and len(said) < 4 and 1 <= int(said) <= _MOST_LEAST):
            found.append(FieldProblem(name, _WHOLE))
    return found


def _controls(actor: Actor, answers: Answers) -> list[Control]:
    areas = [
        Option(value=f"{register.code}/{place.name}", label=register.title)
        for register, place in api.areas_of_divisions(actor)
    ]
    groups = list(api.known_groups(actor))[:8]
    hint = Text(
        "沿用已有分组：" + "、".join(group.zh for group in groups),
        "Groups that there are: " + ", ".join(group.en for group in groups),
    )
    return [
        _choice("areas", Text("画哪些区域", "Areas"), answers, areas),
        _choice("counted", Text("统计什么", "What is counted"), answers, _counted(actor)),
        *pair("measure", Text("数值名称", "Name of the number"), answers),
        Control(
            kind="integer",
            name="least",
            label=Text("少于几个不显示", "No number for fewer than"),
            hint=Text(
                "含个人信息的登记簿至少为3", "At least 3 where the register holds personal data"
            ),
            value=answers.get("least"),
            width=4,
        ),
        _choice("method", Text("分级方法", "Breaks"), answers, _named(METHODS)),
        Control(
            kind="integer",
            name="classes",
            label=Text("级数", "Number of classes"),
            value=answers.get("classes"),
            width=4,
        ),
        _choice("ramp", Text("分级色带", "Colours of classes"), answers,
                [Option(value=key, label=one.title) for key, one in RAMPS.items()]),
        *pair("title", Text("图层名称", "Title"), answers),
        *pair("summary", Text("一句话说明", "Summary"), answers),
        *pair("group", Text("分组", "Group"), answers, hint=hint if groups else ""),
        Control(
            kind="text",
            name="code",
            label=Text("编码", "Code"),
            hint=Text("留空则自动取名", "Empty gives one by itself"),
            value=answers.get("code"),
            max_length=41,
            required=False,
        ),
    ]  # fmt: skip


def _counted(actor: Actor) -> list[Option]:
    found = []
    for each in api.countable_registers(actor):
        code, by, title = each.register.code, each.by.name, each.register.title
        found.append(Option(value=f"{code}/{by}/", label=_COUNT.fill(register=title)))
        found += [
            Option(value=f"{code}/{by}/{one.name}", label=_SUM.fill(register=title, field=one.title))
            for one in each.numbers
        ]
    return found


def _named(words: Mapping[str, Text]) -> list[Option]:
    return [Option(value=key, label=label) for key, label in words.items()]


def _choice(name: str, label: Text, answers: Answers, options: list[Option]) -> Control:
    return Control(kind="choice", name=name, label=label, value=answers.get(name) or "", options=options)
