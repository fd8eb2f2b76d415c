"""Whether a grid fits: its faults as a list and on a map, for one part of the city and one day."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.identity.api import actor_for, division_names, needs_officer
from yiwang.kernel.text import Text
from yiwang.maps.grid import api
from yiwang.maps.grid.contracts import Fault, Finding, GridAskedWrongly, GridReport
from yiwang.maps.grid.definitions import GridDefinition
from yiwang.maps.queries.layers import list_layers
from yiwang.platform.web import wording
from yiwang.platform.web.language import current_language

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FAULTS = {
    Fault.MALFORMED: Text("编码不合规则", "Malformed code"),
    Fault.NO_PARENT: Text("上级编码不存在", "No such parent"),
    Fault.NUMBER_MISSING: Text("顺序号缺号", "Number left out"),
    Fault.OVERLAP: Text("重叠", "Overlap"),
    Fault.GAP: Text("缝隙", "Gap"),
    Fault.OUTSIDE: Text("越出上级范围", "Outside its parent"),
    Fault.COMPONENT_MALFORMED: Text("部件编码不合规则", "Component with a malformed code"),
    Fault.COMPONENT_ELSEWHERE: Text("部件不在所填网格", "Component in another cell"),
}
_CLOSE = 17


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    within: str
    day: date


@needs_officer("registers.entry.list")
@require_safe
def show_grids(request: HttpRequest) -> HttpResponse:
    """The grids that an officer may check."""
    return render(request, "maps/grid/all.html", {"grids": api.list_grids(actor_for(request))})


@needs_officer("registers.entry.list")
@require_safe
def show_check(request: HttpRequest, code: str) -> HttpResponse:
    """Check one part of a grid.

    Raises:
        GridNotFound, GridAskedWrongly, TimeLimitReached
    """
    read = api.read_grid(actor_for(request), code, then=True)
    asked = _asked(request, read.grid)
    report = _checked(read, asked)
    context = {
        "grid": read.grid,
        "asked": asked,
        "choices": _choices(read.grid),
        "title": division_names().get(asked.within, Text(asked.within, asked.within)).in_(current_language()),
        "report": report,
        "figures": _figures(report),
        "rows": [_row(finding) for finding in report.findings],
        "most": api.MOST,
        "layers": ",".join(_layers(request, read.grid)),
    }
    return render(request, "maps/grid/check.html", context)


@needs_officer("registers.entry.list")
@require_safe
def findings_json(request: HttpRequest, code: str) -> HttpResponse:
    """The same faults as GeoJSON, for the page's map.

    Raises:
        GridNotFound, GridAskedWrongly, TimeLimitReached
    """
    read = api.read_grid(actor_for(request), code, then=True)
    report = _checked(read, _asked(request, read.grid))
    features = [
        {
            "type": "Feature",
            "geometry": json.loads(finding.shape),
            "properties": {"fault": finding.fault.value, "code": finding.code},
        }
        for finding in report.findings
        if finding.shape
    ]
    answer = JsonResponse({"type": "FeatureCollection", "features": features})
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _checked(read: api.ReadGrid, asked: _Asked) -> GridReport:
    return api.check_grid(read, within=asked.within, valid=asked.day, known=timezone.now())


def _asked(request: HttpRequest, grid: GridDefinition) -> _Asked:
    """What is to be checked: the first district today unless said."""
    least, most = grid.cell_code[0], sum(grid.cell_code)
    refused = GridAskedWrongly(least=least, most=most)
    choices = _choices(grid)
    within = request.GET.get("within", "").strip() or (choices[0][0] if choices else "")
    if not (within.isascii() and within.isdigit() and least <= len(within) <= most):
        raise refused
    said = request.GET.get("valid", "").strip()
    if not said:
        return _Asked(within=within, day=timezone.localdate())
    try:
        return _Asked(within=within, day=date.fromisoformat(said if _DAY.fullmatch(said) else "no day"))
    except ValueError:
        raise refused from None


def _choices(grid: GridDefinition) -> list[tuple[str, Text]]:
    """Divisions of the length of a code's first part."""
    return [
        (code, name)
        for code, name in sorted(division_names().items())
        if len(code) == grid.cell_code[0] and not code.endswith("00")
    ]


def _layers(request: HttpRequest, grid: GridDefinition) -> list[str]:
    """Layers that this officer sees of the cells and of what lies above them, to draw faults over."""
    registers = (grid.parents.register_code, grid.cells.register_code)
    layers = list_layers(actor_for(request))
    return [each.layer.code for each in layers if each.layer.register_code in registers]


def _figures(report: GridReport) -> list[dict[str, object]]:
    counted = {fault: len([each for each in report.findings if each.fault is fault]) for fault in Fault}
    checked = [
        (Text("单元网格", "Cells"), report.cells),
        (Text("社区", "Communities"), report.parents),
        (Text("部件", "Components"), report.components),
    ]
    return [
        *({"label": label, "value": wording.number(value)} for label, value in checked),
        *(
            {"label": _FAULTS[fault], "value": wording.number(many), "tone": "danger"}
            for fault, many in counted.items()
            if many
        ),
    ]


def _row(finding: Finding) -> dict[str, object]:
    at = (
        f"{_CLOSE}/{finding.latitude:.5f}/{finding.longitude:.5f}"
        if finding.latitude is not None and finding.longitude is not None
        else ""
    )
    return {
        "finding": finding,
        "fault": _FAULTS[finding.fault],
        "metres": wording.number(round(finding.square_metres)) if finding.square_metres else "",
        "at": at,
        "href": f"{reverse('maps:map')}?at={at}" if at else "",
    }
