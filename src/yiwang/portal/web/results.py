"""Published results, live; and the check of a licence that anyone can make."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.cases.api import applied_types, check_licence, licence_file, recent_results
from yiwang.cases.contracts import (
    LICENCE_STATE_TEXTS,
    LicenceCheck,
    LicenceNotFound,
    LicenceState,
    PublicResult,
)
from yiwang.identity.api import organisation_names
from yiwang.kernel.text import Text
from yiwang.platform.http.downloads import download
from yiwang.platform.web.wording import span
from yiwang.portal.rules.results import result_text, result_tone
from yiwang.portal.web.asking import asked

_PER_PAGE = 30
_COLUMNS = [
    {"key": "number", "label": Text("编号", "Number"), "head": True, "nowrap": True},
    {"key": "service", "label": Text("事项", "Service")},
    {"key": "applicant", "label": Text("申请人", "Applicant")},
    {"key": "organisation", "label": Text("决定单位", "Decided by")},
    {"key": "outcome", "label": Text("结果", "Result")},
    {"key": "days", "label": Text("用时", "Time taken"), "nowrap": True},
    {"key": "at", "label": Text("决定时间", "Decided"), "nowrap": True},
]


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Decisions as they are made, newest first; names of persons are masked."""
    type_code, body = asked(request, "type"), asked(request, "body")
    part = recent_results(
        type_code=type_code,
        organisation=body,
        after=asked(request, "after", most=200) or None,
        most=_PER_PAGE,
    )
    names = organisation_names({row.organisation for row in part.rows})
    published = [item for item in applied_types() if item.definition.publish_result and item.process]
    context = {
        "columns": _COLUMNS,
        "rows": [_row(row, names) for row in part.rows],
        "after": part.after,
        "types": sorted(published, key=lambda item: item.code),
        "asked": {"type": type_code, "body": body},
        "is_first": not request.GET.get("after"),
    }
    return render(request, "portal/results.html", context)


def _row(row: PublicResult, names: dict[str, Text]) -> dict[str, object]:
    return {
        "number": row.number,
        "service": row.type_title,
        "applicant": row.applicant,
        "organisation": names[row.organisation],
        "outcome": {"text": result_text(row.outcome), "tone": result_tone(row.outcome)},
        "days": _days(row.working_days),
        "at": row.decided_at,
    }


def _days(days: int | None) -> Text | str:
    if days is None:
        return "—"
    return Text("当日", "Same day") if days == 0 else span(days, "working_day")


@require_safe
def licence_check(request: HttpRequest) -> HttpResponse:
    """Ask for the code printed on a licence."""
    code = asked(request, "code", most=40).upper()
    if code.isascii() and code.replace("-", "").isalnum():
        return redirect("portal:licence", code=code)
    return render(
        request, "portal/licence_check.html", {"code": code, "malformed": bool(code), "missed": bool(code)}
    )


@require_safe
def licence(request: HttpRequest, code: str) -> HttpResponse:
    """What the city knows of a licence by its verification code (the address in the QR code)."""
    found: LicenceCheck | None
    try:
        found = check_licence(verification_code=code[:40])
    except LicenceNotFound:
        found = None
    context: dict[str, object] = {"code": code[:40], "found": found, "asked": True, "missed": found is None}
    if found is not None:
        context |= _shown(found)
    return render(request, "portal/licence_check.html", context, status=200 if found else 404)


@require_safe
def licence_document(request: HttpRequest, code: str) -> FileResponse:
    """The sealed document, to whoever holds its code: the paper can be compared with it."""
    return download(licence_file(verification_code=code[:40]))


def _shown(found: LicenceCheck) -> dict[str, object]:
    today = timezone.localdate()
    expired = found.valid_to is not None and found.valid_to < today
    early = found.valid_from > today
    state = LICENCE_STATE_TEXTS[found.state]
    if found.state is LicenceState.VALID and (expired or early):
        state = Text("已过有效期", "Expired") if expired else Text("尚未生效", "Not in force yet")
    name = organisation_names({found.organisation})[found.organisation]
    valid = found.state is LicenceState.VALID and not expired and not early
    rows = [
        {"key": Text("证照名称", "Licence"), "value": found.title},
        {"key": Text("编号", "Number"), "value": found.number},
        {"key": Text("持有人", "Holder"), "value": found.holder},
        {"key": Text("颁发单位", "Issued by"), "value": name},
        {"key": Text("颁发日期", "Issued on"), "value": found.issued_at.astimezone().date()},
        {"key": Text("有效期起", "Valid from"), "value": found.valid_from},
        {"key": Text("有效期止", "Valid until"), "value": found.valid_to or Text("长期", "No end")},
        {
            "key": Text("状态", "State"),
            "value": {"text": state, "tone": "success" if valid else "danger"},
        },
    ]
    return {"rows": rows, "valid": valid, "state": state, "has_document": found.file_id is not None}
