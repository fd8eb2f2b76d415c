"""The service catalogue as people look through it: by words, theme, event, department, person or firm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from yiwang.cases.api import applied_types, case_type
from yiwang.cases.contracts import AppliedType, CaseTypeNotFound
from yiwang.identity.api import organisation_names
from yiwang.kernel.text import Text
from yiwang.portal.rules.search import Weighted, ranked
from yiwang.portal.rules.subjects import APPLICANTS, ITEM_TYPES, LIFE_EVENTS, THEMES


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a visitor looks for; empty means anything."""

    text: str = ""
    theme: str = ""
    event: str = ""
    body: str = ""
    applicant: str = ""
    catalogue: str = ""
    online_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value to narrow by, with how many items it leaves."""

    value: str
    label: Text
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CataloguePage:
    """Items found, and how to narrow further."""

    items: tuple[AppliedType, ...]
    bodies: dict[str, Text]
    by_theme: tuple[Choice, ...]
    by_event: tuple[Choice, ...]
    by_body: tuple[Choice, ...]
    by_applicant: tuple[Choice, ...]
    by_catalogue: tuple[Choice, ...]


def offered() -> tuple[AppliedType, ...]:
    """Items that the public may ask for; work between departments is left out."""
    return tuple(item for item in applied_types() if item.definition.catalogue != "internal")


def browse(wanted: Wanted) -> CataloguePage:
    """Find items. Facets count what choosing a value would leave, given the other choices."""
    everything = offered()
    bodies = organisation_names({item.definition.body for item in everything})
    found = _by_words(wanted.text, everything, bodies)
    return CataloguePage(
        items=tuple(item for item in found if _fits(item, wanted)),
        bodies=bodies,
        by_theme=_choices(found, wanted, "theme", THEMES),
        by_event=_choices(found, wanted, "event", LIFE_EVENTS),
        by_body=_choices(found, wanted, "body", bodies),
        by_applicant=_choices(found, wanted, "applicant", APPLICANTS),
        by_catalogue=_choices(found, wanted, "catalogue", _CATALOGUES),
    )


def public_item(code: str) -> AppliedType:
    """One item that the public may ask for; raises CaseTypeNotFound for any other."""
    item = case_type(code)
    if item.definition.catalogue == "internal":
        raise CaseTypeNotFound(type_code=code)
    return item


def by_department() -> Counter[str]:
    """How many items each body offers."""
    return Counter(item.definition.body for item in offered())


_CATALOGUES = {
    "administrative": Text("行政办事事项", "Administrative items"),
    "public_service": Text("公共服务事项", "Public-service items"),
}


def _values(item: AppliedType, facet: str) -> tuple[str, ...]:
    definition = item.definition
    match facet:
        case "theme":
            return definition.themes
        case "event":
            return definition.life_events
        case "body":
            return (definition.body,)
        case "applicant":
            return definition.applicants
        case _:
            return (definition.catalogue,)


_FACETS = ("theme", "event", "body", "applicant", "catalogue")


def _fits(item: AppliedType, wanted: Wanted, *, but: str = "") -> bool:
    if wanted.online_only and item.definition.is_guide_only:
        return False
    for facet in _FACETS:
        asked = getattr(wanted, facet)
        if facet != but and asked and asked not in _values(item, facet):
            return False
    return True


def _choices(
    found: Iterable[AppliedType], wanted: Wanted, facet: str, labels: dict[str, Text]
) -> tuple[Choice, ...]:
    counts: Counter[str] = Counter()
    for item in found:
        if _fits(item, wanted, but=facet):
            counts.update(_values(item, facet))
    chosen = getattr(wanted, facet)
    return tuple(
        Choice(value=value, label=label, count=counts[value], chosen=value == chosen)
        for value, label in labels.items()
        if counts[value] or value == chosen
    )


def _by_words(text: str, items: tuple[AppliedType, ...], bodies: dict[str, Text]) -> tuple[AppliedType, ...]:
    if not text.strip():
        return tuple(sorted(items, key=lambda item: (item.definition.is_guide_only, item.code)))
    by_code = {item.code: item for item in items}
    fields = [(item.code, _fields(item, bodies)) for item in items]
    return tuple(by_code[code] for code in ranked(text, fields))


def _fields(item: AppliedType, bodies: dict[str, Text]) -> list[Weighted]:
    definition = item.definition
    named: list[tuple[Text, float]] = [
        (definition.title, 10),
        (definition.summary, 4),
        (definition.result.title, 4),
        (ITEM_TYPES.get(definition.item_type, definition.title), 1),
        *((THEMES[theme], 2.0) for theme in definition.themes if theme in THEMES),
        *((LIFE_EVENTS[event], 3.0) for event in definition.life_events if event in LIFE_EVENTS),
        *((material.title, 1.0) for material in definition.materials),
    ]
    if definition.body in bodies:
        named.append((bodies[definition.body], 2))
    return [Weighted(f"{text.zh} {text.en}", weight) for text, weight in named]
