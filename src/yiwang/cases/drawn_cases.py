"""Cases on the map: what maps ask for when a layer names items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse

from yiwang.cases.queries.items_on_map import offered_items
from yiwang.cases.queries.on_map import described, drawn_cases, numbers_of
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.registers.api import Mapped
from yiwang.registers.definitions import RegisterDefinition


class DrawnCases:
    """Cases as a source of layers."""

    def described(self, chosen: Sequence[str]) -> RegisterDefinition:
        """The fields of cases of some items."""
        return described(chosen)

    def offered(self, actor: Actor) -> Mapping[str, Text]:
        """Items that ask for an address and whose cases he finds in lists."""
        return offered_items(actor)

    def drawn(
        self, actor: Actor | None, chosen: Sequence[str], *, then: bool = False, during: bool = False
    ) -> Mapped | None:
        """How an officer draws the cases of some items; None for anybody else."""
        return drawn_cases(actor, chosen, then=then, during=during)

    def pages(self, actor: Actor, entries: Sequence[int]) -> Mapping[int, str]:
        """Pages of cases on the desk, by their ids."""
        numbers = numbers_of(actor, entries)
        return {entry: reverse("desk:case", args=[number]) for entry, number in numbers.items()}
