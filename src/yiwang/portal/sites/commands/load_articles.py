"""Put many articles into a column at once: what a city brings along that moves in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import F, Model
from wagtail.models import Page, Revision

from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.command import command, emit, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.sites.contracts import AddressTaken, Content, NotTakenHere
from yiwang.portal.sites.locking import locked_page
from yiwang.portal.sites.models import ArticlePage, ColumnPage, SitePage
from yiwang.portal.sites.operations import LOAD
from yiwang.portal.sites.rules import bodies
from yiwang.portal.sites.writing import check_content, check_files, record_uses, write

_AT_ONCE = 500
_NO_DAY = Text("请填写日期", "Give the date")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArticle:
    """An article and its address under the column."""

    address: str
    content: Content


@command(operation=LOAD)
def load_articles(
    *,
    actor: Actor,
    at: datetime,
    site: str,
    column: int,
    articles: Iterable[NewArticle],
    progress: Callable[[int], None],
) -> int:
    """Give how many were put in, published, each with its revision; ``progress`` hears how many so far.

    Some 250 a second instead of thirty one by one. What the gate would find is not asked: these were public
    before; the monitor finds it afterwards.

    Raises:
        SiteNotFound, SitePageNotFound, NotTakenHere: no such site or column.
        InvalidInput: an article lacks what a published one must have; the path tells which.
        AddressTaken: a page stands there. Then none is put in.
    """
    permit(Scope(everyone=True), subject=f"page:{column}")
    parent = locked_page(site, column)
    if not isinstance(parent, ColumnPage):
        raise NotTakenHere
    there = set(SitePage.objects.child_of(parent).values_list("slug", flat=True))
    added, source = 0, iter(articles)
    last = parent.get_last_child()
    step = Page._str2int(last.path[-Page.steplen :]) if last else 0
    while some := list(islice(source, _AT_ONCE)):
        for place, one in enumerate(some, start=added + 1):
            _check(parent, one, place, there)
        _insert(parent, some, step + added, at)
        added += len(some)
        progress(added)
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + added)
    note(site=site, pages=added)
    emit("sites.group_loaded", "sites", pages=added)
    return added


def _check(parent: ColumnPage, one: NewArticle, place: int, there: set[str]) -> None:
    content, prefix = one.content, f"articles.{place}."
    if one.address in there:
        raise AddressTaken(address=one.address)
    there.add(one.address)
    check_content(content, "article")
    problems = [
        *bodies.gaps(content.body, f"{prefix}body"),
        *bodies.gaps(content.body_en, f"{prefix}body_en"),
    ]
    if content.day is None:
        problems.append(FieldProblem(f"{prefix}day", _NO_DAY))
    if problems:
        raise InvalidInput(problems=tuple(problems))


def _insert(parent: ColumnPage, some: Sequence[NewArticle], step: int, at: datetime) -> None:
    """Rows of pages and revisions, with ids drawn before, since each names the other."""
    pages = list(_pages(parent, some, step, at))
    kind = ContentType.objects.get_for_model(ArticlePage)
    base = ContentType.objects.get_for_model(Page)
    revisions = [
        Revision(
            pk=page.live_revision_id,
            content_type=kind,
            base_content_type=base,
            object_id=str(page.pk),
            created_at=at,
            object_str=page.title,
            content=page.serializable_data(),
        )
        for page in pages
    ]
    Revision.objects.bulk_create(revisions)
    for model in (Page, SitePage, ArticlePage):
        # bulk_create refuses models with parents; the rows of each are the same as it would write
        model._base_manager._insert(pages, fields=model._meta.local_concrete_fields, using="default")
    for page, one in zip(pages, some, strict=True):
        if bodies.files_of((*one.content.body, *one.content.body_en)):
            check_files(parent.site, one.content, "article")
            record_uses(page, one.content)


def _pages(parent: ColumnPage, some: Sequence[NewArticle], step: int, at: datetime) -> Iterator[ArticlePage]:
    kind = ContentType.objects.get_for_model(ArticlePage)
    ids, revisions = _drawn(Page, len(some)), _drawn(Revision, len(some))
    for place, (one, pk, revision) in enumerate(zip(some, ids, revisions, strict=True), start=step + 1):
        page = ArticlePage(
            id=pk,
            page_ptr_id=pk,
            sitepage_ptr_id=pk,
            content_type=kind,
            path=Page._get_path(parent.path, parent.depth + 1, place),
            depth=parent.depth + 1,
            numchild=0,
            slug=one.address,
            url_path=f"{parent.url_path}{one.address}/",
            site=parent.site,
            address=f"{parent.address}{one.address}/",
            locale_id=parent.locale_id,
            live=True,
            first_published_at=at,
            last_published_at=at,
            latest_revision_created_at=at,
            latest_revision_id=revision,
            live_revision_id=revision,
        )
        write(page, one.content)
        yield page


def _drawn(model: type[Model], number: int) -> list[int]:
    """So many ids of a table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, number],
        )
        return [int(pk) for (pk,) in cursor.fetchall()]
