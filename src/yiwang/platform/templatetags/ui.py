"""Component tags: ``{% load ui %}``. What each takes stands at the function it names, and in
docs/reference/components.md.

Words are given as a Text, a zh/en mapping, a variable, or as two strings: ``{% button "提交" "Submit" %}``.
"""

from __future__ import annotations

from django import template

from yiwang.platform.web.components import (
    actions,
    courses,
    icons,
    notices,
    questions,
    records,
    refused,
    tiles,
)

register = template.Library()


def _partial(name: str) -> str:
    return f"platform/components/{name}.html"


register.simple_tag(icons.icon, name="icon")
register.simple_tag(questions.errors_of, name="errors_of")
register.simple_tag(refused.title_error, takes_context=True, name="title_error")

register.inclusion_tag(_partial("button"), name="button")(actions.button)
register.inclusion_tag(_partial("back_link"), name="back_link")(actions.back_link)
register.inclusion_tag(_partial("breadcrumbs"), name="breadcrumbs")(actions.breadcrumbs)
register.inclusion_tag(_partial("tabs"), name="tabs")(actions.tabs)
register.inclusion_tag(_partial("pagination"), name="pagination", takes_context=True)(actions.pagination)

register.inclusion_tag(_partial("warning"), name="warning")(notices.warning)
register.inclusion_tag(_partial("tag"), name="tag")(notices.tag)
register.inclusion_tag(_partial("clock"), name="clock")(notices.clock)
register.inclusion_tag(_partial("error_summary"), name="error_summary")(notices.error_summary)
register.simple_block_tag(notices.notice, end_name="endnotice", name="notice")
register.simple_block_tag(notices.panel, end_name="endpanel", name="panel")
register.simple_block_tag(notices.inset, end_name="endinset", name="inset")
register.simple_block_tag(notices.details, end_name="enddetails", name="details")
register.simple_block_tag(notices.empty, end_name="endempty", name="empty")

register.inclusion_tag(_partial("summary"), name="summary")(records.summary)
register.inclusion_tag(_partial("table"), name="table")(records.table)

register.inclusion_tag(_partial("task_list"), name="task_list")(courses.task_list)
register.inclusion_tag(_partial("steps"), name="steps")(courses.steps)
register.inclusion_tag(_partial("timeline"), name="timeline")(courses.timeline)
register.inclusion_tag(_partial("progress"), name="progress")(courses.progress)

register.inclusion_tag(_partial("stats"), name="stats")(tiles.stats)
register.inclusion_tag(_partial("figure"), name="figure")(tiles.figure)
register.inclusion_tag(_partial("cards"), name="cards")(tiles.cards)
register.inclusion_tag(_partial("search_box"), name="search_box")(tiles.search_box)
register.inclusion_tag(_partial("side_navigation"), name="side_navigation")(tiles.side_navigation)
register.simple_block_tag(
    tiles.filter_panel, takes_context=True, end_name="endfilter_panel", name="filter_panel"
)

register.inclusion_tag("platform/questions/question.html", name="question")(questions.question)
