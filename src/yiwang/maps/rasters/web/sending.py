"""Send a file of imagery: the form, its parts, how far it is, and a way to stop it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yiwang.identity.api import account_names, actor_for, needs_officer
from yiwang.kernel.errors import FieldProblem, YiwangError
from yiwang.kernel.text import Text
from yiwang.maps.rasters import api
from yiwang.maps.rasters.arriving import api as arriving
from yiwang.maps.rasters.arriving.contracts import UploadRefused, UploadState, UploadView
from yiwang.maps.rasters.web.words import STATES, UNDER_WAY
from yiwang.platform.contracts import Actor, StorageFull
from yiwang.platform.http.parts import announced_at, read_announcement, read_part, tell_added, tell_received
from yiwang.platform.http.uploads import MOST_BYTES, is_full
from yiwang.platform.web.controls import Control, Option
from yiwang.platform.web.language import say

#: Read while the officer waits: a second or two.
_AT_ONCE = 2_000_000
_PART = 8_000_000
_SCRIPTLESS = Text(
    "超过200 MB的文件须在启用脚本的浏览器中分段上传",
    "Files of more than 200 MB go in parts, in a browser that runs scripts",
)
_DONE = Text("已导入{year}年的影像。", "The edition of {year} is loaded.")


@needs_officer(api.OPERATION)
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, code: str) -> HttpResponse:
    """The form; a file that is sent leads to its page."""
    actor = actor_for(request)
    kept = api.read_owned(actor, code)
    problems: tuple[FieldProblem, ...] = ()
    upload = request.FILES.get("file")
    if request.method == "POST":
        try:
            return redirect("rasters:upload", _taken(actor, code, upload, request.POST))
        except UploadRefused as refused:
            problems = refused.problems
    context = {
        "raster": kept.raster,
        "controls": _controls(kept, request.POST, problems),
        "elevation": kept.raster.kind == "elevation",
    }
    return render(request, "maps/rasters/send.html", context, status=422 if problems else 200)


@needs_officer(api.OPERATION)
@require_POST
def announce(request: HttpRequest, code: str) -> HttpResponse:
    """A large file will come in parts; what is said of it comes with it."""
    said = read_announcement(request)
    upload = _announced(actor_for(request), code, said.words.get("filename", ""), said.size, said.words)
    return announced_at(reverse("rasters:upload_part", args=[upload]))


@needs_officer(api.OPERATION)
@require_http_methods(["HEAD", "PATCH"])
def part(request: HttpRequest, upload: int) -> HttpResponse:
    """How much has come, or a part more; after the last one it is read."""
    actor = actor_for(request)
    found = arriving.get_upload(actor=actor, upload=upload)
    if request.method == "HEAD":
        return tell_received(found.received, found.size)
    sent = read_part(request)
    if isinstance(sent, HttpResponse):
        return sent
    received = arriving.append_upload(actor=actor, upload=upload, offset=sent.offset, content=sent.content)
    if received == found.size:
        _begin(actor, upload, found.size)
    return tell_added(received)


@needs_officer(api.OPERATION)
@require_http_methods(["GET", "HEAD"])
def show(request: HttpRequest, upload: int) -> HttpResponse:
    """How far it is, or why it was refused; loaded, on to the edition.

    Raises:
        UploadNotFound: none of this officer's organisation.
    """
    found = arriving.get_upload(actor=actor_for(request), upload=upload)
    if found.state is UploadState.DONE:
        return _to_edition(request, found)
    state, tone = STATES[found.state]
    context = {
        "upload": found,
        "raster": api.read_owned(actor_for(request), found.raster).raster,
        "by": account_names([found.account_id]).get(found.account_id, "—"),
        "state": state,
        "tone": tone,
        "running": found.state in UNDER_WAY,
        "reading": found.state is UploadState.WAITING,
        "arrived": found.received * 100 // found.size,
    }
    name = "upload_region" if request.headers.get("HX-Request") else "upload"
    return render(request, f"maps/rasters/{name}.html", context)


@needs_officer(api.OPERATION)
@require_POST
def stop(request: HttpRequest, upload: int) -> HttpResponse:
    """Nothing of it is loaded."""
    arriving.stop_raster(actor=actor_for(request), at=timezone.now(), upload=upload)
    return redirect("rasters:upload", upload)


def _to_edition(request: HttpRequest, found: UploadView) -> HttpResponse:
    """On to the edition; a page that renews a part of itself is told to come here as a whole."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=200, headers={"HX-Redirect": request.get_full_path()})
    messages.success(request, say(_DONE.fill(year=found.year)))
    return redirect("rasters:edition", found.raster, str(found.year))


