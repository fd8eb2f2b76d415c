"""A layer of the map as a file: what it draws of a register is exported as the register is, maps say what."""

from __future__ import annotations

from typing import Protocol

from yiwang.kernel.registry import Registry
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.registers.contracts import AsOf
from yiwang.registers.exporting.cut import Cut

LAYER_FILE = "maps"


class LayerFile(Protocol):
    """Says what a file of a layer over a register holds for a reader at this moment.

    Both raise ``NotFound`` where the register has no such layer, or it is not for this reader.
    """

    def title(self, actor: Actor, layer: str, *, register: str) -> Text:
        """What the layer is called."""
        ...

    def cut(self, actor: Actor, layer: str, *, register: str, system: int, as_of: AsOf | None) -> Cut:
        """Its rows and fields; ``system`` is an EPSG number."""
        ...


LAYER_FILES: Registry[LayerFile] = Registry("layers of maps as files")


def layer_title(actor: Actor, layer: str, *, register: str) -> Text:
    """The same from whoever draws layers."""
    return LAYER_FILES.get(LAYER_FILE).title(actor, layer, register=register)


def layer_cut(actor: Actor, layer: str, *, register: str, system: int, as_of: AsOf | None) -> Cut:
    """The same from whoever draws layers."""
    return LAYER_FILES.get(LAYER_FILE).cut(actor, layer, register=register, system=system, as_of=as_of)
