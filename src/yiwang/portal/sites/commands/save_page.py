"""Save the draft of a page; what is published stays as it is."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth import get_user_model

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor
from yiwang.portal.sites.contracts import Content, EditedMeanwhile
from yiwang.portal.sites.locking import locked_page
from yiwang.portal.sites.operations import EDIT
from yiwang.portal.sites.page_kinds import kind_of
from yiwang.portal.sites.queries.sites import scope_of
from yiwang.portal.sites.writing import check_content, check_files, write


@command(operation=EDIT)
def save_page(*, actor: Actor, at: datetime, site: str, page: int, revision: int, content: Content) -> int:
    """Give the id of the new revision; ``revision`` is the one that the editor had before him.

    Raises:
        SiteNotFound, SitePageNotFound: no such site, or it has no such page.
        EditedMeanwhile: somebody else saved another revision since.
        InvalidInput: something is too long, or the title is missing.
        SiteFileNotFound: the body names a file that is not of this site.
    """
    row = locked_page(site, page)
    permit(scope_of(row.site.organisation), subject=f"page:{row.pk}")
    if (row.latest_revision_id or 0) != revision:
        raise EditedMeanwhile
    check_content(content, kind_of(type(row)))
    check_files(row.site, content, kind_of(type(row)))
    draft = row.get_latest_revision_as_object()
    write(draft, content)
    made = draft.save_revision(user=get_user_model()(pk=actor.account_id), clean=False)
    note(site=site, revision=made.pk)
    return int(made.pk)
