"""What openness registers at start."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.platform.loops import repeat
from yiwang.platform.operations import declare
from yiwang.platform.web.navigation import Entry
from yiwang.platform.web.navigation import register as register_entry
from yiwang.portal.openness.alerts import make_due, send_waiting
from yiwang.portal.openness.commands.judge_answer import SEARCHED_AS as ANSWERS
from yiwang.portal.openness.commands.publish_item import SEARCHED_AS
from yiwang.portal.openness.new_days import NewDays
from yiwang.portal.openness.operations import ARCHIVE, FOLLOW, IMPORT, LOAD, PUBLISH, SEND, WRITE
from yiwang.portal.openness.page_kinds import register_page_kinds
from yiwang.portal.openness.searching import AnswerSource, ItemSource
from yiwang.portal.openness.web.site_pages import register_shown
from yiwang.portal.search.api import SOURCES

_EDITORS = frozenset({"editor", "publisher"})
_OPERATIONS: tuple[tuple[str, Text, frozenset[str]], ...] = (
    (WRITE, Text("编制主动公开信息", "Write items of the disclosure catalogue"), _EDITORS),
    (
        PUBLISH,
        Text("发布主动公开信息", "Publish items of the disclosure catalogue"),
        frozenset({"publisher"}),
    ),
    (ARCHIVE, Text("公开依申请答复", "Show answers to requests"), frozenset({"reviewer", "approver"})),
    (IMPORT, Text("导入历史文件", "Take over files of earlier years"), _EDITORS),
    (FOLLOW, Text("订阅公开信息", "Follow what is published"), frozenset({"system"})),
    (SEND, Text("制作订阅邮件", "Make mails to followers"), frozenset({"system"})),
    (LOAD, Text("载入公开目录", "Load the disclosure catalogue"), frozenset({"system"})),
)
_OPENNESS = Text("信息公开", "Disclosure")
_DESK = (
    ("openness_items", Text("主动公开目录", "Proactive catalogue"), "openness-desk:items", WRITE, "file"),
    ("openness_waiting", Text("待公开信息", "Still to publish"), "openness-desk:waiting", WRITE, "clock"),
    ("openness_links", Text("政策关联检查", "Links of policies"), "openness-desk:lacking", WRITE, "scale"),
    ("openness_batches", Text("历史文件导入", "Earlier years"), "openness-desk:batches", IMPORT, "download"),
    ("openness_answers", Text("公开答复", "Answers to show"), "openness-desk:answers", ARCHIVE, "inbox"),
)


def register() -> None:
    """Run once, when all apps are ready."""
    register_page_kinds()
    register_shown()
    SOURCES.register(SEARCHED_AS, ItemSource())
    repeat("openness.days", NewDays().note_pages, seconds=20.0)
    repeat("openness.alerts", make_due, seconds=60.0)
    repeat("openness.mails", send_waiting, seconds=5.0, reaches_out=True)
    SOURCES.register(ANSWERS, AnswerSource())
    for key, title, roles in _OPERATIONS:
        declare(key, title, roles=roles)
    register_entry(
        Entry(key="openness", title=Text("政务公开", "Open government"), url_name="openness:items", order=7)
    )
    for place, (key, title, url_name, operation, icon) in enumerate(_DESK):
        register_entry(
            Entry(
                key=key,
                title=title,
                url_name=url_name,
                operation=operation,
                group=_OPENNESS,
                icon=icon,
                area="desk",
                order=55 + place,
            )
        )
