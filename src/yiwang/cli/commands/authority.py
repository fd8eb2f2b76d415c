"""`authority`: the city's authority at its own console: orders of nodes, certificates, revocation."""

from __future__ import annotations

import time
from typing import Annotated

import typer
from django.utils import timezone
from rich.table import Table

from yiwang.cli.console import out, say
from yiwang.kernel.text import Text
from yiwang.launcher.contracts import Exit
from yiwang.platform.contracts import Actor
from yiwang.trust import api
from yiwang.trust.contracts import OrderRefusal, OrderState
from yiwang.trust.rules.revocation import RevocationReason

group = typer.Typer(no_args_is_help=True)
_CONSOLE = Actor.system("console")
Node = Annotated[str, typer.Argument(help="节点代码 / code of the node")]
Yes = Annotated[bool, typer.Option("--yes", help="不再询问 / do not ask")]
Wait = Annotated[float, typer.Option(min=0, help="等待申请的秒数 / seconds to wait for the order")]


@group.command("orders")
def orders() -> None:
    """待审的节点证书申请 / orders that wait for a decision."""
    table = Table()
    for title in ("节点 node", "机构 members", "地址 address", "指纹 fingerprint"):
        table.add_column(title, overflow="fold")
    for order in api.list_orders(state="pending"):
        table.add_row(order.node, ", ".join(order.members), order.address, order.fingerprint)
    out.print(table)


@group.command("approve")
def approve(node: Node, yes: Yes = False, wait: Wait = 0) -> int:
    """签发节点证书 / issue a node's certificates."""
    order = _pending(node, wait)
    if order is None:
        say(Text(f"节点 {node} 没有待审的申请。", f"Node {node} has no order that waits."))
        return Exit.FAILED
    members = ", ".join(order.members)
    say(Text(f"{node}（{members}），指纹 {order.fingerprint}", f"{node} ({members}), {order.fingerprint}"))
    if not yes and not typer.confirm(str(Text("指纹核对无误，签发？", "Fingerprint compared; issue?"))):
        return Exit.FAILED
    api.approve_order(actor=_CONSOLE, order=order.id, at=timezone.now())
    say(Text(f"已向节点 {node} 签发证书。", f"Node {node} is certified."))
    return Exit.OK


@group.command("refuse")
def refuse(node: Node, reason: OrderRefusal = OrderRefusal.NOT_REACHED) -> int:
    """驳回节点证书申请 / refuse a node's order."""
    order = _pending(node, 0)
    if order is None:
        return Exit.FAILED
    api.refuse_order(actor=_CONSOLE, order=order.id, reason=reason, at=timezone.now())
    say(Text(f"已驳回节点 {node} 的申请。", f"The order of node {node} is refused."))
    return Exit.OK


@group.command("revoke")
def revoke(node: Node, reason: RevocationReason = RevocationReason.KEY_COMPROMISED) -> None:
    """吊销节点证书 / revoke a node's certificates."""
    api.revoke_node(actor=_CONSOLE, node=node, reason=reason, at=timezone.now())
    say(Text(f"已吊销节点 {node} 的证书。", f"The certificates of node {node} are revoked."))


def _pending(node: str, wait: float) -> OrderState | None:
    deadline = time.monotonic() + wait
    while True:
        found = [order for order in api.list_orders(state="pending") if order.node == node]
        if found or time.monotonic() > deadline:
            return found[0] if found else None
        time.sleep(0.5)
