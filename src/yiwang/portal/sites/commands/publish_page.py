"""Publish what the last revision of a page says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.timezone import localdate, localtime

from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.command import command, emit, note, permit
from yiwang.platform.contracts import Actor
from yiwang.portal.sites.contracts import AlreadyPublished, Content, Embargoed
from yiwang.portal.sites.gate import blocking
from yiwang.portal.sites.locking import locked_page
from yiwang.portal.sites.models import PageTerms, SitePage
from yiwang.portal.sites.operations import PUBLISH
from yiwang.portal.sites.page_kinds import PAGE_KINDS, kind_of
from yiwang.portal.sites.queries.sites import scope_of
from yiwang.portal.sites.reviewing import add_step, check_revision, refuse_if, standing_of
from yiwang.portal.sites.rules import bodies, details
from yiwang.portal.sites.rules.reviews import StepKind, why_not_out
from yiwang.portal.sites.writing import check_content, check_files, content_of, record_uses

_NO_BODY = Text("正文还没有内容", "The body is empty")
_NO_DAY = Text("请填写日期", "Give the date")
_NO_ENGLISH_TITLE = Text("写了英文正文，还缺英文标题", "There is an English body but no English title")
_ABOVE = Text("上级栏目还没有发布", "The page above is not published")


@command(operation=PUBLISH)
def publish_page(*, actor: Actor, at: datetime, site: str, page: int, revision: int) -> None:
    """Make the revision that the publisher saw what the public reads.

    Raises:
        SiteNotFound, SitePageNotFound: no such site, or it has no such page.
        RevisedMeanwhile: a later revision was saved.
        AlreadyPublished: it is out.
        StepRefused: reviews or proofs are missing.
        Embargoed: it may not go out yet.
        InvalidInput: something is missing that a published page must have, or the gate keeps it in.
    """
    row = locked_page(site, page)
    permit(scope_of(row.site.organisation), subject=f"page:{row.pk}")
    check_revision(row, revision)
    if row.live and not row.has_unpublished_changes:
        raise AlreadyPublished
    publish_latest(row, at=at)
    add_step(row, StepKind.PUBLISHED, actor=actor, at=at)
    note(site=site, revision=revision)
    emit("sites.page_published", f"page:{row.pk}", site=site, address=row.address)


def publish_latest(row: SitePage, *, at: datetime, urgently: bool = False) -> None:
    """Publish the last revision of a locked page.

    Raises:
        StepRefused: reviews or proofs are missing, and it is not urgent.
        Embargoed: it may not go out yet, however urgent.
        InvalidInput: what it lacks.
    """
    _check_embargo(row, at)
    if not urgently:
        refuse_if(why_not_out(standing_of(row)))
    content = check_whole(row, at=at)
    row.latest_revision.publish(log_action=False, skip_permission_checks=True)
    record_uses(row, content)
    PageTerms.objects.filter(page=row).update(publish_at=None, refused_at=None, refusal={})


def _check_embargo(row: SitePage, at: datetime) -> None:
    terms = PageTerms.objects.filter(page=row).first()
    until = terms.embargo_until if terms is not None else None
    if until is not None and at < until:
        zh, en = (f"{localtime(until):{form}}" for form in ("%Y年%m月%d日%H:%M", "%d %B %Y %H:%M"))
        raise Embargoed(until=Text(zh, en))


def check_whole(row: SitePage, *, at: datetime) -> Content:
    """Give what the last revision of a locked page says; raises InvalidInput for what keeps it in."""
    content = content_of(row.latest_revision.as_object())
    check_content(content, kind_of(type(row)))
    check_files(row.site, content, kind_of(type(row)))
    on, fields = localdate(at), PAGE_KINDS.get(kind_of(type(row))).fields
    problems = (*_gaps(row, content), *blocking(row.site.code, content, on=on, fields=fields))
    if problems:
        raise InvalidInput(problems=problems)
    return content


def _gaps(row: SitePage, content: Content) -> Iterator[FieldProblem]:
    parent = row.get_parent()
    if not row.is_root() and row.depth > 2 and not parent.live:
        yield FieldProblem("title", _ABOVE)
    kind = PAGE_KINDS.get(kind_of(type(row)))
    if kind.dated and content.day is None:
        yield FieldProblem("day", _NO_DAY)
    if kind.needs_body and not content.body:
        yield FieldProblem("body", _NO_BODY)
    yield from details.gaps(kind.fields, content.details)
    if content.body_en and not content.title_en.strip():
        yield FieldProblem("title_en", _NO_ENGLISH_TITLE)
    yield from bodies.gaps(content.body, "body")
    yield from bodies.gaps(content.body_en, "body_en")
