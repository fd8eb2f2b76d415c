"""Identity's entries in the menus."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.platform.web.navigation import Entry, register

_DUTIES = Text("本人事务", "My duties")
_CITY = Text("城市管理", "City administration")


def register_menu() -> None:
    """Register them, at start."""
    register(
        Entry(
            key="sign_in",
            title=Text("登录", "Sign in"),
            url_name="account_login",
            area="account",
            audience="guest",
            order=80,
        )
    )
    register(
        Entry(
            key="register",
            title=Text("注册", "Register"),
            url_name="account_signup",
            area="account",
            audience="guest",
            order=81,
        )
    )
    register(
        Entry(
            key="account",
            title=Text("我的账号", "My account"),
            url_name="account_home",
            area="account",
            audience="signed_in",
            order=80,
        )
    )
    register(
        Entry(
            key="sign_out",
            title=Text("退出", "Sign out"),
            url_name="account_logout",
            area="account",
            audience="signed_in",
            order=99,
        )
    )
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
