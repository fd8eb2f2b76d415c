"""The guide of one service item with all its elements (事项要素)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.cases.api import has_sample, result_sample
from yiwang.cases.contracts import AppliedType
from yiwang.cases.definitions.case_type import CaseType, Fee, Material, Window
from yiwang.identity.api import organisation_names
from yiwang.kernel.text import Text
from yiwang.platform.web.language import current_language, say
from yiwang.platform.web.wording import money
from yiwang.portal.openness.api import policies_of_service
from yiwang.portal.queries.catalogue import public_item
from yiwang.portal.rules.subjects import (
    APPLICANTS,
    CHANNELS,
    DELIVERY,
    HANDLING,
    ITEM_TYPES,
    LIFE_EVENTS,
    NECESSITY,
    ONLINE_DEPTH,
    THEMES,
    limit_text,
)

_NEED_TONES = {"required": "progress", "conditional": "info", "optional": "neutral"}
_ORIGINAL = Text("原件{n}份", "{n} original")
_COPIES = Text("复印件{n}份（窗口办理时）", "{n} copy (at the counter)")
_ELECTRONIC = Text("电子文件", "electronic file")
_EXTENSION = Text(
    "{n}个工作日，须经负责人批准并告知理由", "{n} working days, with the head's approval and the reason told"
)


@require_safe
def guide(request: HttpRequest, code: str) -> HttpResponse:
    """One service item."""
    item = public_item(code)
    definition = item.definition
    names = organisation_names({definition.body, *definition.joint_bodies})
    body = names[definition.body]
    context = {
        "item": item,
        "definition": definition,
        "body": body,
        "path": _path(definition, body),
        "item_type": ITEM_TYPES.get(definition.item_type, definition.title),
        "statutory": limit_text(definition.statutory_limit.amount, definition.statutory_limit.unit),
        "promised": limit_text(definition.promised_limit.amount, definition.promised_limit.unit),
        "fee": fee_words(definition.fee),
        "materials": [_paper(material) for material in definition.materials],
        "has_sample": has_sample(item),
        "delivery": joined(DELIVERY[way] for way in definition.result.delivery),
        "windows": [_window(window) for window in definition.windows],
        "phone": definition.windows[0].phone if definition.windows else "",
        "elements": _elements(definition, names),
        "policies": policies_of_service(item.code, at=timezone.now()),
        **ways_in(item),
    }
    return render(request, "portal/guide.html", context)


@require_safe
def sample(request: HttpRequest, code: str) -> HttpResponse:
    """The document in which the item ends, as a sample."""
    response = HttpResponse(result_sample(public_item(code)), content_type="application/pdf")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def ways_in(item: AppliedType) -> dict[str, object]:
    """How one begins with an item: apply, check first, book a counter."""
    definition = item.definition
    bookable = any(window.slots_per_day for window in definition.windows)
    return {
        "can_apply": not definition.is_guide_only and "online" in definition.channels,
        "guide_only": definition.is_guide_only,
        "apply_url": reverse("portal:apply", args=[item.code]),
        "check_url": reverse("portal:eligibility", args=[item.code]) if definition.eligibility else "",
        "book_url": reverse("portal:book", args=[item.code]) if bookable else "",
    }


def fee_words(fee: Fee) -> str:
    """What it costs, in words."""
    if fee.amount:
        return money(fee.amount / 100)
    return say(fee.note) if fee.note else say(Text("不收费", "Free"))


def joined(texts: Iterable[Text]) -> str:
    """Several words as a list of the reader's language."""
    return ("、" if current_language() == "zh" else ", ").join(say(text) for text in texts)


def _path(definition: CaseType, body: Text) -> list[dict[str, object]]:
    services = reverse("portal:services")
    return [
        {"text": Text("首页", "Home"), "href": reverse("portal:home")},
        {"text": Text("办事", "Services"), "href": services},
        {"text": body, "href": f"{services}?body={definition.body}"},
        {"text": definition.title},
    ]


def _paper(material: Material) -> dict[str, object]:
    forms: list[Text] = []
    if material.original:
        forms.append(_ORIGINAL.fill(n=material.original))
    if material.copies:
        forms.append(_COPIES.fill(n=material.copies))
    if material.electronic:
        forms.append(_ELECTRONIC)
    return {
        "material": material,
        "necessity": NECESSITY[material.necessity],
        "tone": _NEED_TONES[material.necessity],
        "form": joined(forms),
    }


def _window(window: Window) -> list[dict[str, object]]:
    return [
        {"key": Text("地点", "Place"), "value": window.place},
        {"key": Text("时间", "Hours"), "value": window.hours},
        {"key": Text("咨询电话", "Phone"), "value": {"text": window.phone, "href": f"tel:{window.phone}"}},
    ]


def _elements(definition: CaseType, names: dict[str, Text]) -> Sequence[dict[str, object]]:
    rows: list[tuple[Text, object]] = [
        (Text("基本编码", "Basic code"), definition.basic_code),
        (Text("实施编码", "Implementing code"), definition.implementing_code),
        (Text("事项类型", "Kind of item"), ITEM_TYPES.get(definition.item_type, definition.title)),
        (Text("实施主体", "Implementing body"), names[definition.body]),
    ]
    if definition.delegated_body:
        delegated = organisation_names({definition.delegated_body})[definition.delegated_body]
        rows.append((Text("委托实施机构", "Delegated body"), delegated))
    if definition.joint_bodies:
        bodies = joined(names[code] for code in definition.joint_bodies)
        rows.append((Text("联办机构", "Joint bodies"), bodies))
    rows += [
        (Text("服务对象", "For"), joined(APPLICANTS[kind] for kind in definition.applicants)),
        (Text("办件类型", "Handling"), HANDLING[definition.handling]),
        (Text("网上办理深度", "Online depth"), ONLINE_DEPTH[definition.online_depth]),
        (Text("办理形式", "Channels"), joined(CHANNELS[channel] for channel in definition.channels)),
    ]
    if definition.extension:
        rows.append(
            (Text("可延长时限", "May be extended by"), _EXTENSION.fill(n=definition.extension.amount))
        )
    if definition.themes:
        rows.append(
            (Text("主题", "Themes"), joined(THEMES[key] for key in definition.themes if key in THEMES))
        )
    if definition.life_events:
        events = joined(LIFE_EVENTS[key] for key in definition.life_events if key in LIFE_EVENTS)
        rows.append((Text("人生事件", "Life events"), events))
    rows.append((Text("监督投诉电话", "Complaints"), definition.complaints))
    return [{"key": key, "value": value} for key, value in rows]
