"""From a Control to what its template prints: ids, ARIA wiring, input modes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from yiwang.kernel.text import Text
from yiwang.platform.web.components.choosing import chooser
from yiwang.platform.web.components.picking import picker
from yiwang.platform.web.components.reading import parts, read, words
from yiwang.platform.web.controls import (
    RADIO_LIMIT,
    Control,
    Option,
    control_from,
    date_parts,
    option_from,
)
from yiwang.platform.web.language import current_language, say
from yiwang.platform.web.wording import size

_INPUTS: dict[str, dict[str, object]] = {
    "text": {"type": "text", "width": 40},
    "integer": {"type": "text", "inputmode": "numeric", "width": 8},
    "decimal": {"type": "text", "inputmode": "decimal", "width": 8},
    "money": {"type": "text", "inputmode": "decimal", "width": 16, "unit": Text("元", "yuan")},
    "id_number": {"type": "text", "width": 24, "max_length": 18, "code": True, "autocomplete": "off"},
    "credit_code": {"type": "text", "width": 24, "max_length": 18, "code": True, "autocomplete": "off"},
    "industry": {"type": "text", "width": 8, "max_length": 5, "code": True, "autocomplete": "off"},
    "postcode": {"type": "text", "inputmode": "numeric", "width": 8, "autocomplete": "postal-code"},
    "phone": {"type": "tel", "inputmode": "tel", "width": 16, "autocomplete": "tel"},
    "email": {"type": "email", "inputmode": "email", "width": 24, "autocomplete": "email"},
}
_DATE_NAMES = {"year": Text("年", "Year"), "month": Text("月", "Month"), "day": Text("日", "Day")}
_YES_NO = (Option(value="yes", label=Text("是", "Yes")), Option(value="no", label=Text("否", "No")))
_BIRTHDAY = {"year": "bday-year", "month": "bday-month", "day": "bday-day"}
_CORNERS = Text(
    "每行一个角点：经度,纬度（CGCS2000，度），例如113.2644,23.1291；也可粘贴WKT或GeoJSON。",
    "A corner a line: longitude,latitude (CGCS2000, degrees), such as 113.2644,23.1291; "
    "or paste WKT or GeoJSON.",
)
_FILE_LIMIT = Text("可上传{kinds}，每个不超过{limit}。", "You can upload {kinds}, up to {limit} each.")


def _template(control: Control) -> str:
    if control.kind in _INPUTS:
        return "input"
    if control.kind == "yes_no":
        return "radios"
    if control.kind == "choice":
        return "radios" if len(control.options) <= RADIO_LIMIT else "select"
    return {
        "choices": "checkboxes",
        "division": "select",
        "long_text": "textarea",
        "area": "area",
        "date": "date",
        "address": "address",
        "file": "file",
        "group": "group",
    }[control.kind]


def _chosen(value: object) -> set[str]:
    if isinstance(value, bool):
        return {"yes" if value else "no"}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return {str(part) for part in value}
    return set() if value is None or value == "" else {str(value)}


def _options(control: Control, stem: str, value: object) -> list[dict[str, object]]:
    """Options in their order, gathered under their group's name where they have one."""
    chosen = _chosen(value)
    groups: list[dict[str, object]] = []
    source = _YES_NO if control.kind == "yes_no" else [option_from(option) for option in control.options]
    for at, option in enumerate(source, start=1):
        title = words(option.group)
        if not groups or groups[-1]["title"] != title:
            groups.append({"title": title, "options": []})
        bucket = groups[-1]["options"]
        assert isinstance(bucket, list)  # noqa: S101 - made two lines above
        bucket.append(
            {
                "id": f"{stem}-{at}",
                "value": option.value,
                "label": words(option.label),
                "hint": words(option.hint),
                "chosen": option.value in chosen,
            }
        )
    return groups


def _dates(control: Control, stem: str) -> list[dict[str, str]]:
    """Year, month, day in the order of the language."""
    typed = date_parts(control.value)
    order = ("day", "month", "year") if current_language() == "en" else ("year", "month", "day")
    return [
        {
            "part": part,
            "id": f"{stem}-{part}",
            "name": f"{control.name}-{part}",
            "label": say(_DATE_NAMES[part]),
            "value": typed[part],
            "length": "4" if part == "year" else "2",
            "autocomplete": _BIRTHDAY[part] if control.autocomplete == "bday" else "",
        }
        for part in order
    ]


def _is_picked(control: Control) -> bool:
    """Nobody looks for a birthday in a calendar."""
    return not control.readonly and control.autocomplete != "bday"


