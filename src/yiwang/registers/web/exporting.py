"""Ask for a file of a register's entries, wait for it, fetch it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.exchange.api import PURPOSES
from yiwang.exchange.contracts import Purpose, PurposeRefused
from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control, Option, sent_date, typed_date
from yiwang.registers import api
from yiwang.registers.contracts import AsOf, ExportFormat, ExportNotFound, ExportState
from yiwang.registers.definitions import SHAPES, RegisterDefinition
from yiwang.registers.geographic import CGCS2000, GEOGRAPHIC, SYSTEMS, SystemRefused
from yiwang.registers.web.listing import refuse_strangers, register_context

_OPERATION = "registers.file.export"
_NO_REASON = Text("请写明用途，不得含身份号码", "Say what for, without an identity number")
#: EPSG numbers have six at most.
_DIGITS = 7
_NO_DAY = Text("请填写真实存在的日期，不晚于今天", "Give a real date, today at the latest")


@needs_officer(_OPERATION)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """The form; a small register is written while the officer waits."""
    actor = actor_for(request)
    refuse_strangers(actor, code, _OPERATION)
    faults: dict[str, Text] = {}
    definition = api.get_register(code)
    layer = request.GET.get("layer", "")
    title = api.layer_title(actor, layer, register=code) if layer else None
    if request.method == "POST":
        at = timezone.now()
        day, faults = _day(request, at.date())
        if not faults:
            try:
                export = api.ask_export(
                    actor=actor,
                    at=at,
                    register=code,
                    form=format_of(request),
                    purpose=Purpose(kind="own_duty", reference=request.POST.get("reason", "").strip()[:80]),
                    as_of=_as_of(day, at),
                    layer=layer,
                    system=system_of(request),
                )
            except PurposeRefused:
                faults["reason"] = _NO_REASON
            except SystemRefused as refusal:
                faults["system"] = refusal.sentence
            else:
                made_at_once(export, code, at)
                return redirect("registers:export_made", code, export)
    context = register_context(request, code, "entries")
    context["layer"] = title
    context["controls"] = _controls(request, definition, faults)
    return render(request, "registers/export.html", context, status=422 if faults else 200)


def made_at_once(export: int, code: str, at: datetime) -> None:
    """Write the file of a small register while the officer waits; a refusal stands on the export's page."""
    if not api.is_small(code):
        return
    try:
        api.make_export(actor=api.asker_of(export), at=at, export_id=export)
    except YiwangError as refusal:
        api.refuse_export(export_id=export, reason=refusal.sentence)


def format_of(request: HttpRequest) -> ExportFormat:
    """The format that was chosen."""
    given = request.POST.get("form", "")
    return ExportFormat(given) if given in set(ExportFormat) else ExportFormat.CSV


def system_of(request: HttpRequest) -> int:
    """The reference system that was chosen; what is no number is refused like an unknown one."""
    given = request.POST.get("system", "") or str(CGCS2000)
    return int(given) if given.isdecimal() and len(given) < _DIGITS else 0


def format_control(request: HttpRequest, definition: RegisterDefinition) -> Control:
    """The question about the format; geographic ones only where there is a shape."""
    geographic = _has_shapes(definition)
    return Control(
        kind="choice",
        name="form",
        label=Text("格式", "Format"),
        value=request.POST.get("form") or request.GET.get("form") or "csv",
        options=[
            Option(value=str(form), label=about.title)
            for form, about in api.FORMS.items()
            if geographic or form not in GEOGRAPHIC
        ],
    )


def system_controls(
    request: HttpRequest, definition: RegisterDefinition, faults: Mapping[str, Text]
) -> list[Control]:
    """The question about the reference system, where there is a shape."""
    if not _has_shapes(definition):
        return []
    return [
        Control(
            kind="choice",
            name="system",
            label=Text("坐标系", "Reference system"),
            hint=Text(
                "GeoJSON 和 Parquet 只用经纬度。CGCS2000 与 WGS 84 相差不过几厘米，数值不作改变。",
                "GeoJSON and Parquet have degrees only. CGCS2000 and WGS 84 differ by centimetres: "
                "numbers stay.",
            ),
            value=request.POST.get("system") or str(CGCS2000),
            options=[Option(value=str(number), label=title) for number, title in SYSTEMS.items()],
            errors=(faults["system"],) if "system" in faults else (),
        )
    ]


def _has_shapes(definition: RegisterDefinition) -> bool:
    return any(field.kind in SHAPES for field in definition.fields)


def _day(request: HttpRequest, today: date) -> tuple[date | None, dict[str, Text]]:
    typed = typed_date(sent_date(request.POST, "valid"))
    if typed is None:
        return None, {}
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None, {"valid": _NO_DAY}
    return (day, {}) if day <= today else (None, {"valid": _NO_DAY})


def _as_of(day: date | None, at: datetime) -> AsOf | None:
    """What was so on a day as it was known at its end: the register as somebody would have seen it then."""
    if day is None:
        return None
    end = timezone.make_aware(datetime.combine(day, time.max))
    return AsOf(valid=day, known=min(end, at))


def _controls(request: HttpRequest, definition: RegisterDefinition, faults: dict[str, Text]) -> list[Control]:
    return [
        format_control(request, definition),
        *system_controls(request, definition, faults),
        Control(
            kind="text",
            name="reason",
            label=Text("用途", "What for"),
            hint=PURPOSES["own_duty"].title,
            value=request.POST.get("reason", ""),
            errors=(faults["reason"],) if "reason" in faults else (),
            max_length=80,
        ),
        Control(
            kind="date",
            name="valid",
            label=Text("截至哪一天（不填为现在）", "As of which day (now, if left empty)"),
            value=sent_date(request.POST, "valid"),
            errors=(faults["valid"],) if "valid" in faults else (),
            required=False,
        ),
    ]


@needs_officer(_OPERATION)
@require_safe
def show(request: HttpRequest, code: str, export: int) -> HttpResponse:
    """Whether the file is ready."""
    reader = actor_for(request)
    found = api.get_export(actor=reader, export=export)
    if found.register != code:
        raise ExportNotFound(export=export)
    context = register_context(request, code, "entries") | {
        "export": found,
        "form": api.FORMS[found.form],
        "making": found.state is ExportState.WAITING,
        "is_reader": api.list_reach(reader, code) != "none",
    }
    name = "export_region" if request.headers.get("HX-Request") else "export_made"
    return render(request, f"registers/{name}.html", context)


@needs_officer(_OPERATION)
@require_safe
def fetch(request: HttpRequest, code: str, export: int) -> FileResponse:
    """The file, to the officer who asked for it."""
    found = api.fetch_export(actor=actor_for(request), at=timezone.now(), register=code, export=export)
    if found.path is None:
        raise ExportNotFound(export=export)
    form = api.FORMS[found.form]
    answer = FileResponse(
        found.path.open("rb"),
        as_attachment=True,
        filename=f"{code}-{timezone.localdate(found.asked_at)}.{form.suffix}",
        content_type=form.media_type,
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
