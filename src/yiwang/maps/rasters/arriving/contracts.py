"""Words of files of imagery that arrive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from yiwang.kernel.errors import Conflict, InvalidInput, NotFound
from yiwang.kernel.text import Text


class UploadState(StrEnum):
    """``waiting`` until the job has read it; ``gone`` where nobody went on sending it for a day."""

    RECEIVING = "receiving"
    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"
    STOPPED = "stopped"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadView:
    """A file as the officers of the imagery's owner see it."""

    id: int
    raster: str
    year: int
    name: str
    size: int
    received: int
    state: UploadState
    percent: int
    #: Why it was refused; of one that waits: what for.
    refusal: Text | None
    account_id: int
    asked_at: datetime


@dataclass(eq=False)
class UploadNotFound(NotFound):
    """There is no such file, or it is another organisation's."""

    text: ClassVar[Text] = Text("没有这个影像文件。", "There is no such file of imagery.")


@dataclass(eq=False)
class UploadRefused(InvalidInput):
    """What was said of a file can't be; the paths are ``file``, ``year`` and ``replacing``."""

    @property
    def sentence(self) -> Text:
        """What is wrong with each answer."""
        words = [problem.text for problem in self.problems]
        return Text("；".join(each.zh for each in words), "; ".join(each.en for each in words))


@dataclass(eq=False)
class EditionBeingRead(Conflict):
    """Another file for the same edition is being read."""

    year: int
    text: ClassVar[Text] = Text(
        "{year}年的另一个文件正在读取；请等它结束，或先停止它，再上传。",
        "Another file for {year} is being read. Wait until it has ended, or stop it, then send yours.",
    )


@dataclass(eq=False)
class UploadStopped(Conflict):
    """It was stopped meanwhile; nothing was changed."""

    text: ClassVar[Text] = Text("已停止，没有导入任何内容。", "It was stopped; nothing was loaded.")
