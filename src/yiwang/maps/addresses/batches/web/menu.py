"""Files of addresses in the desk's menu."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.maps.addresses.queries.rights import BATCH
from yiwang.platform.web.navigation import MAPS, Entry, register


def register_menu() -> None:
    """Register it, at start."""
    register(
        Entry(
            key="addresses",
            title=Text("地址比对", "Addresses"),
            url_name="addresses:batches",
            operation=BATCH,
            group=MAPS,
            icon="search",
            area="desk",
            order=163,
        )
    )
