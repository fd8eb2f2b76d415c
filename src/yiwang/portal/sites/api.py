"""The door of the group of sites."""

from yiwang.portal.sites.city_sites import read_sites
from yiwang.portal.sites.commands.begin_page import begin_page
from yiwang.portal.sites.commands.keep_file import ACCEPTED, MOST_BYTES, keep_file
from yiwang.portal.sites.commands.load_articles import NewArticle, load_articles
from yiwang.portal.sites.commands.load_group import load_group
from yiwang.portal.sites.commands.publish_page import publish_page
from yiwang.portal.sites.commands.publish_urgently import publish_urgently
from yiwang.portal.sites.commands.record_proof import record_proof
from yiwang.portal.sites.commands.restore_version import restore_version
from yiwang.portal.sites.commands.review_page import review_page
from yiwang.portal.sites.commands.save_page import save_page
from yiwang.portal.sites.commands.send_back_page import send_back_page
from yiwang.portal.sites.commands.set_terms import set_terms
from yiwang.portal.sites.commands.submit_page import submit_page
from yiwang.portal.sites.commands.withdraw_page import withdraw_page
from yiwang.portal.sites.gate import dead_among, gate_findings, links_in
from yiwang.portal.sites.operations import (
    EDIT,
    FINAL_REVIEW,
    KEEP_FILE,
    LOAD,
    PROOF,
    PUBLISH,
    PUBLISH_URGENTLY,
    READ,
    REVIEW,
    SCHEDULE,
    SEND_BACK,
    SUBMIT,
    WITHDRAW,
)
from yiwang.portal.sites.page_kinds import PAGE_KINDS, PageKind, kind_of, taken_under
from yiwang.portal.sites.queries.desk import PAGE_ORDERS, findings, get_draft, list_pages, preview
from yiwang.portal.sites.queries.files import files_in_use, files_named, list_files, own_file, public_file
from yiwang.portal.sites.queries.pages import (
    articles,
    below,
    contents_of,
    find_page,
    flowing,
    latest,
    menu,
    published,
    read_ahead,
)
from yiwang.portal.sites.queries.proving import PublishedPage, published_page, published_without
from yiwang.portal.sites.queries.refusals import count_refused_orders, refused_orders
from yiwang.portal.sites.queries.reviews import review_of
from yiwang.portal.sites.queries.sites import get_site, list_sites, site_to_edit, sites_to_edit
from yiwang.portal.sites.queries.standing import (
    ColumnDays,
    LivePage,
    OutDay,
    column_days,
    live_pages,
    out_days,
)
from yiwang.portal.sites.queries.texts import PageText, page_texts
from yiwang.portal.sites.queries.versions import compare_versions, compared, last_version, list_versions

__all__ = [
    "ACCEPTED",
    "EDIT",
    "FINAL_REVIEW",
    "KEEP_FILE",
    "LOAD",
    "MOST_BYTES",
    "PAGE_KINDS",
    "PAGE_ORDERS",
    "PROOF",
    "PUBLISH",
    "PUBLISH_URGENTLY",
    "READ",
    "REVIEW",
    "SCHEDULE",
    "SEND_BACK",
    "SUBMIT",
    "WITHDRAW",
    "ColumnDays",
    "LivePage",
    "NewArticle",
    "OutDay",
    "PageKind",
    "PageText",
    "PublishedPage",
    "articles",
    "begin_page",
    "below",
    "column_days",
    "compare_versions",
    "compared",
    "contents_of",
    "count_refused_orders",
    "dead_among",
    "files_in_use",
    "files_named",
    "find_page",
    "findings",
    "flowing",
    "gate_findings",
    "get_draft",
    "get_site",
    "keep_file",
    "kind_of",
    "last_version",
    "latest",
    "links_in",
    "list_files",
    "list_pages",
    "list_sites",
    "list_versions",
    "live_pages",
    "load_articles",
    "load_group",
    "menu",
    "out_days",
    "own_file",
    "page_texts",
    "preview",
    "public_file",
    "publish_page",
    "publish_urgently",
    "published",
    "published_page",
    "published_without",
    "read_ahead",
    "read_sites",
    "record_proof",
    "refused_orders",
    "restore_version",
    "review_of",
    "review_page",
    "save_page",
    "send_back_page",
    "set_terms",
    "site_to_edit",
    "sites_to_edit",
    "submit_page",
    "taken_under",
    "withdraw_page",
]
