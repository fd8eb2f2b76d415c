"""Lines and bars on standard error for steps that take their time."""

from __future__ import annotations

import shutil
import sys
import time
from types import TracebackType
from typing import Self

from yiwang.kernel.text import Text

_BAR = 24


class Progress:
    """One step: a bar on a terminal, one line at the start and one at the end elsewhere."""

    def __init__(self, title: Text) -> None:
        self._title = title
        self._begun = time.monotonic()
        self._shown = -1.0
        self._terminal = sys.stderr.isatty()

    def __enter__(self) -> Self:
        if self._terminal:
            self.at(0.0)
        else:
            print(f"… {self._title}", file=sys.stderr, flush=True)
        return self

    def at(self, share: float) -> None:
        """Show how much is done, from 0 to 1."""
        share = min(max(share, 0.0), 1.0)
        if not self._terminal or share - self._shown < 0.01:
            return
        self._shown = share
        full = round(share * _BAR)
        line = f"[{'█' * full}{'·' * (_BAR - full)}] {share:4.0%} "
        room = shutil.get_terminal_size().columns - len(line) - 1
        print(f"\r{line}{_cut(str(self._title), room)}\x1b[K", end="", file=sys.stderr, flush=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        sign = "✗" if kind else "✓"
        start = "\r\x1b[K" if self._terminal else ""
        seconds = time.monotonic() - self._begun
        print(f"{start}{sign} {self._title} ({seconds:.1f} s)", file=sys.stderr, flush=True)


def _cut(text: str, columns: int) -> str:
    """Cut a text to a number of terminal columns; a Chinese character takes two."""
    shown, used = "", 0
    for character in text:
        used += 2 if ord(character) > 0x2E7F else 1
        if used > columns:
            break
        shown += character
    return shown
