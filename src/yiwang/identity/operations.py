"""The operations of identity and who has them by default."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.platform.operations import declare

_ADMIN = frozenset({"city_admin"})


def declare_all() -> None:
    """Declare them once, at start."""
    counter = _ADMIN | {"window"}
    declare(
        "identity.citizen.register", Text("注册个人用户", "Register a citizen"), roles={"system", "window"}
    )
    declare("identity.person.record", Text("窗口登记申请人", "Record a person at the counter"), roles=counter)
    declare("identity.entity.register", Text("注册法人用户", "Register a firm"), roles=counter, citizens=True)
    declare("identity.mandate.grant", Text("授权代办人", "Grant a mandate"), roles=counter, citizens=True)
    declare("identity.mandate.revoke", Text("撤销授权", "Revoke a mandate"), roles=counter, citizens=True)
    declare("identity.officer.appoint", Text("任命工作人员", "Appoint an officer"), roles=_ADMIN | {"system"})
    declare("identity.posting.end", Text("终止任职", "End a posting"), roles=_ADMIN)
    declare(
        "identity.duty.delegate",
        Text("委托代理", "Delegate while away"),
        roles={"window", "handler", "reviewer", "approver", "supervisor", "leader", "city_admin", "auditor"},
    )
    declare("identity.account.link", Text("关联账号与自然人", "Link an account to a person"), roles=_ADMIN)
    declare("identity.account.recover", Text("重置账号", "Reset an account"), roles=_ADMIN)
    declare("identity.person.reveal", Text("查看完整证件号码", "See a full identity number"), roles=counter)
    declare("identity.sign_in.record", Text("登录", "Sign in"), roles={"system"})
    declare("identity.sign_in.lock", Text("登录锁定", "Lock sign-in"), roles={"system"})
