"""What maps draw beside registers: an engine above keeps it and says who sees which of it, maps ask here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from yiwang.kernel.registry import Registry
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.mapping import Mapped

#: Cases, chosen by the codes of their items; the definition kind of items bears the same name.
CASES = "cases"


class DrawnSource(Protocol):
    """Draws things of its own as a register's entries are drawn; ``chosen`` are codes of their kinds."""

    def described(self, chosen: Sequence[str]) -> RegisterDefinition:
        """Its fields as declarations are checked against them, one with a shape; nothing is looked up."""
        ...

    def offered(self, actor: Actor) -> Mapping[str, Text]:
        """Kinds that a reader may make a layer of, by code; none for whom none of it is."""
        ...

    def drawn(
        self, actor: Actor | None, chosen: Sequence[str], *, then: bool = False, during: bool = False
    ) -> Mapped | None:
        """How a reader draws them, or None where none of it is for him.

        Its mark is another one whenever he sees other things or fields, so it may be asked anew to know.
        ``then`` and ``during``: as :func:`yiwang.registers.mapping.mapped` has them.
        """
        ...

    def pages(self, actor: Actor, entries: Sequence[int]) -> Mapping[int, str]:
        """Addresses of pages, by number; those that are not for this reader are left out."""
        ...


DRAWN_SOURCES: Registry[DrawnSource] = Registry("what maps draw beside registers")
