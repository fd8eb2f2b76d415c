"""The catalogue of services: what one can do here comes first."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils import translation

from yiwang.cases.contracts import AppliedType
from yiwang.identity.api import organisation_names
from yiwang.kernel.text import Text
from yiwang.portal.queries.catalogue import offered
from yiwang.portal.rules.subjects import LIFE_EVENTS, THEMES
from yiwang.portal.search.contracts import Document, KindOfResult

#: A guide tells how a thing is done elsewhere; what can be applied for here comes first.
_GUIDE_ONLY = 0.8


class ServiceSource:
    """Service items that the public may ask for."""

    kind = KindOfResult(name=Text("办事服务", "Services"), weight=1.0, usable=True, order=10)

    def mark(self) -> str:
        """Versions of the items, and the names of who offers them."""
        items = offered()
        names = organisation_names({item.definition.body for item in items})
        told = "|".join(
            [*(str(item.id) for item in items), *(f"{code}:{names[code]}" for code in sorted(names))]
        )
        return hashlib.sha256(told.encode()).hexdigest()

    def documents(self, keys: Collection[str] | None = None) -> Iterable[Document]:
        """Items by their code."""
        items = [item for item in offered() if keys is None or item.code in keys]
        names = organisation_names({item.definition.body for item in items})
        return [_document(item, names[item.definition.body]) for item in items]


def _document(item: AppliedType, body: Text) -> Document:
    definition = item.definition
    named = [
        definition.result.title,
        *(THEMES[theme] for theme in definition.themes if theme in THEMES),
        *(LIFE_EVENTS[event] for event in definition.life_events if event in LIFE_EVENTS),
    ]
    said = [
        body,
        *definition.conditions,
        *(material.title for material in definition.materials),
        *definition.steps,
    ]
    with translation.override("zh-hans"):
        address = reverse("portal:guide", args=[item.code])
    return Document(
        key=item.code,
        title=definition.title,
        summary=definition.summary,
        keywords=tuple(word for text in named for word in (text.zh, text.en)),
        text="\n".join(line for text in said for line in (text.zh, text.en)),
        address=address,
        organisation=definition.body,
        weight=_GUIDE_ONLY if definition.is_guide_only else 1.0,
    )
