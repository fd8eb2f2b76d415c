"""How pages are written: their place in the tree, what a revision says, what goes out."""

from __future__ import annotations

import json
from collections.abc import Iterable

from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.portal.sites.contracts import AddressTaken, Content, Flow, SiteFileNotFound
from yiwang.portal.sites.models import ColumnPage, FileUse, GroupSite, SiteFile, SitePage, WrittenPage
from yiwang.portal.sites.page_kinds import PAGE_KINDS, kind_of
from yiwang.portal.sites.rules import bodies, details
from yiwang.portal.sites.rules.details import DetailField, Details, Row, Rows, Scalar, Value

_LIMITS = {
    "title": 255,
    "title_en": 255,
    "summary": 500,
    "summary_en": 1000,
}
#: Fields whose columns are null where nothing was given.
_NULL = frozenset({"date", "number", "decimal", "file", "picture"})
_TITLE = Text("请填写标题", "Give the page a title")
_TOO_LONG = Text("最多 {n} 字", "At most {n} characters")


def add_page(parent: SitePage, page: SitePage) -> SitePage:
    """Put a new page under another.

    Raises:
        AddressTaken: a page stands at its address.
    """
    page.site_id = parent.site_id
    page.address = f"{parent.address}{page.slug}/"
    if SitePage.objects.filter(address=page.address).exists():
        raise AddressTaken(address=page.slug)
    parent.add_child(instance=page)
    return page


def check_content(content: Content, kind: str) -> None:
    """Refuse what a page of a kind cannot keep, also in a draft; raises InvalidInput with every problem."""
    texts = {
        "title": content.title,
        "title_en": content.title_en,
        "summary": content.summary,
        "summary_en": content.summary_en,
    }
    problems = [
        FieldProblem(name, _TOO_LONG.fill(n=_LIMITS[name]))
        for name, text in texts.items()
        if len(text) > _LIMITS[name]
    ]
    if not content.title.strip():
        problems.insert(0, FieldProblem("title", _TITLE))
    problems += details.faults(PAGE_KINDS.get(kind).fields, content.details)
    problems += [*bodies.faults(content.body, "body"), *bodies.faults(content.body_en, "body_en")]
    if problems:
        raise InvalidInput(problems=tuple(problems))


def check_files(site: GroupSite, content: Content, kind: str) -> None:
    """Every file that content names is of this site and of the right kind; raises SiteFileNotFound."""
    parts = (*content.body, *content.body_en)
    wanted = {(part.file, part.kind == "picture") for part in parts if part.file}
    wanted |= set(details.files_of(PAGE_KINDS.get(kind).fields, content.details))
    known = set(
        SiteFile.objects.filter(site=site, pk__in={file for file, _ in wanted}).values_list(
            "pk", "is_picture"
        )
    )
    if not wanted <= known:
        raise SiteFileNotFound


def write(page: SitePage, content: Content) -> None:
    """Put content into a page that is not saved here: a revision or a publication does that."""
    page.title = page.draft_title = content.title.strip()
    page.title_en = content.title_en.strip()
    page.summary_zh, page.summary_en = content.summary.strip(), content.summary_en.strip()
    page.day = content.day
    if isinstance(page, ColumnPage):
        page.flow = content.flow
    given = details.trimmed(content.details)
    for field in PAGE_KINDS.get(kind_of(type(page))).fields:
        _write_field(page, field, given)
    if isinstance(page, WrittenPage):
        page.body = json.dumps(bodies.as_stream(map(bodies.trimmed, content.body)))
        page.body_en = json.dumps(bodies.as_stream(map(bodies.trimmed, content.body_en)))


def content_of(page: SitePage) -> Content:
    """What a page says, of whichever kind it is."""
    written = page if isinstance(page, WrittenPage) else None
    return Content(
        title=page.title,
        title_en=page.title_en,
        summary=page.summary_zh,
        summary_en=page.summary_en,
        day=page.day,
        details=details_of(page),
        body=bodies.from_stream(written.body.raw_data) if written else (),
        body_en=bodies.from_stream(written.body_en.raw_data) if written else (),
        flow=Flow(page.flow) if isinstance(page, ColumnPage) else Flow.NONE,
    )


def details_of(page: SitePage) -> Details:
    """What a page says of itself beyond what all pages do."""
    found: dict[str, Value] = {}
    for field in PAGE_KINDS.get(kind_of(type(page))).fields:
        if field.kind == "rows":
            rows = sorted(getattr(page, field.key).all(), key=lambda row: int(row.order))
            found[field.key] = tuple(_row(row, field.columns) for row in rows)
        else:
            found |= _row(page, (field,))
    return found


def record_uses(page: SitePage, content: Content | None) -> None:
    """Say which files the page uses as it is published; none once it is withdrawn."""
    FileUse.objects.filter(page=page).delete()
    if content is None:
        return
    fields = PAGE_KINDS.get(kind_of(type(page))).fields
    files = set(bodies.files_of((*content.body, *content.body_en)))
    files |= {file for file, _ in details.files_of(fields, content.details)}
    FileUse.objects.bulk_create(FileUse(page=page, file_id=file) for file in sorted(files))


def _write_field(page: SitePage, field: DetailField, given: Details) -> None:
    if field.kind != "rows":
        for name, value in _columns((field,), given).items():
            setattr(page, name, value)
        return
    table = page._meta.get_field(field.key).related_model
    rows: Rows = details.rows_of(given, field.key)
    setattr(page, field.key, [table(order=at, **_columns(field.columns, row)) for at, row in enumerate(rows)])


def _columns(fields: Iterable[DetailField], given: Details) -> dict[str, Scalar]:
    """Values as columns keep them: words are never null, everything else is where nothing was given."""
    found: dict[str, Scalar] = {}
    for field in fields:
        for name in field.names:
            value = given.get(name)
            empty = None if field.kind in _NULL else ""
            found[name] = empty if value in (None, "") or isinstance(value, tuple) else value
    return found


def _row(row: object, fields: Iterable[DetailField]) -> Row:
    return {name: getattr(row, name) for field in fields for name in field.names}
