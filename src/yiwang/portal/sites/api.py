"""The door of the group of sites."""

from yiwang.portal.sites.city_sites import read_sites
from yiwang.portal.sites.commands.begin_page import begin_page
from yiwang.portal.sites.commands.keep_file import ACCEPTED, MOST_BYTES, keep_file
from yiwang.portal.sites.commands.load_group import load_group
from yiwang.portal.sites.commands.publish_page import publish_page
from yiwang.portal.sites.commands.save_page import save_page
from yiwang.portal.sites.commands.withdraw_page import withdraw_page
from yiwang.portal.sites.operations import EDIT, KEEP_FILE, LOAD, PUBLISH, WITHDRAW
from yiwang.portal.sites.page_kinds import PAGE_KINDS, PageKind, kind_of, taken_under
from yiwang.portal.sites.queries.desk import findings, get_draft, list_pages, preview
from yiwang.portal.sites.queries.files import files_named, list_files, own_file, public_file
from yiwang.portal.sites.queries.pages import articles, below, find_page, flowing, latest, menu, published
from yiwang.portal.sites.queries.sites import get_site, list_sites, site_to_edit, sites_to_edit
from yiwang.portal.sites.queries.texts import PageText, page_texts

__all__ = [
    "ACCEPTED",
    "EDIT",
    "KEEP_FILE",
    "LOAD",
    "MOST_BYTES",
    "PAGE_KINDS",
    "PUBLISH",
    "WITHDRAW",
    "PageKind",
    "PageText",
    "articles",
    "begin_page",
    "below",
    "files_named",
    "find_page",
    "findings",
    "flowing",
    "get_draft",
    "get_site",
    "keep_file",
    "kind_of",
    "latest",
    "list_files",
    "list_pages",
    "list_sites",
    "load_group",
    "menu",
    "own_file",
    "page_texts",
    "preview",
    "public_file",
    "publish_page",
    "published",
    "read_sites",
    "save_page",
    "site_to_edit",
    "sites_to_edit",
    "taken_under",
    "withdraw_page",
]
