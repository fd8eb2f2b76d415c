"""What the exchange registers at start: its operations, its kind of definitions, the ledger as evidence."""

from __future__ import annotations

from yiwang.exchange.catalogue.indexing import refresh
from yiwang.exchange.catalogue.items import look_up_link
from yiwang.exchange.commands.take_evidence import TAKE
from yiwang.exchange.evidence import record_in_ledger
from yiwang.exchange.kinds import ResourceKind
from yiwang.exchange.providers import LINKS, TRACE_SINKS
from yiwang.exchange.web.menu import register_menu
from yiwang.kernel.text import Text
from yiwang.packs.api import KINDS
from yiwang.platform.loops import repeat
from yiwang.platform.operations import declare

_HANDLING = frozenset({"handler", "reviewer", "approver"})
#: Machines ask too, in the name of a department: automatic checks of a case, and its own systems.
_ASKERS = frozenset({"window", "handler", "reviewer", "approver", "supervisor", "system", "client"})
_OWNERS = frozenset({"approver"})


def register() -> None:
    """Run once, when all apps are ready."""
    declare(
        "exchange.data.request",
        Text("经共享交换查询数据", "Ask for data through the exchange"),
        roles=_ASKERS,
        citizens=True,
    )
    declare("exchange.grant.issue", Text("授权共享数据", "Grant access to data"), roles=_OWNERS)
    declare("exchange.grant.revoke", Text("撤销数据授权", "Revoke a grant"), roles=_OWNERS)
    declare("exchange.access.ask", Text("申请共享数据", "Ask for shared data"), roles=_HANDLING)
    declare(TAKE, Text("取走查询留痕的证据", "Take the evidence of looks"), roles={"auditor"})
    declare(
        "exchange.client.issue",
        Text("发给系统接入凭证", "Give a credential to a system"),
        roles=_OWNERS | {"city_admin", "system"},
    )
    declare(
        "exchange.client.revoke",
        Text("撤销系统接入凭证", "Revoke the credential of a system"),
        roles=_OWNERS | {"city_admin", "system"},
    )
    register_menu()
    KINDS.register(ResourceKind.key, ResourceKind())
    TRACE_SINKS.register("ledger", record_in_ledger)
    LINKS.register("look_up", look_up_link)
    repeat("exchange.catalogue", refresh, seconds=300)
