"""The guide of a service at a terminal: in short sections, the same on the page, on paper and as PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from yiwang.cases.definitions.case_type import CaseType
from yiwang.identity.api import organisation_names
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json
from yiwang.platform.environment import environment
from yiwang.platform.http.pace import Pace
from yiwang.platform.web.context import city_name
from yiwang.platform.web.language import current_language, say
from yiwang.platform.web.wording import day
from yiwang.portal.kiosk.contracts import TerminalView
from yiwang.portal.kiosk.web.touch import touch_page
from yiwang.portal.queries.catalogue import public_item
from yiwang.portal.rules.subjects import NECESSITY, limit_text
from yiwang.portal.talking.contracts import TooFast
from yiwang.portal.web.guide import fee_words
from yiwang.trust.api import Template, qr_svg
from yiwang.trust.api import render as typeset

TEMPLATE = Template(Path(__file__).parent.parent / "printing" / "guide.typ")
#: Guides set a second for one address; a terminal's printer is slower.
PDF_PACE = Pace(2)
_ONLINE = Text("全程网上办理，不设窗口。", "Wholly online; there is no counter.")
_NOTHING = Text("不需要提交材料。", "Nothing needs to be handed in.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with its lines; each has a smaller second part or none."""

    title: str
    lines: tuple[tuple[str, str], ...]
    numbered: bool = False


@touch_page()
@require_safe
def guide(request: HttpRequest, terminal: TerminalView | None, code: str) -> HttpResponse:
    """One service item, to be read or printed."""
    item = public_item(code)
    address = _on_a_phone(code)
    context = {
        "terminal": terminal,
        "item": item,
        "body": organisation_names({item.definition.body})[item.definition.body],
        "facts": _facts(item.definition),
        "sections": list(_sections(item.definition)),
        # drawn by ourselves from an address
        "code": mark_safe(qr_svg(address)),  # noqa: S308
        "address": address,
        "printed_on": timezone.now(),
    }
    return render(request, "kiosk/guide.html", context)


@require_safe
def guide_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The guide as PDF, for a terminal's printer."""
    item = public_item(code)
    wait = PDF_PACE.take(request)
    if wait:
        raise TooFast(seconds=wait)
    content = _set(item.code, item.version, current_language(), day(timezone.now()))
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="guide-{item.code}.pdf"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@lru_cache(maxsize=64)
def _set(code: str, version: int, language: str, printed_on: str) -> bytes:
    """Typeset once a version, language and day: a tenth of a second each."""
    item = public_item(code)
    address = _on_a_phone(code)
    body = organisation_names({item.definition.body})[item.definition.body]
    sections: list[Json] = [
        {
            "title": section.title,
            "numbered": section.numbered,
            "lines": [{"text": line, "note": more} for line, more in section.lines],
        }
        for section in _sections(item.definition)
    ]
    facts: list[Json] = [{"key": key, "value": value} for key, value in _facts(item.definition)]
    data: dict[str, Json] = {
        "language": language,
        "version": version,
        "city": say(city_name()),
        "title": say(item.title),
        "body": say(body),
        "summary": say(item.definition.summary),
        "facts": facts,
        "sections": sections,
        "address": address,
        "qr": qr_svg(address),
        "printed_on": printed_on,
        "heading": say(Text("办事指南", "Guide to a service")),
        "scan": say(Text("扫码在手机上看、网上办", "Scan to read on and apply on your phone")),
        "printed": say(Text("打印日期", "Printed on")),
    }
    return typeset(TEMPLATE, data).content


def _on_a_phone(code: str) -> str:
    return f"{environment().address()}{reverse('portal:guide', args=[code])}"


def _facts(definition: CaseType) -> list[tuple[str, str]]:
    promised = limit_text(definition.promised_limit.amount, definition.promised_limit.unit)
    visits = Text("{n}次", "{n}").fill(n=definition.visits) if definition.visits else Text("一次不跑", "None")
    return [
        (say(Text("承诺时限", "Promised within")), say(promised)),
        (say(Text("到现场", "Visits")), say(visits)),
        (say(Text("收费", "Fee")), fee_words(definition.fee)),
    ]


def _sections(definition: CaseType) -> Iterator[Section]:
    if definition.conditions:
        yield Section(
            title=say(Text("谁能办", "Who can apply")),
            lines=tuple((say(condition), "") for condition in definition.conditions),
        )
    papers = tuple(
        (f"{say(paper.title)}（{say(NECESSITY[paper.necessity])}）", say(paper.note) if paper.note else "")
        if current_language() == "zh"
        else (
            f"{say(paper.title)} ({say(NECESSITY[paper.necessity])})",
            say(paper.note) if paper.note else "",
        )
        for paper in definition.materials
    )
    yield Section(
        title=say(Text("要带什么", "What to bring")),
        lines=papers or ((say(_NOTHING), ""),),
        numbered=bool(papers),
    )
    if definition.steps:
        yield Section(
            title=say(Text("怎么办", "How it is done")),
            lines=tuple((say(step), "") for step in definition.steps),
            numbered=True,
        )
    windows = tuple(
        (say(window.place), f"{say(window.hours)} · {window.phone}") for window in definition.windows
    )
    yield Section(title=say(Text("去哪里办", "Where to go")), lines=windows or ((say(_ONLINE), ""),))
