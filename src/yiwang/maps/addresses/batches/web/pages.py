"""Compare a file of addresses with the register: send it, name the column, watch, fetch the result."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.days import day_text
from yiwang.kernel.text import Text
from yiwang.maps.addresses.batches import api
from yiwang.maps.addresses.batches.contracts import (
    VERDICTS,
    BatchNotFound,
    BatchState,
    BatchView,
    TableRefused,
    Verdict,
)
from yiwang.platform.contracts import StorageFull
from yiwang.platform.http.uploads import is_full
from yiwang.platform.web import wording
from yiwang.platform.web.controls import Control, Option, sent_date, sent_day

_MISSING = Text("请选择文件", "Choose a file")
_NO_COLUMN = Text("请选择地址所在的列", "Choose the column of addresses")
_NO_DAY = Text("请填写真实存在的日期，或者不填", "Give a day that exists, or none")
_FIRST_COLUMN = 0
_WORDS = ("地址", "住址", "住所", "坐落", "位置", "address", "location")
_STATES = {
    BatchState.CHOOSING: (Text("待选列", "Column to be chosen"), "info"),
    BatchState.WAITING: (Text("正在比对", "Being compared"), "progress"),
    BatchState.DONE: (Text("已完成", "Done"), "success"),
    BatchState.REFUSED: (Text("未能完成", "Stopped"), "danger"),
    BatchState.DELETED: (Text("已到期删除", "Deleted"), "neutral"),
}
#: Verdicts after which somebody should look.
_TO_LOOK = (Verdict.DOUBTFUL, Verdict.NOT_FOUND)
_TONES = {Verdict.DOUBTFUL: "warning", Verdict.NOT_FOUND: "danger"}


@needs_officer(api.BATCH)
@require_http_methods(["GET", "HEAD", "POST"])
def show_batches(request: HttpRequest) -> HttpResponse:
    """The form, and the officer's last files."""
    fault: Text | None = None
    if request.method == "POST":
        upload = request.FILES.get("file")
        if upload is None:
            fault = _MISSING
        elif is_full(upload):
            raise StorageFull
        else:
            try:
                batch = api.receive_batch(
                    actor=actor_for(request),
                    at=timezone.now(),
                    name=upload.name or "",
                    size=upload.size or 0,
                    content=upload.chunks(),
                )
                return redirect("addresses:batch", batch)
            except TableRefused as refused:
                fault = refused.reason
    context = {"controls": [_file_control(fault)], "batches": [_listed(each) for each in _mine(request)]}
    return render(request, "maps/addresses/batches.html", context, status=422 if fault else 200)


def _mine(request: HttpRequest) -> list[BatchView]:
    return api.my_batches(actor=actor_for(request))


@needs_officer(api.BATCH)
@require_http_methods(["GET", "HEAD", "POST"])
def show_batch(request: HttpRequest, batch: int) -> HttpResponse:
    """The columns to choose from, how far it is, or the report.

    Raises:
        BatchNotFound: none of this officer.
    """
    actor = actor_for(request)
    found = api.get_batch(actor=actor, batch=batch)
    faults: dict[str, Text] = {}
    if request.method == "POST":
        sent, as_of = request.POST.get("column", ""), sent_day(request.POST, "as_of")
        if as_of is None and any(sent_date(request.POST, "as_of").values()):
            faults["as_of"] = _NO_DAY
        else:
            try:
                column = int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 5 else -1
                api.begin_batch(actor=actor, at=timezone.now(), batch=batch, column=column, as_of=as_of)
                return redirect("addresses:batch", batch)
            except TableRefused:
                faults["column"] = _NO_COLUMN
    state, tone = _STATES[found.state]
    context = {
        "batch": found,
        "state": state,
        "tone": tone,
        "written_on": day_text(found.as_of) if found.as_of else None,
        "running": found.state is BatchState.WAITING,
        "controls": _controls(request, found, faults) if found.state is BatchState.CHOOSING else [],
        "figures": _figures(found),
        "rows": [
            {"row": row, "percent": round(row.confidence * 100) if row.found else None}
            for row in found.to_look
        ],
        "rows_are_some": sum(found.counts[each] for each in _TO_LOOK) > len(found.to_look),
    }
    name = "batch_region" if request.headers.get("HX-Request") else "batch"
    return render(request, f"maps/addresses/{name}.html", context, status=422 if faults else 200)


@needs_officer(api.BATCH)
@require_safe
def result(request: HttpRequest, batch: int) -> FileResponse:
    """The file with what was found, as CSV in UTF-8.

    Raises:
        BatchNotFound: none of this officer, or it is not there yet or no more.
    """
    found = api.get_batch(actor=actor_for(request), batch=batch)
    if found.result is None:
        raise BatchNotFound
    name = f"{found.name.rpartition('.')[0] or found.name}-addresses.csv"
    response = FileResponse(
        found.result.open("rb"), as_attachment=True, filename=name, content_type="text/csv; charset=utf-8"
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _listed(found: BatchView) -> dict[str, object]:
    state, tone = _STATES[found.state]
    return {"batch": found, "state": state, "tone": tone}


def _figures(found: BatchView) -> list[dict[str, object]]:
    return [
        {
            "label": VERDICTS[each],
            "value": wording.number(found.counts[each]),
            **({"tone": _TONES[each]} if each in _TONES and found.counts[each] else {}),
        }
        for each in Verdict
    ]


def _file_control(fault: Text | None) -> Control:
    return Control(
        kind="file",
        name="file",
        label=Text("文件（CSV 或 XLSX，不超过 100 MB）", "File (CSV or XLSX, up to 100 MB)"),
        hint=Text("第一行为列名，其中一列是地址", "Names of columns first; one of them holds the addresses"),
        errors=(fault,) if fault else (),
        accept=(".csv", ".xlsx"),
    )


def _controls(request: HttpRequest, found: BatchView, faults: Mapping[str, Text]) -> list[Control]:
    return [
        _column_control(request, found, faults.get("column")),
        Control(
            kind="date",
            name="as_of",
            label=Text("这些地址是什么时候写的？", "When were these addresses written?"),
            hint=Text(
                "旧名单请填当时的日期：按当时的路名查找",
                "For an old list: roads are looked for by their names of that day",
            ),
            value=sent_date(request.POST, "as_of"),
            errors=(faults["as_of"],) if "as_of" in faults else (),
            required=False,
        ),
    ]


def _column_control(request: HttpRequest, found: BatchView, fault: Text | None) -> Control:
    likely = next(
        (place for place, name in enumerate(found.head) if any(word in name.casefold() for word in _WORDS)),
        _FIRST_COLUMN,
    )
    return Control(
        kind="choice",
        name="column",
        label=Text("哪一列是地址？", "Which column holds the addresses?"),
        value=request.POST.get("column") or str(likely),
        errors=(fault,) if fault else (),
        options=[
            Option(
                value=str(place),
                label=name or Text("第{n}列", "Column {n}").fill(n=place + 1),
            )
            for place, name in enumerate(found.head)
        ],
    )
