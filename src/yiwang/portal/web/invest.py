"""Services for investors (S006): ask, apply, follow, and the decision reference."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.cases.api import applied_types, handled_groups, routing_decision, what_if_form
from yiwang.cases.contracts import AppliedType, CaseTypeNotFound
from yiwang.cases.contracts.open_figures import HandledGroup
from yiwang.identity.api import division_names
from yiwang.kernel.industries import industries
from yiwang.kernel.text import Text
from yiwang.portal.queries.catalogue import public_item
from yiwang.portal.queries.needs import needs_of
from yiwang.portal.web.guide import ways_in
from yiwang.portal.web.one_page import ask, read

APPROVAL = "investment_approval"
CONSULTATION = "investment_consultation"
_YEAR = timedelta(days=365)
_COLUMNS = (
    {"key": "decided", "label": Text("已办结", "Decided"), "numeric": True},
    {"key": "approved", "label": Text("批准", "Approved"), "numeric": True},
    {"key": "days", "label": Text("用时中位数", "Median time"), "numeric": True},
)
_DAYS = Text("{n}个工作日", "{n} working days")


@require_safe
def invest(request: HttpRequest) -> HttpResponse:
    """The four ways in, and what was handled by district and by industry in the last year."""
    item = public_item(APPROVAL)
    since = timezone.now() - _YEAR
    districts = handled_groups(type_code=APPROVAL, by="district", since=since)
    sections = handled_groups(type_code=APPROVAL, by="industry", since=since)
    context = {
        "item": item,
        "ways": _ways(item),
        "districts": _table(districts, division_names(), Text("区", "District")),
        "industries": _table(sections, industries(), Text("行业门类", "Section of industry")),
        "decided": sum(group.decided for group in districts),
        "approved": sum(group.approved for group in districts),
        "related": _related(),
    }
    return render(request, "portal/invest.html", context)


@require_safe
def what_if(request: HttpRequest) -> HttpResponse:
    """Which departments, papers and days a project would need; the table that routes cases decides."""
    item = public_item(APPROVAL)
    form = what_if_form(item, routing_decision(item))
    if form is None:
        raise CaseTypeNotFound(type_code=APPROVAL)
    tried = read(form, request.GET) if "checked" in request.GET else ask(form)
    context: dict[str, object] = {"item": item, "tried": tried, **ways_in(item)}
    if tried.is_done:
        context["needs"] = needs_of(item, tried.answers, at=timezone.now())
    return render(request, "portal/what_if.html", context, status=422 if tried.errors else 200)


def _ways(item: AppliedType) -> list[dict[str, object]]:
    offered = {found.code for found in applied_types()}
    found: list[dict[str, object]] = [
        {
            "title": Text("测算需要什么", "Work out what you need"),
            "text": Text(
                "回答几个问题，看需要哪些部门审查、交哪些材料、多少天，不用登录",
                "Answer a few questions: which departments, papers and days. No sign-in",
            ),
            "href": reverse("portal:what_if"),
            "icon": "chart",
        },
        {
            "title": Text("网上申报", "Apply online"),
            "text": Text(
                "一次申报，各部门并联审查，一份批准书",
                "Apply once; departments examine side by side; one certificate",
            ),
            "href": reverse("portal:guide", args=[item.code]),
            "icon": "edit",
        },
        {
            "title": Text("查询进度", "Follow a case"),
            "text": Text(
                "现在在哪个部门、还剩几天，随时可查", "Which department has it and how many days are left"
            ),
            "href": reverse("portal:track"),
            "icon": "clock",
        },
    ]
    if CONSULTATION in offered:
        asking = {
            "title": Text("投资咨询", "Ask before investing"),
            "text": Text("主管部门五个工作日内书面答复", "A written answer within five working days"),
            "href": reverse("portal:guide", args=[CONSULTATION]),
            "icon": "info",
        }
        found.insert(1, asking)
    return found


def _table(groups: tuple[HandledGroup, ...], names: Mapping[str, Text], head: Text) -> dict[str, object]:
    rows = [
        {
            "name": names.get(group.key, Text(group.key, group.key)),
            "decided": group.decided,
            "approved": group.approved,
            "days": _DAYS.fill(n=f"{group.days_median:g}") if group.days_median is not None else "—",
        }
        for group in groups
    ]
    return {"columns": [{"key": "name", "label": head, "head": True}, *_COLUMNS], "rows": rows}


def _related() -> list[AppliedType]:
    """Other items that an investor comes to."""
    return [
        item
        for item in applied_types()
        if item.definition.catalogue != "internal"
        and item.code not in {APPROVAL, CONSULTATION}
        and "investment" in item.definition.themes
    ]
