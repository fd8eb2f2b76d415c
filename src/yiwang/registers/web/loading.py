"""Load a file of entries; what is wrong is shown by line and can be fetched as a file."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor, StorageFull
from yiwang.platform.http.downloads import download
from yiwang.platform.http.uploads import is_full
from yiwang.platform.web.controls import Control, Option
from yiwang.registers import api
from yiwang.registers.contracts import FileNotTaken, IntakeNotFound, IntakeState, LoadReport, OnBadRows
from yiwang.registers.definitions import SHAPES, FieldKind
from yiwang.registers.geographic import FILE_SYSTEMS
from yiwang.registers.loading.lines import ENCODINGS
from yiwang.registers.loading.sheet import LEFT_OUT
from yiwang.registers.web.listing import refuse_strangers, register_context

_MISSING = Text("请选择文件", "Choose a file")


#: Loaded while the officer waits: a second or two.
_AT_ONCE = 2_000_000
#: Of a file whose places come from its addresses: some hundred of them are found in a second.
_PLACED_AT_ONCE = 30_000
_PART = 8_000_000


@needs_officer("registers.file.load")
@require_http_methods(["GET", "HEAD", "POST"])
def load(request: HttpRequest, code: str) -> HttpResponse:
    """The form; a file that is sent leads to the page of its load."""
    refuse_strangers(actor_for(request), code, "registers.file.load")
    context = register_context(request, code, "entries")
    upload = request.FILES.get("file")
    fault: Text | None = None
    if request.method == "POST":
        if upload is not None:
            try:
                return redirect("registers:intake", code, _taken(request, code, upload))
            except FileNotTaken as refusal:
                fault = refusal.sentence
        fault = fault or _MISSING
    context["controls"] = [_file_control(fault), _choice_control(), _encoding_control(), *_systems(code)]
    return render(request, "registers/load.html", context, status=422 if fault else 200)


def _taken(request: HttpRequest, code: str, upload: UploadedFile[bytes]) -> int:
    """Put the file down part by part, and begin."""
    if is_full(upload):
        raise StorageFull
    actor, at = actor_for(request), timezone.now()
    encoding = request.POST.get("encoding", "")
    intake = api.receive_file(
        actor=actor,
        at=at,
        register=code,
        name=upload.name or "",
        size=upload.size or 0,
        on_bad_rows=choice(request.POST.get("on_bad_rows")),
        encoding=encoding if encoding in ENCODINGS else "",
        system=declared_system(request.POST.get("system", "")),
        repairing=request.POST.get("crossing") == "repair",
    )
    offset = 0
    for part in upload.chunks(_PART):
        offset = api.append_part(actor=actor, intake=intake, offset=offset, content=part)
    begin(actor, intake, upload.size or 0)
    return intake


def declared_system(given: str) -> str:
    """The reference system that an officer declares; what nobody knows is none."""
    return given if given in FILE_SYSTEMS else ""


def begin(
    actor: Actor, intake: int, size: int, columns: dict[str, str] | None = None, placed_by: str = ""
) -> None:
    """Have a file loaded; a small one while the officer waits."""
    at = timezone.now()
    state = api.begin_load(actor=actor, at=at, intake=intake, columns=columns, placed_by=placed_by)
    most = _PLACED_AT_ONCE if api.get_intake(actor=actor, intake=intake).placed_by else _AT_ONCE
    if state is IntakeState.WAITING and size <= most:
        try:
            api.load_intake(actor=actor, at=at, intake=intake)
        except YiwangError as refusal:
            api.refuse_intake(intake=intake, reason=refusal.sentence)


def choice(given: object) -> OnBadRows:
    """What to do with bad rows: nothing is loaded unless it is asked for."""
    return "take_good" if given == "take_good" else "refuse_all"


@needs_officer("registers.file.load")
@require_http_methods(["GET", "HEAD", "POST"])
def show_intake(request: HttpRequest, code: str, intake: int) -> HttpResponse:
    """How far a load is, what its columns are if they don't tell it themselves, and what became of it."""
    actor = actor_for(request)
    found = api.get_intake(actor=actor, intake=intake)
    if found.register != code:
        raise IntakeNotFound(intake=intake)
    if request.method == "POST" and found.state is IntakeState.MAPPING:
        columns = {
            name: request.POST.get(f"column{place}", LEFT_OUT) for place, name in enumerate(found.head)
        }
        begin(actor, intake, found.size, columns, _chosen_place(request, found.head))
        return redirect("registers:intake", code, intake)
    context = register_context(request, code, "entries") | {
        "intake": found,
        "report": found.report,
        "problems": _problems(code, found.report) if found.report else [],
        "running": found.state in _RUNNING,
        "state": _STATES[found.state],
        "declared": FILE_SYSTEMS[found.system] if found.system else None,
        "left": _left(found.seconds_left),
        "controls": _asked_columns(code, found.head) if found.state is IntakeState.MAPPING else [],
        "placed": _placed(found.report) if found.report else None,
    }
    renewed = bool(request.headers.get("HX-Request"))
    name = "intake_region" if renewed else "intake"
    # the page renews itself from answers that are no refusals; what it then shows says what failed
    failed = found.report is not None and not found.report.loaded and not renewed
    return render(request, f"registers/{name}.html", context, status=422 if failed else 200)


_RUNNING = frozenset({IntakeState.WAITING, IntakeState.CHECKING, IntakeState.WRITING})
_STATES = {
    IntakeState.RECEIVING: Text("正在上传", "Arriving"),
    IntakeState.MAPPING: Text("请指明各列", "Say what the columns are"),
    IntakeState.WAITING: Text("正在读取", "Reading"),
    IntakeState.CHECKING: Text("正在检查", "Checking"),
    IntakeState.WRITING: Text("正在写入", "Writing"),
    IntakeState.DONE: Text("已结束", "Ended"),
    IntakeState.REFUSED: Text("没有导入", "Not loaded"),
}
_SOON = Text("预计不到1分钟。", "Less than a minute to go.")
_MINUTES = Text("预计还需约{n}分钟。", "About {n} minutes to go.")


