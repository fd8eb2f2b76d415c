"""States of studies in the background in words."""

from __future__ import annotations

from collections.abc import Mapping

from yiwang.kernel.text import Text
from yiwang.maps.analysis.contracts import LongState

STATES: Mapping[LongState, tuple[Text, str]] = {
    LongState.WAITING: (Text("正在分析", "Being made"), "progress"),
    LongState.DONE: (Text("已完成", "Done"), "success"),
    LongState.REFUSED: (Text("未能完成", "Not made"), "danger"),
    LongState.STOPPED: (Text("已取消", "Stopped"), "neutral"),
    LongState.OUTDATED: (Text("已过时", "Outdated"), "warning"),
    LongState.DELETED: (Text("已到期删除", "Deleted"), "neutral"),
}
