"""What the sites tell the engines below at start."""

from __future__ import annotations

from yiwang.identity.api import set_special_landing
from yiwang.kernel.text import Text
from yiwang.platform.loops import repeat
from yiwang.platform.operations import declare
from yiwang.portal.sites.operations import (
    CARRY_OUT,
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
from yiwang.portal.sites.tasks import carry_out_due
from yiwang.portal.sites.web.menu import register_menu


def register() -> None:
    """Operations and menus."""
    both = frozenset({"editor", "publisher"})
    declare(EDIT, Text("编辑网站页面", "Edit pages of a site"), roles=both)
    declare(KEEP_FILE, Text("上传网站图片和附件", "Keep pictures and attachments of a site"), roles=both)
    declare(PUBLISH, Text("发布网站页面", "Publish pages of a site"), roles={"publisher"})
    declare(WITHDRAW, Text("撤回网站页面", "Withdraw pages of a site"), roles={"publisher"})
    readers = both | {"site_reviewer"}
    declare(READ, Text("看网站未发布的内容", "Read what a site has not published"), roles=readers)
    declare(SUBMIT, Text("送审网站页面", "Submit pages of a site for review"), roles=both)
    declare(PROOF, Text("校对网站页面", "Proofread pages of a site"), roles=readers)
    declare(SEND_BACK, Text("退回网站页面", "Send pages of a site back"), roles=readers)
    reviewers = {"site_reviewer", "publisher"}
    declare(REVIEW, Text("审核网站页面", "Review pages of a site"), roles=reviewers)
    declare(FINAL_REVIEW, Text("终审网站页面", "Review pages of a site finally"), roles={"publisher"})
    urgently = Text("紧急发布网站页面", "Publish pages of a site urgently")
    declare(PUBLISH_URGENTLY, urgently, roles={"publisher"})
    declare(SCHEDULE, Text("定时发布和撤下", "Order publication and withdrawal"), roles={"publisher"})
    declare(CARRY_OUT, Text("执行定时发布和撤下", "Carry out what was ordered"), roles={"system"})
    declare(LOAD, Text("载入网站群", "Load the group of sites"), roles={"system"})
    set_special_landing("site_desk:sites", may=READ, may_not="cases.task.claim")
    register_menu()
    repeat("sites.due", carry_out_due, seconds=1)
