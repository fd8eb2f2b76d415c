"""What an agency still owes its readers: publications within 20 working days, and links of policy files."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.identity.api import actor_for, needs_officer, organisation_names
from yiwang.kernel.text import Text
from yiwang.portal.openness import api
from yiwang.portal.openness.contracts import Lack, Waiting
from yiwang.portal.openness.operations import WRITE
from yiwang.portal.openness.rules.links import NEED_TEXTS
from yiwang.portal.openness.web import shown
from yiwang.portal.publishing.rules.proactive import PublicationState

_WAITING = [
    {"key": "title", "label": Text("标题", "Title"), "head": True},
    {"key": "organisation", "label": Text("制作机构", "Made by")},
    {"key": "made_on", "label": Text("成文日期", "Made"), "nowrap": True},
    {"key": "last_day", "label": Text("最迟公开", "Publish by"), "nowrap": True},
    {"key": "left", "label": Text("剩余", "Left"), "nowrap": True},
]
_LACKS = [
    {"key": "title", "label": Text("政策文件", "Policy file"), "head": True},
    {"key": "made_on", "label": Text("成文日期", "Made"), "nowrap": True},
    {"key": "missing", "label": Text("缺少", "Missing")},
]
_TONES = {
    PublicationState.OK: "success",
    PublicationState.WARN: "warning",
    PublicationState.OVERDUE: "danger",
}


@needs_officer(WRITE)
@require_safe
def show_waiting(request: HttpRequest) -> HttpResponse:
    """What is made and not yet published, those due first first."""
    found = api.waiting_items(actor=actor_for(request), at=timezone.now())
    names = organisation_names({each.row.organisation for each in found})
    late = sum(each.publication.state is PublicationState.OVERDUE for each in found)
    soon = sum(each.publication.state is PublicationState.WARN for each in found)
    context = {
        "columns": _WAITING,
        "rows": [_waiting(each, names) for each in found],
        "stats": [
            {"label": Text("待公开", "To publish"), "value": len(found)},
            {"label": Text("五个工作日内到期", "Due within five working days"), "value": soon},
            {"label": Text("已逾期", "Overdue"), "value": late},
        ],
    }
    return render(request, "openness/desk_waiting.html", context)


@needs_officer(WRITE)
@require_safe
def show_lacking(request: HttpRequest) -> HttpResponse:
    """Policy files in force that lack an explanation, questions and answers, or a service, by department."""
    found = api.lacking_links(actor=actor_for(request), at=timezone.now())
    names = organisation_names({each.row.organisation for each in found})
    groups = [
        {"name": names.get(code, code), "rows": [_lacking(each) for each in part]}
        for code, part in groupby(found, key=lambda each: each.row.organisation)
    ]
    return render(request, "openness/desk_lacking.html", {"groups": groups, "columns": _LACKS})


def _waiting(each: Waiting, names: dict[str, Text]) -> dict[str, object]:
    left = each.publication.days_left
    words = (
        Text("逾期{n}个工作日", "{n} working days late").fill(n=-left)
        if left < 0
        else Text("{n}个工作日", "{n} working days").fill(n=left)
    )
    return {
        "title": {
            "text": shown.both(each.row.title),
            "href": reverse("openness-desk:item", args=[each.row.id]),
        },
        "organisation": names.get(each.row.organisation, each.row.organisation),
        "made_on": each.row.made_on,
        "last_day": each.publication.last_day,
        "left": {"text": words, "tone": _TONES[each.publication.state]},
    }


def _lacking(each: Lack) -> dict[str, object]:
    missing = [NEED_TEXTS[need] for need in each.missing]
    return {
        "title": {
            "text": shown.both(each.row.title),
            "href": reverse("openness-desk:item", args=[each.row.id]),
        },
        "made_on": each.row.made_on,
        "missing": Text("、".join(text.zh for text in missing), ", ".join(text.en for text in missing)),
    }
