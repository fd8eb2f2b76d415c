"""A page of CKAN's ``package_search`` as foreign entries. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from yiwang.exchange.rules.foreign import ForeignEntry, ForeignWay

_MOST_WAYS = 100


def entries_of_page(answer: object, base: str) -> tuple[int, list[ForeignEntry]]:
    """How many packages there are in all, and those of this page.

    Raises:
        ValueError: it is no answer of CKAN.
    """
    result = _mapping(answer).get("result")
    count, listed = _mapping(result).get("count"), _mapping(result).get("results")
    if (
        _mapping(answer).get("success") is not True
        or not isinstance(count, int)
        or not isinstance(listed, list)
    ):
        raise ValueError("no answer of package_search")
    return count, [_entry(_mapping(package), base) for package in listed]


def _entry(package: Mapping[str, object], base: str) -> ForeignEntry:
    resources, tags = package.get("resources"), package.get("tags")
    name, page = _text(package, "name"), _text(package, "url")
    return ForeignEntry(
        identifier=_text(package, "url")
        if _text(package, "url").startswith(base)
        else f"{base}/dataset/{name}",
        titles=_texts(package, "title"),
        summaries=_texts(package, "notes"),
        publishers=_texts(_mapping(package.get("organization")), "title"),
        keywords=tuple(_text(_mapping(tag), "name") for tag in (tags if isinstance(tags, list) else [])),
        issued=_text(package, "metadata_created"),
        changed=_text(package, "metadata_modified"),
        address=page or f"{base}/dataset/{name}",
        ways=tuple(
            ForeignWay(
                title=_text(way, "name"),
                address=_text(way, "url")[:2000],
                format=_text(way, "format"),
                media_type=_text(way, "mimetype"),
            )
            for way in map(_mapping, (resources if isinstance(resources, list) else [])[:_MOST_WAYS])
        ),
    )


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _text(found: Mapping[str, object], name: str) -> str:
    value = found.get(name)
    return value if isinstance(value, str) else ""


def _texts(found: Mapping[str, object], name: str) -> dict[str, str]:
    """The translations where the fluent extension gives them, else the text itself."""
    translated = _mapping(found.get(f"{name}_translated"))
    texts = {tag: said for tag, said in translated.items() if isinstance(said, str) and said}
    return texts or {"": _text(found, name)}
