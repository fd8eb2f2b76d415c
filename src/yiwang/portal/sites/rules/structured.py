"""What a page says of itself to programs, in the words of schema.org. Pure: words and addresses are given.

``PageKind.schema`` is the type, and ``DetailField.schema`` the property that a field of text is. What is made
of several fields, or of rows, has a function here by the kind's key.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from yiwang.kernel.text import Language
from yiwang.platform.contracts import Json
from yiwang.portal.sites.rules.details import DetailField, Details, Row, rows_of

#: Types whose title is a headline.
_NEWS = frozenset({"NewsArticle", "Article", "Report"})
#: Types that are a page or a work, and so were published and by somebody.
_NO_WORKS = frozenset({"Person", "GovernmentOrganization", "Place", "Event", "GovernmentService"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A page for programs: its own words in one language, its address, and the addresses of its files."""

    kind: str
    schema: str
    language: Language
    title: str
    summary: str
    address: str
    day: date | None
    publisher: str
    crumbs: Sequence[tuple[str, str]]
    fields: Sequence[DetailField]
    details: Details
    files: Mapping[int, str]

    def words(self, row: Details | Row, key: str) -> str:
        """What a field says: in English where that is asked for and there, else in Chinese."""
        english = row.get(f"{key}_en") if self.language == "en" else None
        return str(english or row.get(key) or "")

    def file(self, row: Details | Row, key: str) -> str:
        """The address of a file that a field names."""
        number = row.get(key)
        return self.files.get(number, "") if isinstance(number, int) else ""


def structured(page: Said) -> list[dict[str, Json]]:
    """The page, where its kind has a type, and its way down from the first page."""
    found = [_page(page)] if page.schema else []
    if page.crumbs:
        found.append(_crumbs(page))
    return [{"@context": "https://schema.org", **one} for one in found]


def as_data_block(found: Sequence[Mapping[str, Json]]) -> str:
    """JSON that nothing in it can end the script element of."""
    written = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return written.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _page(page: Said) -> dict[str, Json]:
    said: dict[str, Json] = {"@type": page.schema, "url": page.address}
    said["headline" if page.schema in _NEWS else "name"] = page.title
    said["description"] = page.summary
    publisher: Json = {"@type": "GovernmentOrganization", "name": page.publisher}
    if page.schema not in _NO_WORKS:
        said |= {"inLanguage": "en" if page.language == "en" else "zh-Hans", "publisher": publisher}
        if page.day is not None:
            said["datePublished"] = page.day.isoformat()
    for field in page.fields:
        if field.schema:
            said[field.schema] = page.words(page.details, field.key)
    if page.kind in _MORE:
        said |= _MORE[page.kind](page)
    return {name: value for name, value in said.items() if value}


def _crumbs(page: Said) -> dict[str, Json]:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": at, "name": name, "item": address}
            for at, (name, address) in enumerate(page.crumbs, start=1)
        ],
    }


def _article(page: Said) -> dict[str, Json]:
    author = page.words(page.details, "author")
    kind = "Person" if author else "GovernmentOrganization"
    return {"author": {"@type": kind, "name": author or page.publisher}}


def _service(page: Said) -> dict[str, Json]:
    audience = page.words(page.details, "audience")
    return {
        "provider": {"@type": "GovernmentOrganization", "name": page.publisher},
        "audience": {"@type": "Audience", "audienceType": audience} if audience else None,
    }


def _dataset(page: Said) -> dict[str, Json]:
    code = page.words(page.details, "resource")
    return {"identifier": code, "creator": {"@type": "GovernmentOrganization", "name": page.publisher}}


def _faq(page: Said) -> dict[str, Json]:
    return {
        "mainEntity": [
            {
                "@type": "Question",
                "name": page.words(row, "question"),
                "acceptedAnswer": {"@type": "Answer", "text": page.words(row, "answer")},
            }
            for row in rows_of(page.details, "pairs")
        ]
    }


def _map(page: Said) -> dict[str, Json]:
    latitude, longitude = page.details.get("latitude"), page.details.get("longitude")
    where: Json = {"@type": "GeoCoordinates", "latitude": str(latitude), "longitude": str(longitude)}
    return {"geo": where if latitude is not None else None}


def _leader(page: Said) -> dict[str, Json]:
    return {
        "image": page.file(page.details, "portrait"),
        "worksFor": {"@type": "GovernmentOrganization", "name": page.publisher},
    }


def _agency(page: Said) -> dict[str, Json]:
    return {"openingHours": page.words(page.details, "hours")}


def _interview(page: Said) -> dict[str, Json]:
    guests: list[Json] = [
        {"@type": "Person", "name": page.words(row, "name"), "jobTitle": page.words(row, "post")}
        for row in rows_of(page.details, "guests")
    ]
    return {"startDate": page.day.isoformat() if page.day else "", "performer": guests}


def _album(page: Said) -> dict[str, Json]:
    rows = rows_of(page.details, "pictures")
    return {"image": [address for row in rows if (address := page.file(row, "picture"))]}


def _video(page: Said) -> dict[str, Json]:
    seconds = page.details.get("seconds")
    return {
        "contentUrl": page.file(page.details, "video"),
        "thumbnailUrl": page.file(page.details, "poster"),
        "uploadDate": page.day.isoformat() if page.day else "",
        "transcript": page.words(page.details, "transcript"),
        "duration": f"PT{seconds}S" if seconds else "",
    }


_MORE: dict[str, Callable[[Said], dict[str, Json]]] = {
    "article": _article,
    "service": _service,
    "dataset": _dataset,
    "faq": _faq,
    "map": _map,
    "leader": _leader,
    "agency": _agency,
    "interview": _interview,
    "album": _album,
    "video": _video,
}
