"""A page's own fields as templates show them: in the reader's language, files with their addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from yiwang.identity.api import organisation_names
from yiwang.platform.web.language import current_language, say
from yiwang.portal.sites import api
from yiwang.portal.sites.contracts import FileView, PageView
from yiwang.portal.sites.rules import details
from yiwang.portal.sites.rules.details import DetailField, Details, Row, Scalar
from yiwang.portal.sites.web.marked import as_html, foreign


@dataclass(frozen=True, slots=True, kw_only=True)
class _Surroundings:
    files: Mapping[int, FileView]
    file_address: str


def said(page: PageView, file_address: str) -> dict[str, object]:
    """Each field by its key: words as safe text, a choice as its words (and ``<key>_key``), a file as
    ``{file, href}``, rows as a list of the same; what was not given is empty.
    """
    fields = api.PAGE_KINDS.get(page.link.kind).fields
    numbers = [number for number, _ in details.files_of(fields, page.details)]
    around = _Surroundings(files=api.files_named(page.link.site, numbers), file_address=file_address)
    found: dict[str, object] = _row([one for one in fields if one.kind != "rows"], page.details, around)
    for field in fields:
        if field.kind == "rows":
            rows = details.rows_of(page.details, field.key)
            found[field.key] = [_row(field.columns, row, around) for row in rows]
    return found


def facts(page: PageView) -> list[dict[str, object]]:
    """What stands in the list at the page's head: the fields that are facts and were given."""
    fields = [one for one in api.PAGE_KINDS.get(page.link.kind).fields if one.fact and one.kind != "rows"]
    around = _Surroundings(files={}, file_address="")
    shown = _row([one for one in fields if one.kind not in {"file", "picture"}], page.details, around)
    return [{"key": one.label, "value": shown[one.key]} for one in fields if shown.get(one.key)]


def _row(
    fields: Sequence[DetailField] | Iterable[DetailField], row: Details | Row, around: _Surroundings
) -> dict[str, object]:
    found: dict[str, object] = {}
    for field in fields:
        value = row.get(field.key)
        if isinstance(value, tuple):
            continue
        found[field.key] = _shown(field, row, value, around)
        if field.kind == "choice":
            found[f"{field.key}_key"] = value or ""
    return found


def _shown(field: DetailField, row: Details | Row, value: Scalar, around: _Surroundings) -> object:
    if value in (None, ""):
        return ""
    match field.kind:
        case "text" | "long_text":
            return _words(field, row, str(value))
        case "choice":
            return say(dict(field.options).get(str(value), ""))
        case "organisation":
            return say(organisation_names({str(value)}).get(str(value), str(value)))
        case "file" | "picture":
            file = around.files.get(value) if isinstance(value, int) else None
            href = around.file_address.replace("{file}", str(value))
            return {"file": file, "href": href} if file else ""
    return value


def _words(field: DetailField, row: Details | Row, chinese: str) -> object:
    block = field.kind == "long_text"
    english = row.get(f"{field.key}_en") if field.english else None
    if current_language() == "en" and not english:
        return foreign(chinese, block=block)
    text = str(english) if current_language() == "en" else chinese
    return as_html(text) if block else text
