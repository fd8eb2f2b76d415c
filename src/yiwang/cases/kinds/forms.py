"""``forms/*.yaml``: declared forms. They apply with the service items that use them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from pydantic import BaseModel

from yiwang.cases.definitions.form import Form
from yiwang.cases.kinds.picks import pick_problems
from yiwang.cases.rules.forms.checks import check_form
from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.text import Text
from yiwang.packs.api import definition_of, read_model
from yiwang.packs.contracts import Change, Definition, Known, SourceFile, Step
from yiwang.platform.contracts import Json


class FormKind:
    """A form: pages of questions."""

    key: ClassVar[str] = "forms"
    suffixes: ClassVar[tuple[str, ...]] = (".yaml",)
    model: ClassVar[type[BaseModel] | None] = Form
    order: ClassVar[int] = 30

    def read(self, source: SourceFile) -> tuple[Definition | None, list[DefinitionProblem]]:
        """Validate the questions and their conditions."""
        form, problems = read_model(Form, source)
        if form is None:
            return None, problems
        problems = [source.problem(fault.path, fault.reason) for fault in check_form(form)]
        if problems:
            return None, problems
        return definition_of(self.key, form.code, source, form.model_dump(mode="json", by_alias=True)), []

    def check(self, definition: Definition, known: Known) -> list[DefinitionProblem]:
        """Pre-fills name resources and fields that are shared; what is picked comes from open registers."""
        resources = {item.code: fields_of(item.content) for item in known.of_kind("resources")}
        form = Form.model_validate(definition.content)
        faults = check_form(form, None if known.has_faulty("resources") else resources)
        problems = [definition.source.problem(fault.path, fault.reason) for fault in faults]
        return [*problems, *pick_problems(definition, form, known)]

    def steps(self, applied: Json, wanted: Definition | None) -> tuple[Step, ...]:
        """Cases keep the form that they were applied with, so nothing is lost."""
        if wanted is None:
            return (Step(Text("不再使用该表单", "Use this form no more")),)
        return (Step(Text("采用表单", "Use this form")),)

    def apply(self, change: Change, *, at: datetime) -> None:
        """Nothing by itself: the service items that name it take it along."""


def fields_of(content: Json) -> frozenset[str]:
    """The names of the fields that a declared resource has."""
    if not isinstance(content, dict) or not isinstance(fields := content.get("fields"), list):
        return frozenset()
    named = (field.get("name") if isinstance(field, dict) else field for field in fields)
    return frozenset(str(name) for name in named)
