"""The article."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.portal.sites.models import ArticlePage
from yiwang.portal.sites.page_kinds.kind import PageKind
from yiwang.portal.sites.rules.details import DetailField

KINDS = (
    PageKind(
        key="article",
        title=Text("文章", "Article"),
        model=ArticlePage,
        under=frozenset({"column"}),
        dated=True,
        needs_body=True,
        template="sites/article.html",
        schema="NewsArticle",
        fields=(
            DetailField(key="index_number", kind="text", label=Text("索引号", "Index number"), limit=60),
            DetailField(key="document_number", kind="text", label=Text("文号", "Document number"), limit=60),
            DetailField(key="issuer", kind="organisation", label=Text("发布机构", "Issued by"), limit=60),
            DetailField(key="source", kind="text", label=Text("来源", "Source"), limit=120),
            DetailField(key="author", kind="text", label=Text("作者", "Author"), limit=60),
        ),
    ),
)
