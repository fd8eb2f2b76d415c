"""What disclosure tells the engines below at start."""

from __future__ import annotations

from yiwang.cases.api import CASE_LINKS, CaseLink
from yiwang.kernel.text import Text
from yiwang.platform.loops import repeat
from yiwang.platform.operations import declare
from yiwang.platform.web.navigation import Entry
from yiwang.platform.web.navigation import register as register_entry
from yiwang.portal.disclosure.commands.purge_document import PURGE
from yiwang.portal.disclosure.loops import forget_documents
from yiwang.portal.disclosure.report.gathering import TYPE
from yiwang.portal.disclosure.severing.contracts import SEVER

_GROUP = Text("信息公开", "Disclosure")
_READ = "cases.case.read"
_ENTRIES = (
    ("disclosure_report", Text("年度报告", "Annual report"), "disclosure:reports", _READ, "file"),
    ("disclosure_severing", Text("区分处理", "Severing"), "disclosure:severing", SEVER, "edit"),
    ("disclosure_fee", Text("信息处理费", "Handling fee"), "disclosure:fee", _READ, "scale"),
)


def register() -> None:
    """Its operation, its entries in the desk's menu, and its link on the page of a request."""
    declare(SEVER, Text("区分处理文件", "Sever a document"), roles={"handler", "reviewer", "approver"})
    for place, (key, title, url_name, operation, icon) in enumerate(_ENTRIES):
        register_entry(
            Entry(
                key=key,
                title=title,
                url_name=url_name,
                operation=operation,
                group=_GROUP,
                icon=icon,
                area="desk",
                order=60 + place,
            )
        )
    declare(PURGE, Text("清除区分处理的原件", "Forget severed originals"), roles={"system"})
    repeat("disclosure.documents", forget_documents, seconds=10)
    CASE_LINKS.register(
        "disclosure_documents",
        CaseLink(
            title=Text("附件和区分处理", "Enclosures and severing"),
            type_code=TYPE,
            url_name="disclosure:documents",
        ),
    )
    CASE_LINKS.register(
        "disclosure_challenges",
        CaseLink(
            title=Text("复议和诉讼", "Reconsiderations and suits"),
            type_code=TYPE,
            url_name="disclosure:challenges",
        ),
    )
    CASE_LINKS.register(
        "disclosure_repeats",
        CaseLink(
            title=Text("重复申请和频次", "Repeats and frequency"),
            type_code=TYPE,
            url_name="disclosure:repeats",
        ),
    )
