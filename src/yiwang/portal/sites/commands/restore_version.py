"""Go back to an old revision of a page: what it said becomes a new one."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth import get_user_model

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor
from yiwang.portal.sites.locking import locked_page
from yiwang.portal.sites.operations import EDIT
from yiwang.portal.sites.page_kinds import kind_of
from yiwang.portal.sites.queries.sites import scope_of
from yiwang.portal.sites.queries.versions import revision_of_page
from yiwang.portal.sites.reviewing import check_revision
from yiwang.portal.sites.writing import check_content, check_files, write


@command(operation=EDIT)
def restore_version(*, actor: Actor, at: datetime, site: str, page: int, revision: int, restored: int) -> int:
    """Give the id of the new revision; ``revision`` is the last one that the editor saw.

    What is published stays as it is, and the reviews of the new revision begin at the beginning.

    Raises:
        SiteNotFound, SitePageNotFound: no such site, or it has no such page, or the page no such revision.
        RevisedMeanwhile: a later revision was saved.
        InvalidInput, SiteFileNotFound: what was kept then may no longer be kept.
    """
    row = locked_page(site, page)
    permit(scope_of(row.site.organisation), subject=f"page:{row.pk}")
    check_revision(row, revision)
    content, kind = revision_of_page(row, restored), kind_of(type(row))
    check_content(content, kind)
    check_files(row.site, content, kind)
    draft = row.get_latest_revision_as_object()
    write(draft, content)
    made = draft.save_revision(user=get_user_model()(pk=actor.account_id), clean=False)
    note(site=site, revision=made.pk, restored=restored)
    return int(made.pk)
