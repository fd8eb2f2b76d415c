"""What the sites tell the engines below at start."""

from __future__ import annotations

from yiwang.identity.api import set_special_landing
from yiwang.kernel.text import Text
from yiwang.platform.operations import declare
from yiwang.portal.sites.operations import EDIT, KEEP_FILE, LOAD, PUBLISH, WITHDRAW
from yiwang.portal.sites.web.menu import register_menu


def register() -> None:
    """Operations and menus."""
    both = frozenset({"editor", "publisher"})
    declare(EDIT, Text("编辑网站页面", "Edit pages of a site"), roles=both)
    declare(KEEP_FILE, Text("上传网站图片和附件", "Keep pictures and attachments of a site"), roles=both)
    declare(PUBLISH, Text("发布网站页面", "Publish pages of a site"), roles={"publisher"})
    declare(WITHDRAW, Text("撤回网站页面", "Withdraw pages of a site"), roles={"publisher"})
    declare(LOAD, Text("载入网站群", "Load the group of sites"), roles={"system"})
    set_special_landing("site_desk:sites", may=EDIT, may_not="cases.task.claim")
    register_menu()
