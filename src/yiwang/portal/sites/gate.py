"""The publication gate over a page of a site: what it finds, and at which question of the editors' form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from yiwang.kernel.errors import FieldProblem
from yiwang.portal.publishing.contracts import (
    Attachment,
    Block,
    Document,
    Finding,
    Heading,
    Paragraph,
    Picture,
    Severity,
    Table,
)
from yiwang.portal.publishing.definitions import GateRules
from yiwang.portal.publishing.lists import default_lists
from yiwang.portal.publishing.rules.gate import check_page
from yiwang.portal.sites.contracts import Content, FileView
from yiwang.portal.sites.models import SitePage
from yiwang.portal.sites.queries.files import files_named
from yiwang.portal.sites.rules import bodies
from yiwang.portal.sites.rules.bodies import Part
from yiwang.portal.sites.rules.marks import html_of

_RULES = GateRules()
_SITES, _ENGLISH = "/sites/", "/en/"
_OWN_FIELDS = frozenset({"alt", "caption"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A finding and the name of the question of the form that it belongs to."""

    path: str
    finding: Finding

    @property
    def blocks(self) -> bool:
        """Whether it keeps the page from going out."""
        return self.finding.severity is Severity.BLOCKING


def gate_findings(site: str, content: Content, *, on: date) -> tuple[Found, ...]:
    """Everything that the gate finds in both languages of a page, in their order."""
    files = files_named(site, bodies.files_of((*content.body, *content.body_en)))
    chinese = Document(
        title=content.title, summary=content.summary, blocks=tuple(_blocks(content.body, files))
    )
    english = Document(
        title=content.title_en, summary=content.summary_en, blocks=tuple(_blocks(content.body_en, files))
    )
    found = [*_found(chinese, "", on=on)]
    if content.title_en or content.body_en:
        found += _found(english, "_en", on=on)
    return tuple(found)


def blocking(site: str, content: Content, *, on: date) -> Iterator[FieldProblem]:
    """What keeps the page from going out, as problems of the form."""
    for one in gate_findings(site, content, on=on):
        if one.blocks:
            yield FieldProblem(one.path, one.finding.text)


def _found(document: Document, ends: str, *, on: date) -> Iterator[Found]:
    result = check_page(document, on=on, rules=_RULES, lists=default_lists(), reach=_leads_somewhere)
    for finding in result.findings:
        yield Found(path=_path(finding, ends), finding=finding)


def _path(finding: Finding, ends: str) -> str:
    place = finding.place
    if not place.block:
        return f"{place.field}{ends}"
    field = place.field if place.field in _OWN_FIELDS else "text"
    return f"body{ends}.{place.block - 1}.{field}"


def _blocks(parts: tuple[Part, ...], files: Mapping[int, FileView]) -> Iterator[Block]:
    for part in parts:
        file = files.get(part.file)
        match part.kind:
            case "heading":
                yield Heading(text=part.text)
            case "paragraph":
                yield Paragraph(html=html_of(part.text))
            case "table":
                rows = tuple(map(tuple, bodies.rows_of(part.text)))
                yield Table(rows=rows, caption=part.caption)
            case "attachment":
                yield Attachment(name=file.name if file else "", caption=part.caption)
            case "picture":
                yield Picture(
                    alt=part.alt,
                    size=file.size if file else 0,
                    width=file.width if file else 0,
                    height=file.height if file else 0,
                    name=file.name if file else "",
                    caption=part.caption,
                )


def _leads_somewhere(address: str) -> bool | None:
    """Whether a page of the group is there and published; of other addresses nobody has tried any."""
    parts = urlsplit(address)
    path = f"/{parts.path.removeprefix(_ENGLISH)}" if parts.path.startswith(_ENGLISH) else parts.path
    if parts.netloc or not path.startswith(_SITES) or "/files/" in path:
        return None
    wanted = path.removeprefix(_SITES).strip("/") + "/"
    return bool(wanted == "/" or SitePage.objects.filter(address=wanted, live=True).exists())
