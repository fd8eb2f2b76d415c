"""The roles that every city has; packs declare more."""

from __future__ import annotations

from yiwang.identity.contracts import Reach, RoleView
from yiwang.kernel.text import Text

#: Names a machine's right inside ``Operation.roles``; no posting may hold it.
SYSTEM_ROLE = "system"
#: Names the right of a department's own system, which came with a credential; no posting may hold it.
CLIENT_ROLE = "client"


def _role(code: str, zh: str, en: str, reach: Reach = Reach.SUBTREE) -> tuple[str, RoleView]:
    return code, RoleView(code=code, title=Text(zh, en), reach=reach)


BUILT_IN: dict[str, RoleView] = dict(
    (
        _role("window", "收件（窗口）", "Counter officer"),
        _role("handler", "承办", "Case officer"),
        _role("reviewer", "审核", "Reviewer"),
        _role("approver", "审批", "Approver"),
        # A site is its own organisation's alone, whoever stands above it.
        _role("editor", "网站编辑", "Site editor", Reach.OWN),
        _role("site_reviewer", "网站审核", "Site reviewer", Reach.OWN),
        _role("publisher", "网站签发", "Site publisher", Reach.OWN),
        _role("community", "社区工作", "Community worker"),
        _role("terminal_keeper", "终端管理", "Terminal keeper", Reach.CITY),
        _role("supervisor", "监察", "Supervisor", Reach.CITY),
        _role("leader", "领导", "Leader", Reach.CITY),
        _role("city_admin", "城市管理员", "City administrator", Reach.CITY),
        _role("auditor", "审计", "Auditor", Reach.CITY),
    )
)
