"""The pages of sites, one class a kind. What lists show stands in the class that all kinds share."""

from yiwang.portal.sites.models.pages.media import (
    AlbumPage,
    AlbumPicture,
    DownloadFile,
    DownloadPage,
    VideoPage,
)
from yiwang.portal.sites.models.pages.people import (
    AgencyOffice,
    AgencyPage,
    InterviewGuest,
    InterviewPage,
    InterviewQuestion,
    LeaderPage,
)
from yiwang.portal.sites.models.pages.rows import PageRow
from yiwang.portal.sites.models.pages.serving import DatasetPage, FormPage, PlacePage, ServicePage, SurveyPage
from yiwang.portal.sites.models.pages.structure import ChannelPage, ColumnPage, HomePage
from yiwang.portal.sites.models.pages.topics import FaqPage, FaqPair, TopicPage
from yiwang.portal.sites.models.pages.tree import SitePage
from yiwang.portal.sites.models.pages.written import ArticlePage, WrittenPage

__all__ = [
    "AgencyOffice",
    "AgencyPage",
    "AlbumPage",
    "AlbumPicture",
    "ArticlePage",
    "ChannelPage",
    "ColumnPage",
    "DatasetPage",
    "DownloadFile",
    "DownloadPage",
    "FaqPage",
    "FaqPair",
    "FormPage",
    "HomePage",
    "InterviewGuest",
    "InterviewPage",
    "InterviewQuestion",
    "LeaderPage",
    "PageRow",
    "PlacePage",
    "ServicePage",
    "SitePage",
    "SurveyPage",
    "TopicPage",
    "VideoPage",
    "WrittenPage",
]
