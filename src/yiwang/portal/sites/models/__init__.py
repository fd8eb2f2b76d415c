"""Tables of the group of sites; the tree of pages and its revisions are Wagtail's."""

from yiwang.portal.sites.models.files import FileUse, SiteFile
from yiwang.portal.sites.models.pages import (
    ArticlePage,
    ChannelPage,
    ColumnPage,
    HomePage,
    PageRow,
    SitePage,
    WrittenPage,
)
from yiwang.portal.sites.models.reviews import PageStep
from yiwang.portal.sites.models.sites import GroupSite
from yiwang.portal.sites.models.terms import PageTerms

__all__ = [
    "ArticlePage",
    "ChannelPage",
    "ColumnPage",
    "FileUse",
    "GroupSite",
    "HomePage",
    "PageRow",
    "PageStep",
    "PageTerms",
    "SiteFile",
    "SitePage",
    "WrittenPage",
]