def _left(seconds: int | None) -> Text | None:
    """How long it will still take, in whole minutes: finer would pretend."""
    if seconds is None:
        return None
    return _SOON if seconds < 60 else _MINUTES.fill(n=max(2, -(-seconds // 60)))


_LEAVE_OUT = Text("（不导入这一列）", "(leave this column out)")


def _column_controls(code: str, head: tuple[str, ...]) -> list[Control]:
    guessed = api.guessed_columns(code, head)
    fields = [Option(value=field.name, label=field.title) for field in api.get_register(code).fields]
    return [
        Control(
            kind="choice",
            name=f"column{place}",
            label=Text(name, name) if name else Text("（无列名）", "(no name)"),
            value=guessed[name],
            options=[Option(value=LEFT_OUT, label=_LEAVE_OUT), *fields],
        )
        for place, name in enumerate(head)
    ]


_NOT_BY_ADDRESS = Text("（不按地址定位）", "(not from addresses)")
_PLACED_BY = Text("位置取自哪一列的地址", "Column of addresses that gives the places")
_PLACED_HINT = Text(
    "文件没有坐标时，可按地址在标准地址库中查找位置（和编码）；可信度不够的行不导入，逐行列出理由和可能的地址",
    "Without coordinates, places (and codes) may be looked up in the register of addresses; rows that are "
    "not sure enough are not loaded but listed with the reason and what they may mean",
)


def _asked_columns(code: str, head: tuple[str, ...]) -> list[Control]:
    """A question for each column, and which of them gives the places of a file without coordinates."""
    controls = _column_controls(code, head)
    proposed = api.proposed_place(code, head)
    if not proposed:
        return controls
    options = [Option(value=str(place), label=name) for place, name in enumerate(head) if name]
    return [
        Control(
            kind="choice",
            name="placed_by",
            label=_PLACED_BY,
            hint=_PLACED_HINT,
            value=str(head.index(proposed)),
            options=[*options, Option(value="", label=_NOT_BY_ADDRESS)],
            required=False,
        ),
        *controls,
    ]


def _chosen_place(request: HttpRequest, head: tuple[str, ...]) -> str:
    """The head of the column that was chosen; empty for none."""
    sent = request.POST.get("placed_by", "")
    return head[int(sent)] if sent.isascii() and sent.isdecimal() and int(sent) < len(head) else ""


def _placed(report: LoadReport) -> dict[str, int] | None:
    """How sure the places are that addresses gave: rows, and the least, middle and highest per cent."""
    if not report.placed:
        return None
    rows, middle, passed = sum(count for _, count in report.placed), 0, 0
    for sure, count in report.placed:
        if passed * 2 < rows:
            middle = sure
        passed += count
    return {"rows": rows, "least": report.placed[0][0], "middle": middle, "most": report.placed[-1][0]}


def _problems(code: str, report: LoadReport) -> list[dict[str, object]]:
    definition = api.get_register(code)
    shown: list[dict[str, object]] = []
    for problem in report.problems:
        field = definition.find(problem.field)
        title = field.title if field else problem.field or Text("整行", "The line")
        shown.append({"line": problem.line, "field": title, "reason": problem.reason})
    return shown


def _file_control(fault: Text | None) -> Control:
    return Control(
        kind="file",
        name="file",
        label=Text(
            "文件（CSV、XLSX、Parquet、GeoPackage、Shapefile 压缩包、GeoJSON、CityJSON、KML、DXF）",
            "File (CSV, XLSX, Parquet, GeoPackage, Shapefile in a ZIP file, GeoJSON, CityJSON, KML, DXF)",
        ),
        hint=Text(
            "首行为字段名或字段标题；名称不同的列在下一步对应",
            "Field names or titles first; columns of other names are matched in the next step",
        ),
        errors=(fault,) if fault else (),
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


def _systems(code: str) -> list[Control]:
    """Asked where the register has shapes."""
    if not any(field.kind in SHAPES for field in api.get_register(code).fields):
        return []
    return [
        Control(
            kind="choice",
            name="system",
            label=Text("坐标系", "Reference system"),
            hint=Text(
                "文件自己没有说明时须选择；从网络地图取得的坐标多为 GCJ-02 或 BD-09",
                "Needed where the file doesn't say it; coordinates from web maps are mostly GCJ-02 or BD-09",
            ),
            value="",
            required=False,
            options=[Option(value=key, label=title) for key, title in FILE_SYSTEMS.items()],
        ),
        *_crossing(code),
    ]


def _crossing(code: str) -> list[Control]:
    """Asked where the register has areas."""
    if not any(field.kind is FieldKind.AREA for field in api.get_register(code).fields):
        return []
    return [
        Control(
            kind="choice",
            name="crossing",
            label=Text("边界线自相交的图形", "Areas whose border crosses itself"),
            value="refuse",
            options=[
                Option(value="refuse", label=Text("算作错误行", "Count as wrong rows")),
                Option(
                    value="repair",
                    label=Text("修补后导入，逐行注明", "Repair and load them, each with a note"),
                ),
            ],
        )
    ]


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
            Option(value="utf-16", label="UTF-16"),
        ],
    )


@needs_officer("registers.file.load")
@require_safe
def report(request: HttpRequest, code: str, load: int) -> FileResponse:
    """The report of a load of this register, as CSV."""
    return download(api.get_report(actor=actor_for(request), register=code, load=load))
