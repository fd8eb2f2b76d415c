"""How a built-in function is declared: its parameters' names and kinds in one line each.

``"start position: number"`` takes a number, ``"length: number?"`` may be left out, ``"item: any+"`` may be
written several times. An argument of another
kind makes the call null, as the standard says; a value stands for a list of one and the other way round.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from yiwang.kernel.feel import logic
from yiwang.kernel.feel.values import Run, Value, adapt, kind_of

_MOMENTS = ("date", "date and time")
_GROUPS: dict[str, tuple[str, ...]] = {
    "moment": _MOMENTS,
    "duration": ("days and time duration", "years and months duration"),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter; no kinds means any value, null too."""

    name: str
    kinds: tuple[str, ...]
    optional: bool
    repeats: bool


@dataclass(frozen=True, slots=True)
class Builtin:
    """One signature of a built-in function."""

    name: str
    parameters: tuple[Parameter, ...]
    variadic: bool  # the members of one list may be written out
    gathers: bool  # a single list is one member, not all of them
    body: Callable[..., Value]

    def takes(self, count: int, named: Sequence[str]) -> bool:
        """Whether a call with so many arguments, or with these names, means this signature."""
        if named:
            known = {parameter.name for parameter in self.parameters}
            needed = {parameter.name for parameter in self.parameters if not parameter.optional}
            return needed <= set(named) <= known
        if self.variadic:
            return count >= 1
        least = sum(not parameter.optional for parameter in self.parameters)
        return least <= count and (count <= len(self.parameters) or self.parameters[-1].repeats)

    def call(self, run: Run, arguments: list[Value]) -> Value:
        """Call with arguments in the order of the parameters."""
        if self.variadic:
            single = len(arguments) == 1 and isinstance(arguments[0], list) and not self.gathers
            members = logic.as_list(arguments[0]) if single else logic.as_list(list(arguments))
            run.spend(1 + len(members) // 8)
            return self.body(run, members)
        fitted: list[Value] = []
        for parameter, argument in zip(self.parameters, arguments, strict=False):
            value, fits = _fit(parameter, argument, run)
            if not fits:
                return None
            fitted.append(value)
        return self.body(run, *fitted, *arguments[len(fitted) :])

    def order(self, named: Sequence[str]) -> list[int]:
        """For each parameter the index of its argument in a call by name, -1 where it is left out."""
        return [
            named.index(parameter.name) if parameter.name in named else -1 for parameter in self.parameters
        ]


def _fit(parameter: Parameter, argument: Value, run: Run) -> tuple[Value, bool]:
    kinds = parameter.kinds
    if not kinds or (argument is None and parameter.optional):
        return argument, True
    if kinds == ("list",):
        if argument is None:
            return None, False
        members = logic.as_list(argument)
        run.spend(1 + len(members) // 8)
        return members, True
    if isinstance(argument, list) and len(argument) == 1:
        argument = adapt(argument[0], run)
    return argument, kind_of(argument) in kinds


CATALOGUE: dict[str, list[Builtin]] = {}

Body = Callable[..., Value]


def define(
    name: str, *parameters: str, variadic: bool = False, gathers: bool = False
) -> Callable[[Body], Body]:
    """Declare one signature of a function; the body takes the run, then the arguments."""

    def declare(body: Body) -> Body:
        declared = tuple(_parameter(written) for written in parameters)
        CATALOGUE.setdefault(name, []).append(Builtin(name, declared, variadic, gathers, body))
        return body

    return declare


def _parameter(written: str) -> Parameter:
    name, _, kind = written.partition(": ")
    optional, repeats = kind.endswith("?"), kind.endswith("+")
    kind = kind.rstrip("?+")
    kinds = () if kind == "any" else _GROUPS.get(kind, (kind,))
    return Parameter(name, kinds, optional, repeats)
