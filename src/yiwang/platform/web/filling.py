"""A page with one form: shown, judged, acted upon; what was refused is shown again as it was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yiwang.kernel.errors import FieldProblem, YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control, raw_answer, sent_date, sent_day
from yiwang.platform.web.sheets import problems_of, unfit, with_errors

_NO_DAY = Text("请填写日期", "Enter a day")
_NOT_A_DAY = Text("没有这一天，请核对年、月、日", "There is no such day: check year, month and day")


def fill_in(
    request: HttpRequest,
    template: str,
    controls: Sequence[Control],
    act: Callable[[], HttpResponse],
    context: Mapping[str, object],
) -> HttpResponse:
    """Show the form (``controls`` and ``errors`` join the context); once sent and fit, do the act.

    The act gives what follows; when it refuses, the page comes again with status 422.

    Raises:
        NotAllowed, NotFound: of the act.
    """
    shown = tuple(controls)
    problems: tuple[FieldProblem, ...] = ()
    errors: list[dict[str, object]] = []
    if request.method == "POST":
        problems = sent_problems(request, shown)
        if not problems:
            try:
                return act()
            except YiwangError as refused:
                problems = problems_of(refused)
        shown, errors = with_errors(shown, request.POST, problems)
    filled = {**context, "controls": shown, "errors": errors}
    return render(request, template, filled, status=422 if problems else 200)


def sent_problems(request: HttpRequest, controls: Sequence[Control]) -> tuple[FieldProblem, ...]:
    """What is missing or too long, and days that are none."""
    plain = [control for control in controls if control.kind not in {"date", "file"}]
    answers = {control.name: raw_answer(control.kind, control.name, request.POST) for control in plain}
    dates = [control for control in controls if control.kind == "date"]
    faults = ((control.name, _day_fault(request, control)) for control in dates)
    days = (FieldProblem(name, text) for name, text in faults if text is not None)
    return (*unfit(plain, answers), *days)


def _day_fault(request: HttpRequest, control: Control) -> Text | None:
    if not any(sent_date(request.POST, control.name).values()):
        return _NO_DAY if control.required else None
    return None if sent_day(request.POST, control.name) else _NOT_A_DAY


def day_sent(request: HttpRequest, name: str) -> date:
    """A day of the form; ``sent_problems`` has seen that it is one."""
    found = sent_day(request.POST, name)
    assert found is not None  # noqa: S101 - judged before
    return found
