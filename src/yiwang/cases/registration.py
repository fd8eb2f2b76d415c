"""What the case engine registers downwards, at start."""

from __future__ import annotations

from yiwang.cases.kinds.case_types import CaseTypeKind
from yiwang.cases.kinds.decisions import DecisionKind
from yiwang.cases.kinds.forms import FormKind
from yiwang.cases.kinds.processes import ProcessKind
from yiwang.cases.kinds.templates import TemplateKind
from yiwang.packs.api import KINDS


def register() -> None:
    """Register the kinds of definitions."""
    for kind in (FormKind(), DecisionKind(), TemplateKind(), ProcessKind(), CaseTypeKind()):
        KINDS.register(kind.key, kind)
