"""The catalogue in CKAN's words: packages, organisations, groups, tags; each action is a function.

A package is an entry, its resources are the distributions, an organisation the provider, a group a category
of the guide, and what GB/T 21063 says besides stands in ``extras``.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from yiwang.exchange.catalogue.dcat import absolute, iri_of
from yiwang.exchange.catalogue.items import Distribution, Item
from yiwang.exchange.catalogue.metadata import Category
from yiwang.exchange.contracts import ResourceNotFound
from yiwang.exchange.queries.search import Asked, all_entries, get_entry, search
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json

#: Namespace of the stable identifiers that CKAN's clients expect (RFC 4122, version 5).
_SPACE = uuid.UUID("6f1d0e0a-6a53-5c1c-9a0e-2d6a1d3f7b11")
_MOST_ROWS = 1000
#: CKAN's names of what we can narrow down by.
_FIELDS = {
    "organization": "owner",
    "owner_org": "owner",
    "groups": "category",
    "res_format": "format",
    "type": "kind",
    "origin": "origin",
    "sharing": "sharing",
    "updated": "updated",
}
_CONDITION = re.compile(r'\+?(\w+):(?:"([^"]{0,200})"|\(([^()]{0,500})\)|([^\s"()]{1,200}))')
_SORTS = {
    "": "relevance",
    "score desc": "relevance",
    "relevance asc": "relevance",
    "score desc, metadata_modified desc": "relevance",
    "metadata_modified desc": "changed",
    "title asc": "title_zh",
    "title_string asc": "title_zh",
    "name asc": "code",
}


class NothingThere(LookupError):
    """What was asked for is not in the catalogue."""


class ActionRefused(ValueError):
    """A parameter cannot be understood."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field, self.reason = field, reason


@dataclass(frozen=True, slots=True)
class Action:
    """One action and what it is for."""

    about: str
    answer: Callable[[Mapping[str, Json], str], Json]


def identifier(*parts: str) -> str:
    """A stable UUID for something of the catalogue."""
    return str(uuid.uuid5(_SPACE, "/".join(parts)))


def _pair(text: Text) -> dict[str, Json]:
    return {"zh": text.zh, "en": text.en}


def _number(asked: Mapping[str, Json], name: str, default: int, most: int) -> int:
    value = asked.get(name, default)
    try:
        found = int(str(value))
    except ValueError:
        raise ActionRefused(name, "Invalid integer") from None
    if found < 0:
        raise ActionRefused(name, "Must be a natural number")
    return min(found, most)


def _wanted(asked: Mapping[str, Json], *names: str) -> str:
    for name in names:
        value = asked.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
    raise ActionRefused(names[0], "Missing value")


def _entry(wanted: str) -> Item:
    try:
        return get_entry(wanted)
    except ResourceNotFound:
        pass
    for item in all_entries():
        if wanted == identifier("package", item.code):
            return item
    raise NothingThere


def _package_list(asked: Mapping[str, Json], site: str) -> Json:
    start, rows = _number(asked, "offset", 0, 10**6), _number(asked, "limit", _MOST_ROWS, _MOST_ROWS)
    found = search(Asked(order="code", start=start, rows=rows))
    return [item.code for item in found.items]


def _package_show(asked: Mapping[str, Json], site: str) -> Json:
    return package(_entry(_wanted(asked, "id", "name_or_id")), site)


def _package_search(asked: Mapping[str, Json], site: str) -> Json:
    words, chosen = _question(str(asked.get("q") or ""))
    for part in (asked.get("fq"), *_list(asked.get("fq_list"))):
        said, more = _question(str(part or ""))
        if said.strip():
            raise ActionRefused("fq", f"cannot narrow down by {said.strip()[:60]!r}")
        chosen = _both(chosen, more)
    sort = str(asked.get("sort") or "")
    if sort not in _SORTS:
        raise ActionRefused("sort", f"cannot sort by {sort[:60]!r}; known: {', '.join(filter(None, _SORTS))}")
    wanted = _facets(asked)
    found = search(
        Asked(
            words=words,
            chosen=chosen,
            order=_SORTS[sort],
            start=_number(asked, "start", 0, 10**6),
            rows=_number(asked, "rows", 10, _MOST_ROWS),
        ),
        facets=sorted({_FIELDS[name] for name in wanted}),
    )
    counts = {name: found.facets[_FIELDS[name]] for name in wanted}
    return {
        "count": found.count,
        "sort": sort or "score desc, metadata_modified desc",
        "results": [package(item, site) for item in found.items],
        "facets": {name: dict(values) for name, values in counts.items()},
        "search_facets": {
            name: {
                "title": name,
                "items": [
                    {"name": value, "display_name": value, "count": count} for value, count in values.items()
                ],
            }
            for name, values in counts.items()
        },
    }


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _facets(asked: Mapping[str, Json]) -> list[str]:
    """Names of facets: a list, or its JSON text in an address."""
    value = asked.get("facet.field", [])
    names = re.findall(r"\w+", value) if isinstance(value, str) else [str(name) for name in _list(value)]
    return [name for name in names if name in _FIELDS]


