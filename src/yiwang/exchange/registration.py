"""What the exchange registers at start: its operations, its kind of definitions, the ledger as evidence."""

from __future__ import annotations

from yiwang.exchange import loops
from yiwang.exchange.callbacks.registration import register_callbacks
from yiwang.exchange.catalogue.registration import register_catalogue
from yiwang.exchange.commands.take_evidence import TAKE
from yiwang.exchange.kinds import ResourceKind
from yiwang.exchange.nodes.registration import register_nodes
from yiwang.exchange.reader_notices import tell_readers
from yiwang.exchange.subscriptions.registration import register_subscriptions
from yiwang.exchange.twin.registration import register_twin
from yiwang.exchange.watching import watch
from yiwang.exchange.web.menu import register_menu
from yiwang.kernel.text import Text
from yiwang.packs.api import KINDS
from yiwang.platform.loops import repeat
from yiwang.platform.operations import declare
from yiwang.platform.outbox import subscribe

_HANDLING = frozenset({"handler", "reviewer", "approver"})
#: Machines ask too, in the name of a department: automatic checks of a case, and its own systems.
_ASKERS = frozenset({"window", "handler", "reviewer", "approver", "supervisor", "system", "client"})
#: Whoever answers for a unit breaks the glass; an examiner asks the head on duty.
_EMERGENCY = frozenset({"approver", "leader"})
_WATCHERS = frozenset({"supervisor", "auditor"})
_REVIEWERS = _WATCHERS | {"approver"}
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
    declare("exchange.notice.see", Text("知悉更正告知", "Take note of corrections"), roles=_HANDLING)
    declare("exchange.consent.give", Text("同意查询本人信息", "Consent to looks"), citizens=True)
    declare("exchange.consent.withdraw", Text("撤回同意", "Withdraw a consent"), citizens=True)
    declare("exchange.emergency.look", Text("紧急查看", "Look in an emergency"), roles=_EMERGENCY)
    declare("exchange.emergency.review", Text("审查紧急查看", "Review emergency looks"), roles=_REVIEWERS)
    declare("exchange.emergency.warn", Text("催办紧急查看审查", "Warn of overdue reviews"), roles={"system"})
    declare("exchange.finding.decide", Text("处理异常查询", "Decide on odd looks"), roles=_WATCHERS)
    subscribe("EntryAmended", "exchange.reader_notices", tell_readers)
    repeat("exchange.cards", loops.cards, seconds=30.0)
    repeat("exchange.watch", watch, seconds=10.0)
    register_nodes()
    register_twin()
    register_callbacks()
    register_subscriptions()
    register_catalogue()
    register_menu()
    KINDS.register(ResourceKind.key, ResourceKind())
