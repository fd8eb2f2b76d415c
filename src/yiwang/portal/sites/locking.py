"""A page taken for an act: whoever acts on it next waits."""

from __future__ import annotations

from yiwang.portal.sites.contracts import SitePageNotFound
from yiwang.portal.sites.models import SitePage
from yiwang.portal.sites.queries.sites import row_of


def locked_page(site: str, page: int) -> SitePage:
    """The page of this site, of its own kind, locked until the transaction ends.

    Raises:
        SiteNotFound: no such site.
        SitePageNotFound: it has no such page.
    """
    where = row_of(site)
    found = SitePage.objects.select_for_update(of=("self",)).filter(pk=page, site=where).first()
    if found is None:
        raise SitePageNotFound
    specific: SitePage = found.specific
    specific.site = where
    return specific
