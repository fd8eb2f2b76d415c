"""``docs/reference/declarations.md``: every word that a pack may write, from the models that read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from yiwang.platform.contracts import Json

_HEAD = """# What a pack declares

<!-- Generated from the models of the engines by `./yiwang docs`; don't edit. -->

Each folder of a pack holds one kind of declaration, one a file, named like its code. A word that is not
listed here is refused with its file and line. `text` is a pair `{zh: …, en: …}`; FEEL is explained in
[conditions](conditions.md), processes and decision tables in [processes](processes.md).
"""
_SHORT = {"string": "string", "integer": "whole number", "number": "number", "boolean": "true or false"}
_BOUNDS = {
    "minimum": "≥ {}",
    "exclusiveMinimum": "> {}",
    "maximum": "≤ {}",
    "maxLength": "up to {} characters",
}


def reference_page(kinds: Mapping[str, type[BaseModel]]) -> str:
    """Write the page as Markdown: a section for each folder or file, a table for each part of it."""
    parts = [_HEAD]
    for place, model in kinds.items():
        schema = model.model_json_schema()
        parts.append(f"\n## `{place}`\n\n{_said(schema)}")
        parts.append(_table(schema))
        for name, named in sorted(_object(schema.get("$defs")).items()):
            part = _object(named)
            if name != "Text" and "properties" in part:
                parts.append(f"\n### {_anchor(place, name)}\n\n{_said(part)}{_table(part)}")
            elif "enum" in part:
                parts.append(f"\n### {_anchor(place, name)}\n\n{_said(part)}{_type(part)}\n")
    return "".join(parts)


def _anchor(place: str, name: str) -> str:
    return f"{name} in `{place}`"


def _said(schema: Mapping[str, Json]) -> str:
    said = str(schema.get("description", "")).strip()
    return said + "\n\n" if said else ""


def _table(schema: Mapping[str, Json]) -> str:
    required = schema.get("required")
    needed = set(required) if isinstance(required, list) else set()
    lines = ["| word | what | unless said |\n|---|---|---|\n"]
    for name, found in _object(schema.get("properties")).items():
        field = _object(found)
        what = ", ".join([_type(field), *_bounds(field)])
        about = f"; {field['description']}" if "description" in field else ""
        unless_said = "**needed**" if name in needed else _default(field)
        lines.append(f"| `{name}` | {what}{about} | {unless_said} |\n")
    return "".join(lines)


def _type(field: Mapping[str, Json]) -> str:
    if "$ref" in field:
        name = str(field["$ref"]).rpartition("/")[2]
        return "text" if name == "Text" else name
    for word in ("anyOf", "oneOf"):
        if isinstance(choices := field.get(word), list):
            kinds = [_type(_object(each)) for each in choices if _object(each).get("type") != "null"]
            return " or ".join(dict.fromkeys(kinds))
    if isinstance(listed := field.get("enum"), list):
        return " · ".join(f"`{each}`" for each in listed)
    if "const" in field:
        return f"`{field['const']}`"
    return _composed(field)


def _composed(field: Mapping[str, Json]) -> str:
    match field.get("type"):
        case "array":
            return f"list of {_type(_object(field.get('items')))}"
        case "object" if "additionalProperties" in field:
            return f"mapping to {_type(_object(field['additionalProperties']))}"
        case kind:
            return _SHORT.get(str(kind), "anything")


def _bounds(field: Mapping[str, Json]) -> Iterator[str]:
    for word, form in _BOUNDS.items():
        if word in field:
            yield form.format(field[word])


def _default(field: Mapping[str, Json]) -> str:
    match field.get("default"):
        case None:
            return "–"
        case True:
            return "true"
        case False:
            return "false"
        case [] | {}:
            return "none"
        case list() as several:
            return ", ".join(f"`{each}`" for each in several)
        case single:
            return f"`{single}`"


def _object(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, Mapping) else {}
