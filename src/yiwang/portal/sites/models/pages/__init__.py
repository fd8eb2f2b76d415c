"""The pages of sites, one class a kind. What lists show stands in the class that all kinds share."""

from yiwang.portal.sites.models.pages.rows import PageRow
from yiwang.portal.sites.models.pages.structure import ChannelPage, ColumnPage, HomePage
from yiwang.portal.sites.models.pages.tree import SitePage
from yiwang.portal.sites.models.pages.written import ArticlePage, WrittenPage

__all__ = [
    "ArticlePage",
    "ChannelPage",
    "ColumnPage",
    "HomePage",
    "PageRow",
    "SitePage",
    "WrittenPage",
]
