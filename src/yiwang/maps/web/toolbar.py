"""The tools of the map page: each a script and a part of the page, for those whom it fits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from yiwang.kernel.text import Text
from yiwang.maps.analysis.api import may_check
from yiwang.maps.rasters.api import list_rasters
from yiwang.platform.contracts import Actor


def everybody(actor: Actor | None) -> bool:
    """Citizens too, signed in or not."""
    return True


def officers(actor: Actor | None) -> bool:
    """Those who work for the city."""
    return actor is not None and actor.kind == "officer"


def may_dig(actor: Actor | None) -> bool:
    """Officers who may look under the ground."""
    return officers(actor) and actor is not None and may_check(actor)


def has_imagery(actor: Actor | None) -> bool:
    """Whoever may see some of it."""
    return bool(list_rasters(actor))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """``key`` names the script ``maps/js/tools/<key>.js`` and the template ``maps/tools/<key>.html``."""

    key: str
    title: Text
    icon: str
    fits: Callable[[Actor | None], bool]

    @property
    def script(self) -> str:
        """The module that the page loads."""
        return f"maps/js/tools/{self.key}.js"

    @property
    def template(self) -> str:
        """What stands beside the map while the tool is open."""
        return f"maps/tools/{self.key}.html"


#: In the order of the toolbar.
TOOLS: tuple[Tool, ...] = (
    Tool(key="day", title=Text("时间", "Time"), icon="clock", fits=everybody),
    Tool(key="compare", title=Text("对比", "Compare"), icon="split", fits=officers),
    Tool(key="imagery", title=Text("影像", "Imagery"), icon="globe", fits=has_imagery),
    Tool(key="measure", title=Text("量测", "Measure"), icon="ruler", fits=everybody),
    Tool(key="dig", title=Text("动土核查", "Dig check"), icon="dig", fits=may_dig),
    Tool(key="select", title=Text("选择", "Select"), icon="list", fits=officers),
    Tool(key="draw", title=Text("画图", "Draw"), icon="edit", fits=officers),
    Tool(key="print", title=Text("打印", "Print"), icon="print", fits=everybody),
    Tool(key="download", title=Text("下载", "Download"), icon="download", fits=everybody),
)


#: Opened at a feature, not from the toolbar.
EDIT = Tool(key="edit", title=Text("申请更正", "Ask for a correction"), icon="edit", fits=officers)

#: Opened at a layer.
ADD = Tool(key="add", title=Text("申请新增", "Ask for something to be added"), icon="plus", fits=officers)


def tools_for(actor: Actor | None) -> tuple[Tool, ...]:
    """Tools that somebody may use."""
    return tuple(tool for tool in TOOLS if tool.fits(actor))
