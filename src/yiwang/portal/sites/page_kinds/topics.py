"""The topic with columns of its own, and frequent questions."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.portal.sites.models import FaqPage, TopicPage
from yiwang.portal.sites.page_kinds.kind import PageKind
from yiwang.portal.sites.rules.details import DetailField

TOPIC = PageKind(
    key="topic",
    title=Text("专题", "Topic"),
    model=TopicPage,
    under=frozenset({"home", "channel"}),
    template="sites/topic.html",
    schema="CollectionPage",
    fields=(
        DetailField(key="picture", kind="picture", label=Text("题图", "Picture"), fact=False),
        DetailField(
            key="picture_alt",
            kind="text",
            label=Text("题图的替代文字", "Alternative text of the picture"),
            english=True,
            fact=False,
        ),
    ),
)
FAQ = PageKind(
    key="faq",
    title=Text("常见问题", "Frequent questions"),
    model=FaqPage,
    under=frozenset({"column"}),
    template="sites/faq.html",
    schema="FAQPage",
    fields=(
        DetailField(
            key="pairs",
            kind="rows",
            label=Text("问答", "Questions and answers"),
            required=True,
            columns=(
                DetailField(
                    key="question",
                    kind="text",
                    label=Text("问题", "Question"),
                    english=True,
                    required=True,
                ),
                DetailField(
                    key="answer",
                    kind="long_text",
                    label=Text("回答", "Answer"),
                    english=True,
                    required=True,
                ),
            ),
        ),
    ),
)
KINDS = (TOPIC, FAQ)
