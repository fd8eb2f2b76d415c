"""The door of disclosure inside the portal: what its pages and others call."""

from yiwang.portal.disclosure.commands.keep_severed import keep_severed
from yiwang.portal.disclosure.commands.purge_document import purge_document
from yiwang.portal.disclosure.commands.take_document import MOST_MEGABYTES, take_document
from yiwang.portal.disclosure.documents import documents_of, handled_case, own_document
from yiwang.portal.disclosure.report.gathering import annual_report
from yiwang.portal.disclosure.severing.running import find_words, sever, show_page

__all__ = [
    "MOST_MEGABYTES",
    "annual_report",
    "documents_of",
    "find_words",
    "handled_case",
    "keep_severed",
    "own_document",
    "purge_document",
    "sever",
    "show_page",
    "take_document",
]
