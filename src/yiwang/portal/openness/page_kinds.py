"""The kinds of pages that openness brings to the group of sites."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.portal.openness.models.pages import ExplanationPage, PolicyPage
from yiwang.portal.sites.page_kinds.kind import PAGE_KINDS, PageKind
from yiwang.portal.sites.rules.details import DetailField

_INDEX = DetailField(key="index_number", kind="text", label=Text("索引号", "Index number"), limit=40)
_UNDER = frozenset({"column", "topic"})
_TEMPLATE = "openness/site_item.html"
KINDS = (
    PageKind(
        key="policy",
        title=Text("政策文件", "Policy file"),
        model=PolicyPage,
        under=_UNDER,
        dated=True,
        needs_body=True,
        template=_TEMPLATE,
        schema="Legislation",
        fields=(
            _INDEX,
            DetailField(key="document_number", kind="text", label=Text("文号", "Document number"), limit=60),
        ),
    ),
    PageKind(
        key="explanation",
        title=Text("政策解读", "Explanation"),
        model=ExplanationPage,
        under=_UNDER,
        dated=True,
        needs_body=True,
        template=_TEMPLATE,
        schema="Article",
        fields=(_INDEX,),
    ),
)


def register_page_kinds() -> None:
    """Run once, when all apps are ready."""
    for kind in KINDS:
        PAGE_KINDS.register(kind.key, kind)