def _files(control: Control) -> list[dict[str, object]]:
    return [
        {
            "key": read(part, "key"),
            "name": read(part, "name"),
            "size": size(int(str(read(part, "size", 0)))) if read(part, "size", 0) else "",
            "href": read(part, "href"),
        }
        for part in parts(control.value)
    ]


def _address(control: Control, stem: str) -> dict[str, object]:
    value = control.value if isinstance(control.value, Mapping) else {"detail": control.value or ""}
    return {
        "division_id": f"{stem}-division",
        "division_name": f"{control.name}-division",
        "detail_id": f"{stem}-detail",
        "detail_name": f"{control.name}-detail",
        "detail": words(read(value, "detail")),
        "groups": _options(control, f"{stem}-division", read(value, "division")),
        "suggest": control.suggest,
        "place_name": f"{control.name}-place",
        "place_id": f"{stem}-place",
        "places_for": control.places_for,
        "places": _places(control, f"{stem}-place"),
    }


def _places(control: Control, stem: str) -> list[dict[str, object]]:
    return [
        {
            "id": f"{stem}-{at}",
            "value": option.value,
            "label": words(option.label),
            "hint": words(option.hint),
            "chosen": option.value == control.place,
        }
        for at, option in enumerate(control.places, start=1)
    ]


def _input(control: Control) -> dict[str, object]:
    settings = _INPUTS.get(control.kind, {})
    return {
        "type": settings.get("type", "text"),
        "inputmode": settings.get("inputmode", ""),
        "code": settings.get("code", False),
        "unit": words(control.unit) or words(settings.get("unit", "")),
        "width": control.width or settings.get("width", 0),
        "max_length": control.max_length or settings.get("max_length", 0),
        "autocomplete": control.autocomplete or settings.get("autocomplete", ""),
    }


def _kind_hint(control: Control) -> str:
    return say(_CORNERS) if control.kind == "area" else _file_hint(control)


def _file_hint(control: Control) -> str:
    if not (control.accept and control.max_bytes):
        return ""
    kinds = [part.lstrip(".").upper() for part in control.accept]
    joined = "、".join(kinds) if current_language() == "zh" else ", ".join(kinds)
    return say(_FILE_LIMIT.fill(kinds=joined, limit=size(control.max_bytes)))


def question(source: Control | Mapping[str, object]) -> dict[str, object]:
    """One question with its label, hint, errors and field, from a Control or a dictionary with its keys."""
    control = control_from(source)
    stem = "q-" + control.name.replace(".", "-")
    template = _template(control)
    hint = " ".join(part for part in (words(control.hint), _kind_hint(control)) if part)
    described = [
        f"{stem}-hint" if hint else "",
        f"{stem}-error" if control.errors else "",
        f"{stem}-count" if template == "textarea" and control.max_length else "",
    ]
    return {
        "template": f"platform/questions/{template}.html",
        "kind": control.kind,
        "id": stem,
        "name": control.name,
        "label": words(control.label),
        "heading": control.heading,
        "hint": hint,
        "errors": [words(error) for error in control.errors],
        "described_by": " ".join(part for part in described if part),
        "value": "" if control.value is None else control.value,
        "required": control.required,
        "readonly": control.readonly,
        "source": words(control.source),
        "rows": control.rows,
        "accept": ",".join(control.accept),
        "max_bytes": control.max_bytes,
        "multiple": control.multiple,
        "fieldset": template in {"radios", "checkboxes", "date", "address", "group"},
        "groups": _options(control, stem, control.value)
        if template in {"radios", "checkboxes", "select"}
        else [],
        "inline": control.kind == "yes_no",
        "compact": control.compact,
        "dates": _dates(control, stem) if template == "date" else [],
        "picker": picker() if template == "date" and _is_picked(control) else None,
        "chooser": chooser() if template == "file" and control.multiple else "",
        "ground": control.ground,
        "files": _files(control) if template == "file" else [],
        "address": _address(control, stem) if template == "address" else None,
        "children": list(control.children),
        **_input(control),
    }


def errors_of(controls: Sequence[Control | Mapping[str, object]]) -> list[dict[str, str]]:
    """The errors of questions in their order, groups included, as the error summary takes them."""
    found: list[dict[str, str]] = []
    for source in controls:
        control = control_from(source)
        found += [{"text": words(error), "href": f"#{control.anchor}"} for error in control.errors]
        found += errors_of(control.children)
    return found
