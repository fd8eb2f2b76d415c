"""A file becomes a layer: send it, say what its columns are, watch, and go on to the layer's draft."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.errors import InvalidInput
from yiwang.kernel.text import Text
from yiwang.maps.making.files import api
from yiwang.maps.making.files.contracts import FileState, FileView, LayerFileRefused
from yiwang.maps.making.files.web.asking import (
    column_rows,
    encoding_of,
    file_controls,
    first_answers,
    layer_controls,
    said_of,
)
from yiwang.maps.making.web.asking import told, typed
from yiwang.platform.contracts import StorageFull
from yiwang.platform.http.uploads import is_full
from yiwang.platform.web.language import say
from yiwang.registers.api import Placing
from yiwang.registers.definitions import FieldKind

#: Laid while the officer waits: a second or two.
_AT_ONCE = 2_000_000
#: The same where each row's address is looked for.
_PLACED_AT_ONCE = 30_000
_MISSING = Text("请选择文件", "Choose a file")
_MADE = Text(
    "已导入{loaded}个要素。这是图层草案，保存并发布后才在地图上出现。",
    "{loaded} features were taken in. This is the draft of the layer; it is on the map once it is published.",
)
_LEFT_OUT = Text("另有{bad}个要素不合要求，没有导入。", "{bad} features are wrong and were left out.")
_BECAME = {
    Placing.SURE: Text("可靠，已定位", "Sure, placed"),
    Placing.UNSURE: Text("存疑", "Doubtful"),
    Placing.NOT_FOUND: Text("未找到", "Not found"),
    Placing.EMPTY: Text("没有写地址", "Without an address"),
    Placing.NO_POINT: Text("标准地址没有坐标点", "The standard address has no point"),
}
_STATES = {
    FileState.CHOOSING: (Text("待填写", "To be filled in"), "info"),
    FileState.WAITING: (Text("正在导入", "Being taken in"), "progress"),
    FileState.DONE: (Text("已生成图层草案", "Draft made"), "success"),
    FileState.GONE: (Text("文件已删除", "File deleted"), "neutral"),
}
_SHAPES = {
    FieldKind.POINT: Text("点", "points"),
    FieldKind.PATH: Text("线", "lines"),
    FieldKind.AREA: Text("面", "areas"),
}


@needs_officer(api.FROM_FILE)
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """The form, and the officer's last files."""
    actor, fault = actor_for(request), None
    if request.method == "POST":
        upload = request.FILES.get("file")
        if upload is None:
            fault = _MISSING
        elif is_full(upload):
            raise StorageFull
        else:
            try:
                file = api.receive_layer_file(
                    actor=actor,
                    at=timezone.now(),
                    name=upload.name or "",
                    size=upload.size or 0,
                    content=upload.chunks(),
                    system=request.POST.get("system", ""),
                    encoding=encoding_of(request.POST.get("encoding", "")),
                )
                return redirect("layers:file_sent", file)
            except LayerFileRefused as refused:
                fault = refused.reason
    files = [_listed(each) for each in api.my_layer_files(actor=actor)]
    context = {"controls": file_controls(fault), "files": files}
    return render(request, "maps/making/file_send.html", context, status=422 if fault else 200)


@needs_officer(api.FROM_FILE)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, file: int) -> HttpResponse:
    """What the file holds and is to become, how far it is, or what was wrong; done, the layer's draft.

    Raises:
        LayerFileNotFound: none of this officer.
    """
    actor = actor_for(request)
    found = api.get_layer_file(actor=actor, file=file)
    if found.state is FileState.DONE and found.draft is not None and not found.became:
        return _to_draft(request, found)
    first = first_answers(found)
    controls, rows = layer_controls(actor, found, first), column_rows(found, None, ())
    status = 200
    if request.method == "POST" and found.state is FileState.CHOOSING:
        answers = typed(controls, request.POST)
        try:
            said = said_of(found, answers, request.POST)
            api.begin_layer_file(actor=actor, at=timezone.now(), file=file, said=said)
            if found.size <= (_PLACED_AT_ONCE if said.placed_by else _AT_ONCE):
                api.lay_layer_file(file=file, at=timezone.now())
            return redirect("layers:file_sent", file)
        except InvalidInput as refused:
            of_columns = [each for each in refused.problems if "-" in each.path]
            of_layer = [each for each in refused.problems if "-" not in each.path]
            controls = told(layer_controls(actor, found, answers), of_layer)
            rows, status = column_rows(found, request.POST, of_columns), 422
    state, tone = _STATES[found.state]
    context = {
        "file": found,
        "state": state,
        "tone": tone,
        "running": found.state is FileState.WAITING,
        "controls": controls,
        "rows": rows,
        "shapes": say(_SHAPES[found.survey.shape]),
        "choosing": found.state is FileState.CHOOSING,
        "problems_are_some": len(found.problems) >= api.MOST_PROBLEMS,
        "done": found.state is FileState.DONE,
        "became": [(words, found.became.get(key, 0)) for key, words in _BECAME.items()]
        if found.became
        else [],
    }
    name = "file_region" if request.headers.get("HX-Request") else "file"
    return render(request, f"maps/making/{name}.html", context, status=status)


def _to_draft(request: HttpRequest, found: FileView) -> HttpResponse:
    """On to the draft; a page that renews a part of itself is told to come here as a whole."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=200, headers={"HX-Redirect": request.get_full_path()})
    messages.success(request, say(_MADE.fill(loaded=found.loaded)))
    if found.bad:
        messages.warning(request, say(_LEFT_OUT.fill(bad=found.bad)))
    return redirect("layers:draft", found.draft)


def _listed(found: FileView) -> dict[str, object]:
    state, tone = _STATES[found.state]
    return {"file": found, "state": state, "tone": tone}
