"""Files and the diagram of a case, to those who may see the case."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from yiwang.cases.api import case_id_of, diagram_of, file_of_case
from yiwang.cases.web.case_page import case_of
from yiwang.identity.api import actor_for, needs_officer
from yiwang.platform.http.downloads import download


@needs_officer("cases.case.read")
@require_safe
def case_file(request: HttpRequest, number: str, file_id: int) -> FileResponse:
    """A paper, licence or letter of the case."""
    stored = file_of_case(actor=actor_for(request), case_id=case_id_of(number), file_id=file_id)
    return download(stored)


@needs_officer("cases.case.read")
@require_safe
def diagram(request: HttpRequest, number: str) -> HttpResponse:
    """The BPMN under which this case runs: its own version, whatever is applied now."""
    case = case_of(request, number)
    return HttpResponse(diagram_of(case.case.id), content_type="application/xml; charset=utf-8")
