"""Load a file of entries; what is wrong is shown by line and can be fetched as a file."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.text import Text
from yiwang.platform.http.downloads import download
from yiwang.platform.web.controls import Control, Option
from yiwang.registers import api
from yiwang.registers.contracts import LoadReport, OnBadRows
from yiwang.registers.loading.lines import ENCODINGS
from yiwang.registers.web.listing import refuse_strangers, register_context

_MISSING = Text("请选择文件", "Choose a file")


@needs_officer("registers.file.load")
@require_http_methods(["GET", "HEAD", "POST"])
def load(request: HttpRequest, code: str) -> HttpResponse:
    """The form, and the outcome of a load."""
    refuse_strangers(actor_for(request), code, "registers.file.load")
    context = register_context(request, code, "entries")
    upload = request.FILES.get("file")
    if request.method == "POST" and upload is not None:
        choice: OnBadRows = "take_good" if request.POST.get("on_bad_rows") == "take_good" else "refuse_all"
        encoding = request.POST.get("encoding", "")
        report = api.load_file(
            actor=actor_for(request),
            at=timezone.now(),
            register=code,
            file=upload,
            on_bad_rows=choice,
            encoding=encoding if encoding in ENCODINGS else None,
        )
        context |= {"report": report, "problems": _problems(code, report)}
        return render(request, "registers/loaded.html", context, status=200 if report.loaded else 422)
    missing = request.method == "POST"
    context["controls"] = [
        _file_control(missing=missing),
        _choice_control(),
        _encoding_control(),
    ]
    return render(request, "registers/load.html", context, status=422 if missing else 200)


def _problems(code: str, report: LoadReport) -> list[dict[str, object]]:
    definition = api.get_register(code)
    shown: list[dict[str, object]] = []
    for problem in report.problems:
        field = definition.find(problem.field)
        title = field.title if field else problem.field or Text("整行", "The line")
        shown.append({"line": problem.line, "field": title, "reason": problem.reason})
    return shown


def _file_control(*, missing: bool) -> Control:
    return Control(
        kind="file",
        name="file",
        label=Text("CSV 文件", "CSV file"),
        hint=Text(
            "首行为字段名或字段标题；UTF-8 或 GB 18030 编码", "Field names or titles first; UTF-8 or GB 18030"
        ),
        errors=(_MISSING,) if missing else (),
    )


def _choice_control() -> Control:
    return Control(
        kind="choice",
        name="on_bad_rows",
        label=Text("有错误行时", "If a row is wrong"),
        value="refuse_all",
        options=[
            Option(value="refuse_all", label=Text("整个文件不导入", "Load nothing")),
            Option(value="take_good", label=Text("只导入正确的行", "Load the good rows")),
        ],
    )


def _encoding_control() -> Control:
    return Control(
        kind="choice",
        name="encoding",
        label=Text("文件编码", "Encoding"),
        value="",
        required=False,
        options=[
            Option(value="", label=Text("自动识别", "Find out")),
            Option(value="utf-8", label="UTF-8"),
            Option(value="gb18030", label="GB 18030"),
        ],
    )


@needs_officer("registers.file.load")
@require_safe
def report(request: HttpRequest, code: str, load: int) -> FileResponse:
    """The report of a load of this register, as CSV."""
    return download(api.get_report(actor=actor_for(request), register=code, load=load))
