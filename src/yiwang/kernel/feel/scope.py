"""The names in view at a place of an expression, innermost first."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from yiwang.kernel.feel.values import Run, Value, adapt


class Names:
    """One layer of names over another; the outermost is the caller's context."""

    __slots__ = ("outer", "run", "values")

    def __init__(self, values: Mapping[str, object], outer: Names | None, run: Run) -> None:
        self.values = values
        self.outer = outer
        self.run = run

    def find(self, name: str) -> Value:
        """The value of the innermost such name, else null."""
        layer: Names | None = self
        while layer is not None:
            if name in layer.values:
                return adapt(layer.values[name], self.run)
            layer = layer.outer
        return None


Closure = Callable[[Names], Value]
