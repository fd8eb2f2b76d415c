"""All registers, one register with its entries, and its fields."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.identity.api import actor_for, needs_officer, organisation_names
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor, OperationNotAllowed
from yiwang.platform.web.private_search import PARAMETER, recall, remember
from yiwang.registers import api
from yiwang.registers.contracts import FilterRefused, Page
from yiwang.registers.definitions import FieldDefinition, RegisterDefinition
from yiwang.registers.drafting import api as drafting
from yiwang.registers.rules.field_kinds import RULES
from yiwang.registers.rules.standard_codes import codes_of
from yiwang.registers.web.change_notices import notices_for
from yiwang.registers.web.presenting import NEVER, TONES, columns_of, listed_value

_PER_PAGE = 30
_ORDER = ("all", "own", "public", "none")
_REACHES = {
    "all": Text("本单位", "Ours"),
    "own": Text("本单位的登记项", "Our own entries"),
    "public": Text("公开部分", "Public part"),
    "none": Text("经授权查询", "Under a grant"),
}
_YES = Text("是", "Yes")
#: Pages of those who keep the register right: name, title, and who sees it.
_CARE: tuple[tuple[str, Text, Callable[[Actor, RegisterDefinition], bool]], ...] = (
    (
        "duplicates",
        Text("疑似重复", "Duplicates"),
        lambda actor, register: (
            bool(register.duplicates)
            and api.owns_register(actor, register.code, "registers.duplicate.review")
        ),
    ),
    (
        "quality",
        Text("质量", "Quality"),
        lambda actor, register: api.quality_reach(actor, register.code) is not None,
    ),
)


@needs_officer("registers.entry.list")
@require_safe
def show_registers(request: HttpRequest) -> HttpResponse:
    """The list of registers: those first of which the officer sees most."""
    actor = actor_for(request)
    found = api.list_registers()
    names = organisation_names({register.owner for register in found})
    asked = {name: request.GET.get(name, "").strip()[:80] for name in ("q", "owner", "reach")}
    rows = [
        {
            "register": register,
            "owner": names.get(register.owner, register.owner),
            "reach": api.list_reach(actor, register.code),
        }
        for register in found
    ]
    rows.sort(key=lambda row: _ORDER.index(str(row["reach"])))
    context = {
        "rows": [row for row in rows if _fits(row["register"], str(row["reach"]), asked)],
        "count": len(rows),
        "notices": notices_for(request),
        "asked": asked,
        "owners": sorted(names.items()),
        "may_draft": drafting.reaches(actor, drafting.EDIT, actor.organisation),
        "reaches": [(key, _REACHES[key]) for key in _ORDER if any(row["reach"] == key for row in rows)],
    }
    return render(request, "registers/all.html", context)


def _fits(register: object, reach: str, asked: dict[str, str]) -> bool:
    """Whether a register has the words in its title or summary, in either language, and the choices fit."""
    if not isinstance(register, RegisterDefinition):
        return False
    texts = [text.in_(language) for text in (register.title, register.summary) for language in ("zh", "en")]
    return (
        asked["q"].casefold() in " ".join([register.code, *texts]).casefold()
        and asked["owner"] in {"", register.owner}
        and asked["reach"] in {"", reach}
    )


def register_context(request: HttpRequest, code: str, tab: str) -> dict[str, object]:
    """What every page of a register shows."""
    actor = actor_for(request)
    definition = api.get_register(code)
    names = organisation_names({definition.owner, *definition.sources})
    return {
        "register": definition,
        "owner": names.get(definition.owner, definition.owner),
        "may": {
            "enter": api.may_write(actor, code, "registers.entry.enter"),
            "amend": api.may_write(actor, code, "registers.entry.amend"),
            "retire": api.may_write(actor, code, "registers.entry.retire"),
            "load": api.may_write(actor, code, "registers.file.load"),
            "export": api.may_write(actor, code, "registers.file.export"),
        },
        "tabs": [
            {
                "text": Text("登记项", "Entries"),
                "href": reverse("registers:register", args=[code]),
                "current": tab == "entries",
            },
            {
                "text": Text("字段", "Fields"),
                "href": reverse("registers:fields", args=[code]),
                "current": tab == "fields",
            },
            {
                "text": Text("版本", "Revisions"),
                "href": reverse("registers:revisions", args=[code]),
                "current": tab == "revisions",
            },
            *(
                {
                    "text": title,
                    "href": reverse(f"registers:{name}", args=[code]),
                    "current": tab == name,
                }
                for name, title, is_for in _CARE
                if is_for(actor, definition)
            ),
        ],
    }


def refuse_strangers(actor: Actor, code: str, operation: str) -> None:
    """Only the owner and the sources of a register see the forms that write to it.

    Raises:
        OperationNotAllowed: the officer is of neither.
    """
    if not api.may_write(actor, code, operation):
        raise OperationNotAllowed(operation=operation)


@needs_officer("registers.entry.list")
@require_http_methods(["GET", "HEAD", "POST"])
def show_register(request: HttpRequest, code: str) -> HttpResponse:
    """The entries: search by what is searchable, page by page; personal values stay out of the address."""
    actor = actor_for(request)
    context = register_context(request, code, "entries")
    definition = api.get_register(code)
    searchable = [field for field in definition.fields if field.searchable or field.unique]
    private = [field.name for field in searchable if field.secrecy.is_personal]
    public = [field.name for field in searchable if field.name not in private]
    if request.method == "POST":
        return remember(request, private=private, public=public)
    in_address = {name: v for name in public if (v := request.GET.get(name, "").strip()[:200])}
    equal = in_address | recall(request)
    after = request.GET.get("after", "")
    page = _page(actor, definition, equal, int(after) if after.isascii() and after.isdigit() else None)
    columns = columns_of(definition)
    context |= {
        "filters": [_filter(field, equal.get(field.name, "")) for field in searchable],
        "columns": columns,
        "rows": _rows(definition, columns, page),
        "count": page.count,
        "count_is_exact": page.count_is_exact,
        "private": bool(private),
        "next": _next(request, in_address, page),
    }
    return render(request, "registers/register.html", context)


def _next(request: HttpRequest, in_address: dict[str, str], page: Page) -> str:
    if not page.after:
        return ""
    token = {PARAMETER: request.GET[PARAMETER]} if PARAMETER in request.GET else {}
    return f"?{urlencode({**in_address, **token, 'after': page.after})}"


def _page(actor: Actor, definition: RegisterDefinition, equal: dict[str, str], after: int | None) -> Page:
    asked = api.Asked(equal=equal, after=after, limit=_PER_PAGE, count="bounded")
    try:
        return api.list_entries(actor=actor, register=definition.code, asked=asked, at=timezone.now())
    except FilterRefused:
        return Page(body="[]", size=0, after=None, count=0, count_policy="bounded", count_is_exact=True)


def _filter(field: FieldDefinition, value: str) -> dict[str, object]:
    options = [{"value": code, "words": words} for code, words in codes_of(field).items()]
    return {"name": field.name, "title": field.title, "value": value, "options": options}


def _rows(
    definition: RegisterDefinition, columns: list[FieldDefinition], page: Page
) -> list[dict[str, object]]:
    rows = []
    for entry in json.loads(page.body):
        masked = frozenset(entry["masked"])
        cells = [
            listed_value(definition, field, entry["values"], masked=NEVER if field.name in masked else None)
            for field in columns
        ]
        href = reverse("registers:entry", args=[definition.code, entry["entry"]])
        rows.append({"href": href, "head": cells[0], "cells": list(zip(columns[1:], cells[1:], strict=True))})
    return rows


@needs_officer("registers.entry.list")
@require_safe
def show_fields(request: HttpRequest, code: str) -> HttpResponse:
    """What the register holds, how secret it is, and which standard its values follow."""
    context = register_context(request, code, "fields")
    definition = api.get_register(code)
    context["fields"] = [
        {
            "title": {"text": field.title, "note": field.name},
            "kind": RULES[field.kind].title,
            "secrecy": {"text": field.secrecy.words, "tone": TONES[field.secrecy]},
            "required": _YES if field.required else "",
            "unique": _YES if field.unique else "",
        }
        for field in definition.fields
    ]
    context["field_columns"] = [
        {"key": "title", "label": Text("字段", "Field"), "head": True},
        {"key": "kind", "label": Text("类型和标准", "Kind and standard")},
        {"key": "secrecy", "label": Text("密级", "Secrecy")},
        {"key": "required", "label": Text("必填", "Required")},
        {"key": "unique", "label": Text("唯一", "Unique")},
    ]
    return render(request, "registers/fields.html", context)
