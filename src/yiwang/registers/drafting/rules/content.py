"""The definition of a draft as data: its head, its fields, and what follows when one is renamed or goes.

Data may be incomplete: whether it is a definition is asked when it is checked. Nothing that is given is
changed; each act gives new data.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from yiwang.platform.contracts import Json
from yiwang.registers.drafting.contracts import FieldNotFound

Data = Mapping[str, Json]
_HEAD = ("code", "title", "summary", "owner", "sources", "open", "key", "district", "subject")
_REST = ("fields", "removed", "links", "addresses", "duplicates", "quality")
#: Words whose value is the name of a field.
_NAMING = frozenset({"field", "kind_field", "only_field", "code_field", "point_field"})
_FIELD = (
    "id", "name", "kind", "title", "hint", "secrecy", "required", "unique", "encrypted", "searchable",
    "codes", "register", "on_retire", "max_length", "min", "max",
)  # fmt: skip


def fields_of(data: Data) -> list[dict[str, Json]]:
    """The fields that have an id."""
    found = data.get("fields")
    listed = found if isinstance(found, list) else []
    return [field for field in listed if isinstance(field, dict) and isinstance(field.get("id"), int)]


def next_id(data: Data, published: Collection[int] = ()) -> int:
    """The id of a new field: higher than any that is or ever was published."""
    gone = data.get("removed")
    buried = [one.get("id") for one in gone if isinstance(one, dict)] if isinstance(gone, list) else []
    used = [field["id"] for field in fields_of(data)] + buried
    return max([number for number in used if isinstance(number, int)] + [*published, 0]) + 1


def with_head(data: Data, head: Data) -> dict[str, Json]:
    """Put what the head says; an empty value takes its key away."""
    return _ordered({**data, **head}, _HEAD + _REST)


def with_field(data: Data, field: Data) -> dict[str, Json]:
    """Put a field in the place of the one with its id, or at the end; a new name is followed elsewhere."""
    put = _ordered(field, _FIELD)
    present = fields_of(data)
    before = next((one for one in present if one["id"] == put["id"]), None)
    if before is None:
        return with_head(data, {"fields": [*present, put]})
    replaced: list[Json] = [put if one is before else one for one in present]
    old, new = before.get("name"), put.get("name")
    changed = with_head(data, {"fields": replaced})
    return _renamed(changed, str(old), str(new)) if old != new else changed


def moved(data: Data, identity: int, *, up: bool) -> dict[str, Json]:
    """Change places with the field above or below; at the edge nothing happens.

    Raises:
        FieldNotFound
    """
    present = fields_of(data)
    place = _place_of(identity, present)
    other = place - 1 if up else place + 1
    if 0 <= other < len(present):
        present[place], present[other] = present[other], present[place]
    return with_head(data, {"fields": [*present]})


def without_field(data: Data, identity: int, *, published: Mapping[int, str], since: str) -> dict[str, Json]:
    """Take a field away. One that is published leaves its id and the name it has there as a tombstone.

    since: the version from which on it is gone.

    Raises:
        FieldNotFound
    """
    left = fields_of(data)
    del left[_place_of(identity, left)]
    if identity not in published:
        return with_head(data, {"fields": [*left]})
    gone = data.get("removed")
    stone: Json = {"id": identity, "name": published[identity], "since": since}
    return with_head(data, {"fields": [*left], "removed": [*(gone if isinstance(gone, list) else []), stone]})


def _place_of(identity: int, fields: list[dict[str, Json]]) -> int:
    for place, field in enumerate(fields):
        if field["id"] == identity:
            return place
    raise FieldNotFound(field=identity)


def _ordered(data: Data, order: tuple[str, ...]) -> dict[str, Json]:
    """In the order in which definitions are written, without what says nothing."""
    known = {key: data[key] for key in order if key in data}
    whole = known | {key: value for key, value in data.items() if key not in order}
    return {
        key: value for key, value in whole.items() if value not in ("", None, [], {}) and value is not False
    }


def _renamed(data: dict[str, Json], old: str, new: str) -> dict[str, Json]:
    """Where the definition names a field, it names it as it is called now."""
    changed = dict(data)
    for key in ("key", "district"):
        if changed.get(key) == old:
            changed[key] = new
    for key in ("subject", "links", "addresses", "duplicates", "quality"):
        if key in changed:
            changed[key] = _renamed_in(changed[key], old, new)
    return changed


def _renamed_in(value: Json, old: str, new: str) -> Json:
    """In the parts that name fields by a word of ``_NAMING`` or in a list ``fields``."""
    if isinstance(value, list):
        return [_renamed_in(each, old, new) for each in value]
    if not isinstance(value, dict):
        return value
    found: dict[str, Json] = {}
    for key, each in value.items():
        if key in _NAMING:
            found[key] = new if each == old else each
        elif key == "fields" and isinstance(each, list):
            found[key] = [new if one == old else _renamed_in(one, old, new) for one in each]
        else:
            found[key] = each
    return found