def _question(text: str) -> tuple[str, dict[str, tuple[str, ...]]]:
    """Split ``words organization:x`` into words and conditions; ``*:*`` is everything."""
    chosen: dict[str, tuple[str, ...]] = {}
    rest = text.replace("*:*", " ")
    for found in _CONDITION.finditer(rest):
        name = found[1]
        if name == "tags":
            rest += f" {found[2] or found[4] or ''}"
            continue
        if name not in _FIELDS:
            raise ActionRefused("fq", f"cannot narrow down by {name[:60]!r}; known: {', '.join(_FIELDS)}")
        values = (
            tuple(v for v in re.split(r"\s+OR\s+|\s+", found[3]) if v)
            if found[3]
            else (found[2] or found[4],)
        )
        chosen = _both(chosen, {_FIELDS[name]: tuple(value.strip('"') for value in values)})
    return re.sub(r"\s+AND\s+", " ", _CONDITION.sub(" ", rest)), chosen


def _both(
    first: Mapping[str, tuple[str, ...]], second: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Both conditions hold: of one facet only what both allow, and nothing if they share nothing."""
    found = dict(first)
    for name, values in second.items():
        kept = tuple(value for value in found.get(name, values) if value in values)
        found[name] = kept or ("\x01",)
    return found


def _organizations(site: str) -> dict[str, dict[str, Json]]:
    found: dict[str, dict[str, Json]] = {}
    for item in all_entries():
        name = _organization_name(item)
        known = found.setdefault(name, _organization(item))
        count = known["package_count"]
        known["package_count"] = (count if isinstance(count, int) else 0) + 1
    return found


def _organization_name(item: Item) -> str:
    return item.owner or (item.provenance.source if item.provenance else "unknown")


def _organization(item: Item) -> dict[str, Json]:
    name = _organization_name(item)
    return {
        "id": identifier("organization", name),
        "name": name,
        "title": item.publisher.zh,
        "display_name": item.publisher.zh,
        "title_translated": _pair(item.publisher),
        "description": "",
        "image_url": "",
        "type": "organization",
        "is_organization": True,
        "approval_status": "approved",
        "state": "active",
        "package_count": 0,
    }


def _organization_list(asked: Mapping[str, Json], site: str) -> Json:
    found = _organizations(site)
    if str(asked.get("all_fields", "")).lower() in {"true", "1"}:
        return [found[name] for name in sorted(found)]
    return list[Json](sorted(found))


def _organization_show(asked: Mapping[str, Json], site: str) -> Json:
    wanted = _wanted(asked, "id")
    for name, said in _organizations(site).items():
        if wanted in {name, said["id"]}:
            return said
    raise NothingThere


def _group_list(asked: Mapping[str, Json], site: str) -> Json:
    used = [category for category in Category if any(item.category is category for item in all_entries())]
    if str(asked.get("all_fields", "")).lower() in {"true", "1"}:
        return [_group(category) for category in used]
    return [category.value for category in used]


def _group_show(asked: Mapping[str, Json], site: str) -> Json:
    wanted = _wanted(asked, "id")
    for category in Category:
        if wanted in {category.value, identifier("group", category.value)}:
            count = sum(item.category is category for item in all_entries())
            return {**_group(category), "package_count": count}
    raise NothingThere


def _group(category: Category) -> dict[str, Json]:
    return {
        "id": identifier("group", category.value),
        "name": category.value,
        "title": category.words.zh,
        "display_name": category.words.zh,
        "title_translated": _pair(category.words),
        "description": category.class_words.zh,
        "image_display_url": "",
        "type": "group",
        "state": "active",
    }


def _tag_list(asked: Mapping[str, Json], site: str) -> Json:
    found = {word.zh for item in all_entries() for word in item.keywords}
    wanted = str(asked.get("query") or "")
    return list[Json](sorted(tag for tag in found if wanted in tag))


def _resource_show(asked: Mapping[str, Json], site: str) -> Json:
    wanted = _wanted(asked, "id")
    for item in all_entries():
        for place, way in enumerate(item.distributions):
            if wanted == identifier("resource", item.code, way.key):
                return _resource(item, way, place, site)
    raise NothingThere


def _status_show(asked: Mapping[str, Json], site: str) -> Json:
    extensions: list[Json] = ["yiwang"]
    return {
        "ckan_version": "2.10.0",
        "site_url": site,
        "site_title": "Yiwang",
        "site_description": "",
        "error_emails_to": None,
        "locale_default": "zh_Hans_CN",
        "extensions": extensions,
    }


def _help_show(asked: Mapping[str, Json], site: str) -> Json:
    name = _wanted(asked, "name")
    if name not in ACTIONS:
        raise NothingThere
    return ACTIONS[name].about


def package(item: Item, site: str) -> dict[str, Json]:
    """An entry as a CKAN package."""
    extras: dict[str, str] = {
        "identifier": item.identifier,
        "origin": item.origin.value,
        "sharing": item.sharing.value if item.sharing else "",
        "open_type": item.open_type.value,
        "updated": item.updated.value if item.updated else "",
        "legal_basis": item.legal_basis.zh if item.legal_basis else "",
        "legal_basis_en": item.legal_basis.en if item.legal_basis else "",
        "harvest_source": item.provenance.source if item.provenance else "",
        "harvest_identifier": item.provenance.identifier if item.provenance else "",
    }
    tags = dict.fromkeys(word.zh for word in item.keywords)
    licences = [way.licence for way in item.distributions if way.licence]
    return {
        "id": identifier("package", item.code),
        "name": item.code,
        "title": item.title.zh,
        "title_translated": _pair(item.title),
        "notes": item.summary.zh,
        "notes_translated": _pair(item.summary),
        "url": iri_of(site, item.code),
        "type": "dataset",
        "state": "active",
        "private": False,
        "isopen": item.open_type.value == "open" and bool(licences),
        "license_id": licences[0] if licences else "notspecified",
        "license_title": licences[0] if licences else None,
        "metadata_created": (item.issued_at or item.changed_at).isoformat(),
        "metadata_modified": item.changed_at.isoformat(),
        "owner_org": identifier("organization", _organization_name(item)),
        "organization": _organization(item),
        "groups": [_group(item.category)] if item.category else [],
        "tags": [
            {"id": identifier("tag", name), "name": name, "display_name": name, "state": "active"}
            for name in tags
        ],
        "num_tags": len(tags),
        "resources": [_resource(item, way, place, site) for place, way in enumerate(item.distributions)],
        "num_resources": len(item.distributions),
        "extras": [{"key": key, "value": value} for key, value in extras.items() if value],
    }


def _resource(item: Item, way: Distribution, place: int, site: str) -> dict[str, Json]:
    return {
        "id": identifier("resource", item.code, way.key),
        "package_id": identifier("package", item.code),
        "name": way.title.zh,
        "name_translated": _pair(way.title),
        "description": absolute(site, way.description) if way.description else "",
        "url": absolute(site, way.address),
        "url_type": None,
        "format": way.format,
        "mimetype": way.media_type or None,
        "size": way.size,
        "position": place,
        "resource_type": "api" if way.is_service else "file",
        "state": "active",
        "last_modified": item.changed_at.isoformat(),
    }


ACTIONS: dict[str, Action] = {
    "package_list": Action("Names of all packages. limit, offset.", _package_list),
    "package_show": Action("One package. id: its name or identifier.", _package_show),
    "package_search": Action(
        f"Find packages. q, fq (by {', '.join(_FIELDS)}), rows, start, sort, facet.field.", _package_search
    ),
    "organization_list": Action("Names of organisations with packages. all_fields.", _organization_list),
    "organization_show": Action("One organisation. id: its name or identifier.", _organization_show),
    "group_list": Action("Categories of the 2017 guide that have packages. all_fields.", _group_list),
    "group_show": Action("One category. id: its number or identifier.", _group_show),
    "tag_list": Action("Keywords. query.", _tag_list),
    "resource_show": Action("One way to the data. id.", _resource_show),
    "status_show": Action("What answers here.", _status_show),
    "help_show": Action("What an action is for. name.", _help_show),
}
