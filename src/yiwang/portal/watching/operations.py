"""What may be granted in the watch over the sites."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.platform.operations import declare

READ, SEE = "watching.read", "watching.alert.see"
CHECK, PROBE, TAKE = "watching.page.check", "watching.site.probe", "watching.day.take"
SIGN = "watching.report.sign"
_OWN = frozenset({"editor", "publisher"})
_ALL = frozenset({"supervisor", "leader", "auditor"})


def declare_operations() -> None:
    """Declare all of them, at start. An editor reads of the own site, a watcher of all within reach."""
    declare(READ, Text("查看网站巡查情况", "See how sites stand"), roles=_OWN | _ALL)
    declare(SEE, Text("知悉网站问题提醒", "Take note of findings on sites"), roles=_OWN | _ALL)
    declare(SIGN, Text("签发网站年度报表", "Sign off a site's yearly report"), roles={"publisher"})
    declare(CHECK, Text("复查已发布页面", "Check published pages anew"), roles={"system"})
    declare(PROBE, Text("访问网站首页", "Try the first pages of sites"), roles={"system"})
    declare(TAKE, Text("登记网站每日巡查", "Record how a site stands today"), roles={"system"})
