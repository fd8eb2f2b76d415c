"""What nodes tell the footing at start."""

from __future__ import annotations

from yiwang.exchange.nodes import tasks
from yiwang.kernel.text import Text
from yiwang.platform.loops import repeat
from yiwang.platform.operations import declare


def register_nodes() -> None:
    """Declare the operation under which other nodes are answered; repeat the node's own work."""
    # Other nodes act as machines; what they may see their organisation's grant says.
    declare("exchange.message.answer", Text("应答其他节点", "Answer another node"), roles={"system"})
    repeat("exchange.nodes.enrol", tasks.enrol, seconds=1.0)
    repeat("exchange.nodes.directory", tasks.refresh_directory, seconds=20.0)
    repeat("exchange.nodes.batch", tasks.batch, seconds=5.0)
    repeat("exchange.nodes.stamp", tasks.stamp, seconds=5.0)
    repeat("exchange.nodes.ask", tasks.ask, seconds=1.0)