def _taken(actor: Actor, code: str, upload: UploadedFile[bytes] | None, said: Mapping[str, str]) -> int:
    """Put the file down part by part, and have it read."""
    if upload is not None and is_full(upload):
        raise StorageFull
    size = (upload.size or 0) if upload is not None else 0
    if size > MOST_BYTES:
        raise UploadRefused(problems=(FieldProblem("file", _SCRIPTLESS),))
    number = _announced(actor, code, (upload.name or "") if upload is not None else "", size, said)
    offset = 0
    for piece in upload.chunks(_PART) if upload is not None else ():
        offset = arriving.append_upload(actor=actor, upload=number, offset=offset, content=piece)
    _begin(actor, number, size)
    return number


def _announced(actor: Actor, code: str, name: str, size: int, said: Mapping[str, str]) -> int:
    year = said.get("year", "").strip()
    return arriving.announce_raster(
        actor=actor,
        at=timezone.now(),
        raster=code,
        year=int(year) if year.isascii() and year.isdecimal() and len(year) < 6 else 0,
        name=name,
        size=size,
        replacing=said.get("replacing") == "yes",
    )


def _begin(actor: Actor, upload: int, size: int) -> None:
    """Have it read; a small one while the officer waits. What can't be is told on its page."""
    at = timezone.now()
    try:
        arriving.begin_raster(actor=actor, at=at, upload=upload)
    except YiwangError as refused:
        arriving.refuse_upload(upload=upload, reason={**refused.sentence.as_dict()}, at=at)
        return
    if size <= _AT_ONCE:
        arriving.read_raster(upload=upload, at=at)


def _controls(
    kept: api.KeptRaster, said: Mapping[str, str], problems: Sequence[FieldProblem]
) -> list[Control]:
    standing = [each.edition.edition for each in kept.editions if each.taken_back_at is None]

    def wrong(name: str) -> tuple[Text, ...]:
        return tuple(problem.text for problem in problems if problem.path == name)

    controls = [
        Control(
            kind="file",
            name="file",
            label=Text("GeoTIFF文件（不超过20 GB）", "GeoTIFF (up to 20 GB)"),
            hint=Text(
                "文件内须有坐标系和角点坐标；旁边的.tfw、.prj文件不读",
                "With its reference system and corners inside; files beside it (.tfw, .prj) are not read",
            ),
            errors=wrong("file"),
            accept=(".tif", ".tiff"),
        ),
        Control(
            kind="integer",
            name="year",
            label=Text("年份", "Year"),
            hint=Text("影像反映的年份，如2025", "The year that it shows, such as 2025"),
            value=said.get("year", ""),
            errors=wrong("year"),
            width=4,
        ),
    ]
    if standing:
        controls.append(
            Control(
                kind="choices",
                name="replacing",
                label=Text("该年已有影像时", "If there is an edition of the year"),
                hint=Text("已有：" + "、".join(standing), "There are: " + ", ".join(standing)),
                value=[said["replacing"]] if "replacing" in said else [],
                required=False,
                options=[Option(value="yes", label=Text("替换", "Replace it"))],
                errors=wrong("replacing"),
            )
        )
    return controls
