"""Links that engines above put on the page of an entry, such as to ask for a change of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from yiwang.kernel.registry import Registry
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLink:
    """``url_name`` takes the register's code and the entry's number; ``fits`` decides for each reader."""

    title: Text
    url_name: str
    fits: Callable[[Actor, str], bool]


ENTRY_LINKS: Registry[EntryLink] = Registry("links on entries")
