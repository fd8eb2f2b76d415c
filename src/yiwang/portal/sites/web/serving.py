"""What pages show of what other engines keep: services, datasets, surveys; what is gone is not shown."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from yiwang.cases.contracts import CaseTypeNotFound
from yiwang.exchange.api import get_entry
from yiwang.exchange.contracts import ResourceNotFound
from yiwang.identity.api import organisation_names
from yiwang.kernel.text import Text
from yiwang.portal.queries.catalogue import public_item
from yiwang.portal.rules.subjects import limit_text
from yiwang.portal.sites.contracts import PageView, SiteView
from yiwang.portal.sites.web.showing import SHOWN, Context
from yiwang.portal.sites.web.shown import outside


def _service(request: HttpRequest, site: SiteView, view: PageView) -> Context:
    """The service as its catalogue has it: who gives it, how long it takes, where it begins."""
    return service_of(request, str(view.details.get("item") or ""))


def service_of(request: HttpRequest, code: str) -> Context:
    """A service by its code; nothing where the catalogue has none, or no longer."""
    if not code:
        return {}
    try:
        item = public_item(code)
    except CaseTypeNotFound:
        return {}
    definition = item.definition
    online = not definition.is_guide_only and "online" in definition.channels
    names = organisation_names({definition.body})
    by_law, promised = definition.statutory_limit, definition.promised_limit
    rows = [
        (Text("办理机构", "Handled by"), names.get(definition.body, definition.body)),
        (
            Text("法定时限", "Time limit by law"),
            limit_text(by_law.amount, by_law.unit),
        ),
        (
            Text("承诺时限", "Promised time"),
            limit_text(promised.amount, promised.unit),
        ),
        (Text("材料", "Papers"), Text("{n} 项", "{n}").fill(n=len(definition.materials))),
    ]
    return {
        "service": {
            "title": item.title,
            "rows": [{"key": key, "value": value} for key, value in rows],
            "body": names.get(definition.body, definition.body),
            "guide": outside(request, reverse("portal:guide", args=[code])),
            "apply": outside(request, reverse("portal:apply", args=[code])) if online else "",
        }
    }


def _dataset(request: HttpRequest, site: SiteView, view: PageView) -> Context:
    """The entry of the public catalogue."""
    code = str(view.details.get("resource") or "")
    try:
        entry = get_entry(code)
    except ResourceNotFound:
        return {}
    rows = [
        (Text("提供方", "Provided by"), entry.publisher),
        (Text("更新周期", "Updated"), entry.updated.words if entry.updated else None),
        (Text("共享类型", "Sharing"), entry.sharing.words if entry.sharing else None),
        (Text("信息项", "Items"), Text("{n} 项", "{n}").fill(n=len(entry.lines))),
    ]
    return {
        "dataset": {
            "title": entry.title,
            "rows": [{"key": key, "value": value} for key, value in rows if value],
            "href": outside(request, reverse("catalogue:entry", args=[code])),
            "entry": entry,
        }
    }


def _form(request: HttpRequest, site: SiteView, view: PageView) -> Context:
    """The service that the form is for."""
    return service_of(request, str(view.details.get("item") or ""))


def _survey(request: HttpRequest, site: SiteView, view: PageView) -> Context:
    """Where it is answered, which also tells whether it is open: this page may be a kept one of yesterday."""
    number = view.details.get("survey")
    where = reverse("talking:surveys")
    if isinstance(number, int):
        where = reverse("talking:survey", args=[number])
    return {"survey_href": outside(request, where)}


SHOWN.register("service", _service)
SHOWN.register("dataset", _dataset)
SHOWN.register("form", _form)
SHOWN.register("survey", _survey)
