"""What the catalogue registers at start: its operations, its page in the footer, the ways to a resource."""

from __future__ import annotations

from yiwang.exchange.catalogue.indexing import refresh
from yiwang.exchange.catalogue.items import look_up_link
from yiwang.exchange.providers import LINKS
from yiwang.kernel.text import Text
from yiwang.platform.loops import repeat
from yiwang.platform.operations import declare
from yiwang.platform.web.navigation import Entry, register

_OFFICERS = frozenset({"handler", "reviewer", "approver"})


def register_catalogue() -> None:
    """Run once, when all apps are ready."""
    declare(
        "exchange.release.prepare", Text("编制开放数据", "Prepare a release of open data"), roles=_OFFICERS
    )
    declare(
        "exchange.release.sign",
        Text("签发或撤回开放数据", "Sign or withdraw open data"),
        roles=frozenset({"approver"}),
    )
    LINKS.register("look_up", look_up_link)
    repeat("exchange.catalogue", refresh, seconds=300)
    register(
        Entry(
            key="catalogue",
            title=Text("数据目录", "Data catalogue"),
            url_name="catalogue:all",
            area="footer",
            order=45,
        )
    )
