"""The shape of an act's page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from yiwang.cases.contracts import CaseForOfficer
from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.registry import Registry
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.web.controls import Control

_FILL_IN = Text("请填写此项", "Please fill this in")
_WHOLE_NUMBER = Text("请填写{least}到{most}之间的整数", "Enter a whole number from {least} to {most}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What an officer sent: who, when, about which case, and the answers as typed."""

    actor: Actor
    at: datetime
    case: CaseForOfficer
    answers: Mapping[str, str | list[str]]

    def text(self, name: str, *, required: bool = True) -> str:
        """One text; a missing one is an InvalidInput that names the field."""
        value = self.answers.get(name, "")
        assert isinstance(value, str)  # noqa: S101 - the page declares the kind of each control
        if required and not value:
            raise InvalidInput(problems=(FieldProblem(path=name, text=_FILL_IN),))
        return value

    def number(self, name: str, *, least: int, most: int) -> int:
        """One whole number within bounds."""
        value = self.text(name)
        if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
            raise InvalidInput(
                problems=(FieldProblem(path=name, text=_WHOLE_NUMBER.fill(least=least, most=most)),)
            )
        return int(value)

    def chosen(self, name: str) -> list[str]:
        """The ticked values; none is an InvalidInput."""
        value = self.answers.get(name, [])
        assert isinstance(value, list)  # noqa: S101 - the page declares the kind of each control
        if not value:
            raise InvalidInput(problems=(FieldProblem(path=name, text=_FILL_IN),))
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPage:
    """One act: it is offered when its operation stands in ``CaseForOfficer.may``."""

    key: str
    operation: str
    title: Text
    button: Text
    controls: Callable[[CaseForOfficer], tuple[Control, ...]]
    submit: Callable[[Submission], None]
    done: Text
    intro: Text | None = None
    warning: bool = False
    #: Shown first among the acts of a case with a low figure.
    order: int = 100
    #: More conditions than the operation: whether it makes sense in this case now.
    fits: Callable[[CaseForOfficer], bool] = lambda case: True


ACTS: Registry[ActPage] = Registry("acts of the desk")


def offered(case: CaseForOfficer) -> list[ActPage]:
    """The acts open to this officer in this case, in order."""
    open_acts = [act for _, act in ACTS if act.operation in case.may and act.fits(case)]
    return sorted(open_acts, key=lambda act: (act.order, act.key))
