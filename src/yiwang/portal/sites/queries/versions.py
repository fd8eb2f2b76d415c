"""The revisions of a page: who saved each, any two compared, an old one as it was."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.db.models import QuerySet
from wagtail.models import Revision

from yiwang.identity.api import account_names
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.portal.sites.contracts import Comparison, Content, SitePageNotFound, Version
from yiwang.portal.sites.models import SitePage
from yiwang.portal.sites.page_kinds import PAGE_KINDS, kind_of
from yiwang.portal.sites.queries.desk import row_to_edit
from yiwang.portal.sites.rules import details
from yiwang.portal.sites.rules.bodies import Part
from yiwang.portal.sites.rules.comparing import Line, compare_fields, compare_parts, text_of
from yiwang.portal.sites.rules.details import DetailField, Scalar
from yiwang.portal.sites.writing import content_of

PAGE_SIZE = 20
_BASE = (
    ("title", Text("标题", "Title")),
    ("title_en", Text("英文标题", "English title")),
    ("summary", Text("摘要", "Summary")),
    ("summary_en", Text("英文摘要", "English summary")),
    ("day", Text("日期", "Date")),
    ("flow", Text("内容去向", "Where its news stands")),
)
_PARTS = {
    "heading": Text("小标题", "Heading"),
    "paragraph": Text("文字", "Text"),
    "picture": Text("图片", "Picture"),
    "table": Text("表格", "Table"),
    "attachment": Text("附件", "Attachment"),
}
_PLATFORM = Text("平台", "The platform")


def list_versions(
    actor: Actor, site: str, page: int, *, number: object = 1
) -> tuple[tuple[Version, ...], PageOfList[Revision]]:
    """The revisions of a page, the latest first; raises as ``get_draft`` does."""
    row = row_to_edit(actor, site, page)
    screen = Paginator(_revisions(row).order_by("-pk"), PAGE_SIZE).get_page(str(number))
    rows = tuple(screen.object_list)
    names = account_names({one.user_id for one in rows if one.user_id is not None})
    return tuple(_version(row, one, names.get(one.user_id or 0, "")) for one in rows), screen


def compare_versions(actor: Actor, site: str, page: int, before: int, after: int) -> Comparison:
    """Two revisions of one page; raises SitePageNotFound where one is not its own, and as ``get_draft``."""
    row = row_to_edit(actor, site, page)
    old, new = (_revision(row, one) for one in (before, after))
    names = account_names({one.user_id for one in (old, new) if one.user_id is not None})
    kind = kind_of(type(row))
    return compared(
        kind,
        content_of(old.as_object()),
        content_of(new.as_object()),
        before=_version(row, old, names.get(old.user_id or 0, "")),
        after=_version(row, new, names.get(new.user_id or 0, "")),
    )


def last_version(actor: Actor, site: str, page: int) -> Version:
    """Who saved a page last; raises as ``get_draft`` does."""
    return list_versions(actor, site, page)[0][0]


def compared(
    kind: str,
    old: Content,
    new: Content,
    *,
    before: Version | None = None,
    after: Version | None = None,
) -> Comparison:
    """Two contents of a page of one kind."""
    fields = PAGE_KINDS.get(kind).fields
    return Comparison(
        before=before,
        after=after,
        fields=tuple(compare_fields(tuple(_lines(old, fields)), tuple(_lines(new, fields)))),
        body=tuple(compare_parts(_body(old.body), _body(new.body))),
        body_en=tuple(compare_parts(_body(old.body_en), _body(new.body_en))),
    )


def revision_of_page(row: SitePage, revision: int) -> Content:
    """What a revision of this page said; raises SitePageNotFound for another's."""
    return content_of(_revision(row, revision).as_object())


def _revisions(row: SitePage) -> QuerySet[Revision]:
    found: QuerySet[Revision] = Revision.page_revisions.filter(object_id=str(row.pk))
    return found


def _revision(row: SitePage, revision: int) -> Revision:
    found = _revisions(row).filter(pk=revision).first()
    if found is None:
        raise SitePageNotFound
    one: Revision = found
    return one


def _version(row: SitePage, revision: Revision, name: str) -> Version:
    return Version(
        revision=revision.pk,
        saved_at=revision.created_at,
        by=Text(name, name) if name else _PLATFORM,
        is_latest=revision.pk == row.latest_revision_id,
        is_live=row.live and revision.pk == row.live_revision_id,
    )


def _lines(content: Content, fields: tuple[DetailField, ...]) -> Iterator[Line]:
    for name, label in _BASE:
        value = getattr(content, name)
        yield Line(label=label, text=str(value) if value is not None else "")
    for field in fields:
        if field.kind == "rows":
            rows = details.rows_of(content.details, field.key)
            text = "\n".join(" | ".join(_shown(row.get(name)) for name in _names(field)) for row in rows)
            yield Line(label=field.label, text=text)
            continue
        for name in field.names:
            value = content.details.get(name)
            yield Line(label=field.label, text=_shown(value) if not isinstance(value, tuple) else "")


def _names(field: DetailField) -> Iterator[str]:
    for column in field.columns:
        yield from column.names


def _shown(value: Scalar) -> str:
    return "" if value is None else str(value)


def _body(parts: tuple[Part, ...]) -> tuple[Line, ...]:
    return tuple(Line(label=_PARTS[part.kind], text=text_of(part)) for part in parts)
