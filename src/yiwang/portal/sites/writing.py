"""How pages are written: their place in the tree, what a revision says, what goes out."""

from __future__ import annotations

import json
from collections.abc import Iterable

from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.portal.sites.contracts import AddressTaken, Content, Details, Flow, SiteFileNotFound
from yiwang.portal.sites.models import ArticlePage, ColumnPage, FileUse, GroupSite, SiteFile, SitePage
from yiwang.portal.sites.rules import bodies
from yiwang.portal.sites.rules.bodies import Part

_LIMITS = {
    "title": 255,
    "title_en": 255,
    "summary": 500,
    "summary_en": 1000,
    "author": 60,
    "source": 120,
    "issuer": 60,
    "index_number": 60,
    "document_number": 60,
}
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


def check_content(content: Content) -> None:
    """Refuse what cannot be kept, also in a draft; raises InvalidInput with every problem."""
    texts = {
        "title": content.title,
        "title_en": content.title_en,
        "summary": content.summary,
        "summary_en": content.summary_en,
        **_texts_of(content.details),
    }
    problems = [
        FieldProblem(name, _TOO_LONG.fill(n=_LIMITS[name]))
        for name, text in texts.items()
        if len(text) > _LIMITS[name]
    ]
    if not content.title.strip():
        problems.insert(0, FieldProblem("title", _TITLE))
    problems += [*bodies.faults(content.body, "body"), *bodies.faults(content.body_en, "body_en")]
    if problems:
        raise InvalidInput(problems=tuple(problems))


def check_files(site: GroupSite, parts: Iterable[Part]) -> None:
    """Every file that parts name is of this site and of the right kind; raises SiteFileNotFound."""
    wanted = {(part.file, part.kind == "picture") for part in parts if part.file}
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
    if isinstance(page, ArticlePage):
        for name, text in _texts_of(content.details).items():
            setattr(page, name, text.strip())
        page.body = json.dumps(bodies.as_stream(map(bodies.trimmed, content.body)))
        page.body_en = json.dumps(bodies.as_stream(map(bodies.trimmed, content.body_en)))


def content_of(page: SitePage) -> Content:
    """What a page says, of whichever kind it is."""
    article = page if isinstance(page, ArticlePage) else None
    return Content(
        title=page.title,
        title_en=page.title_en,
        summary=page.summary_zh,
        summary_en=page.summary_en,
        day=page.day,
        details=details_of(page),
        body=bodies.from_stream(article.body.raw_data) if article else (),
        body_en=bodies.from_stream(article.body_en.raw_data) if article else (),
        flow=Flow(page.flow) if isinstance(page, ColumnPage) else Flow.NONE,
    )


def details_of(page: SitePage) -> Details:
    """What an article says of itself."""
    if not isinstance(page, ArticlePage):
        return Details()
    return Details(
        author=page.author,
        source=page.source,
        issuer=page.issuer,
        index_number=page.index_number,
        document_number=page.document_number,
    )


def record_uses(page: SitePage, content: Content | None) -> None:
    """Say which files the page uses as it is published; none once it is withdrawn."""
    FileUse.objects.filter(page=page).delete()
    if content is not None:
        files = bodies.files_of((*content.body, *content.body_en))
        FileUse.objects.bulk_create(FileUse(page=page, file_id=file) for file in sorted(files))


def _texts_of(details: Details) -> dict[str, str]:
    return {
        "author": details.author,
        "source": details.source,
        "issuer": details.issuer,
        "index_number": details.index_number,
        "document_number": details.document_number,
    }
