"""The publication gate over a page of a site: what it finds, and at which question of the editors' form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text
from yiwang.portal.publishing.api import is_outside, link_states, rules_in_force
from yiwang.portal.publishing.contracts import (
    Attachment,
    Block,
    Document,
    Finding,
    Heading,
    Paragraph,
    Picture,
    Place,
    Severity,
    Table,
)
from yiwang.portal.publishing.rules.dead_links import Reach
from yiwang.portal.publishing.rules.gate import addresses, check_page
from yiwang.portal.sites.contracts import Content, FileView
from yiwang.portal.sites.models import SitePage
from yiwang.portal.sites.queries.files import files_named
from yiwang.portal.sites.rules import bodies, details
from yiwang.portal.sites.rules.bodies import Part
from yiwang.portal.sites.rules.details import DetailField
from yiwang.portal.sites.rules.marks import html_of

_SITES, _ENGLISH = "/sites/", "/en/"
_COMMON = ("title", "summary", "body")
_FACTS = Text("本页信息", "facts of the page")
_OWN_FIELDS = frozenset({"alt", "caption"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A finding and the name of the question of the form that it belongs to."""

    path: str
    finding: Finding

    @property
    def where(self) -> Text:
        """The place in words: 第3段, 标题, 英文第2段."""
        if not self.path.startswith(_COMMON):
            return Text(f"本页信息 {self.path}", f"facts of the page: {self.path}")
        return _where(self.finding.place, english="_en" in self.path)

    @property
    def blocks(self) -> bool:
        """Whether it keeps the page from going out."""
        return self.finding.severity is Severity.BLOCKING


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spoken:
    """One language of a page: its body's ``parts``, then its own fields by the names of their questions."""

    document: Document
    parts: int
    names: tuple[str, ...]


def gate_findings(
    site: str, content: Content, *, on: date, fields: Sequence[DetailField] = ()
) -> tuple[Found, ...]:
    """Everything that the gate finds in both languages of a page, in their order; ``fields`` of its kind."""
    spoken = _spoken(site, content, fields)
    reach = _reach(addresses_in((one.document for one in spoken.values()), on=on))
    return tuple(found for ends, one in spoken.items() for found in _found(one, ends, on, reach))


def links_in(
    site: str, content: Content, *, on: date, fields: Sequence[DetailField] = ()
) -> tuple[tuple[str, Text], ...]:
    """Every address that somebody can try, with its place in words."""
    return tuple(
        (
            one.url,
            _where(one.place, english=bool(ends)) if one.place.block <= spoken.parts else _FACTS,
        )
        for ends, spoken in _spoken(site, content, fields).items()
        for one in addresses(spoken.document, on=on)
    )


def dead_among(urls: Iterable[str]) -> frozenset[str]:
    """Those of some addresses that are known to lead nowhere."""
    wanted = tuple(dict.fromkeys(urls))
    leads = _reach(wanted)
    return frozenset(url for url in wanted if leads(url) is False)


def outside_addresses(
    site: str, content: Content, *, on: date, fields: Sequence[DetailField] = ()
) -> tuple[str, ...]:
    """The addresses of other hosts that a page names, each once, in their order."""
    documents = (one.document for one in _spoken(site, content, fields).values())
    return tuple(filter(is_outside, addresses_in(documents, on=on)))


def addresses_in(documents: Iterable[Document], *, on: date) -> tuple[str, ...]:
    """Every address that somebody can try, each once."""
    return tuple(dict.fromkeys(one.url for document in documents for one in addresses(document, on=on)))


def _spoken(site: str, content: Content, fields: Sequence[DetailField]) -> dict[str, _Spoken]:
    """The page in each of its languages, by what ends the names of that language's questions."""
    files = files_named(site, bodies.files_of((*content.body, *content.body_en)))
    said = tuple(details.words_of(fields, content.details))
    languages = {"": (content.title, content.summary, content.body)}
    if content.title_en or content.body_en:
        languages["_en"] = (content.title_en, content.summary_en, content.body_en)
    found: dict[str, _Spoken] = {}
    for ends, (title, summary, body) in languages.items():
        own = {name: words for name, words, english in said if english == bool(ends)}
        blocks = (*_blocks(body, files), *(Paragraph(html=html_of(words)) for words in own.values()))
        found[ends] = _Spoken(
            document=Document(title=title, summary=summary, blocks=blocks),
            parts=len(body),
            names=tuple(own),
        )
    return found


def blocking(
    site: str, content: Content, *, on: date, fields: Sequence[DetailField] = ()
) -> Iterator[FieldProblem]:
    """What keeps the page from going out, as problems of the form."""
    for one in gate_findings(site, content, on=on, fields=fields):
        if one.blocks:
            yield FieldProblem(one.path, one.finding.text)


def _found(spoken: _Spoken, ends: str, on: date, reach: Reach) -> Iterator[Found]:
    rules = rules_in_force()
    result = check_page(spoken.document, on=on, rules=rules.gate, lists=rules.lists, reach=reach)
    for finding in result.findings:
        at = finding.place.block - 1 - spoken.parts
        yield Found(path=spoken.names[at] if at >= 0 else _path(finding, ends), finding=finding)


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


_FIELDS = {
    "title": Text("标题", "title"),
    "summary": Text("摘要", "summary"),
    "alt": Text("图片说明文字", "alternative text"),
    "caption": Text("说明", "caption"),
    "name": Text("文件名", "file name"),
}


def _where(place: Place, *, english: bool) -> Text:
    field = _FIELDS.get(place.field)
    if place.field.startswith("cell "):
        row, _, column = place.field.removeprefix("cell ").partition(".")
        field = Text(f"第{row}行第{column}列", f"row {row}, column {column}")
    if not place.block:
        zh, en = (field.zh, field.en) if field else ("页面", "page")
    else:
        zh = f"第{place.block}段" + (f"（{field.zh}）" if field else "")
        en = f"part {place.block}" + (f" ({field.en})" if field else "")
    return Text(f"英文{zh}", f"English {en}") if english else Text(zh, en)


def _reach(urls: Iterable[str]) -> Reach:
    """What is known of the addresses of a page: of other hosts as last tried, of the group as it stands."""
    known = link_states(filter(is_outside, urls), failed_tries=rules_in_force().freshness.failed_tries)

    def leads(address: str) -> bool | None:
        state = known.get(address)
        return state.leads if state is not None else _leads_somewhere(address)

    return leads


def _leads_somewhere(address: str) -> bool | None:
    """Whether a page of the group is there and published; None of other addresses that nobody has tried."""
    parts = urlsplit(address)
    path = f"/{parts.path.removeprefix(_ENGLISH)}" if parts.path.startswith(_ENGLISH) else parts.path
    if parts.netloc or not path.startswith(_SITES) or "/files/" in path:
        return None
    wanted = path.removeprefix(_SITES).strip("/") + "/"
    return bool(wanted == "/" or SitePage.objects.filter(address=wanted, live=True).exists())
