"""Kinds of licences that the city gives, with the page where anybody checks one.

Entries of the licence catalogue are no documents of the search: no field of it is public, and holders are
people (packs/licence_catalogue). Whoever has a licence's number and code checks it on the page found here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils import translation

from yiwang.cases.contracts import AppliedType
from yiwang.identity.api import organisation_names
from yiwang.kernel.text import Text
from yiwang.portal.queries.catalogue import offered
from yiwang.portal.search.contracts import Document, KindOfResult

_LICENCES = frozenset({"licence", "certificate"})
_TITLE = Text("核验“{licence}”", "Check a licence: {licence}")
_SUMMARY = Text(
    "由{body}签发。凭证照编号和验证码核验真伪和现状。",
    "Issued by {body}. Anybody checks one by its number and code.",
)


class LicenceSource:
    """What services give that is a licence or a certificate, by the service's code."""

    kind = KindOfResult(name=Text("证照核验", "Licences to check"), weight=0.35, order=50)

    def mark(self) -> str:
        """Versions of the services that give them."""
        return hashlib.sha256("|".join(str(item.id) for item in _given()).encode()).hexdigest()

    def documents(self, keys: Collection[str] | None = None) -> Iterable[Document]:
        """Kinds of licences by the service's code."""
        return [_document(item) for item in _given() if keys is None or item.code in keys]


def _given() -> list[AppliedType]:
    """One service for each kind of licence: some are given by several."""
    found: dict[tuple[str, str], AppliedType] = {}
    for item in offered():
        result = item.definition.result
        if result.kind in _LICENCES and not item.definition.is_guide_only:
            found.setdefault((item.definition.body, result.title.zh), item)
    return list(found.values())


def _document(item: AppliedType) -> Document:
    body, title = item.definition.body, item.definition.result.title
    name = organisation_names({body})[body]
    with translation.override("zh-hans"):
        address = reverse("portal:licence_check")
    return Document(
        key=item.code,
        title=Text(_TITLE.zh.format(licence=title.zh), _TITLE.en.format(licence=title.en)),
        summary=Text(_SUMMARY.zh.format(body=name.zh), _SUMMARY.en.format(body=name.en)),
        address=address,
        organisation=body,
    )
