"""Identity's entries in the menus."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.platform.web.navigation import Audience, Entry, register

_DUTIES = Text("本人事务", "My duties")
_CITY = Text("城市管理", "City administration")


def register_menu() -> None:
    """Register them, at start."""
    _in_header("sign_in", Text("登录", "Sign in"), "account_login", "guest", 80)
    _in_header("account", Text("我的账号", "My account"), "account_home", "signed_in", 80)
    _in_header("sign_out", Text("退出", "Sign out"), "account_logout", "signed_in", 99)
    register(
        Entry(
            key="stand_ins",
            title=Text("委托代理", "Stand-ins"),
            url_name="stand_ins",
            area="desk",
            operation="identity.duty.delegate",
            order=800,
            group=_DUTIES,
            icon="people",
        )
    )
    register(
        Entry(
            key="accounts",
            title=Text("账号与任职", "Accounts and posts"),
            url_name="accounts",
            area="desk",
            operation="identity.officer.appoint",
            order=900,
            group=_CITY,
            icon="person",
        )
    )


def _in_header(key: str, title: Text, url_name: str, audience: Audience, order: int) -> None:
    register(Entry(key=key, title=title, url_name=url_name, area="account", audience=audience, order=order))
