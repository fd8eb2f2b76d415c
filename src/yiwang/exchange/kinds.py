"""The definition kind ``resources``: what organisations share."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from pydantic import BaseModel

from yiwang.exchange.catalogue.indexing import index_resource, take_out
from yiwang.exchange.definitions import ResourceDefinition
from yiwang.exchange.models import Grant, Resource
from yiwang.exchange.providers import PROVIDERS
from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.text import Text
from yiwang.packs.api import as_model, definition_of, read_named
from yiwang.packs.contracts import Change, Definition, Known, SourceFile, Step
from yiwang.platform.contracts import Json

#: Core metadata without which nobody finds or judges a resource.
_TO_PUBLISH = ("category", "updated", "keywords")


class ResourceKind:
    """Resources are declared in ``resources/*.yaml``, one a file named like its code."""

    key: ClassVar[str] = "resources"
    suffixes: ClassVar[tuple[str, ...]] = (".yaml",)
    model: ClassVar[type[BaseModel] | None] = ResourceDefinition
    order: ClassVar[int] = 25

    def read(self, source: SourceFile) -> tuple[Definition | None, list[DefinitionProblem]]:
        """Validate one file."""
        model, problems = read_named(ResourceDefinition, source)
        if model is None:
            return None, problems
        if model.kind not in PROVIDERS:
            known = ", ".join(key for key, _ in PROVIDERS)
            return None, [
                source.problem(
                    ("kind",),
                    Text(
                        f"没有“{model.kind}”类的提供者；可用：{known}",
                        f"nothing provides {model.kind!r}; known: {known}",
                    ),
                )
            ]
        if model.category is None or model.updated is None or not model.keywords:
            missing = [name for name in _TO_PUBLISH if not getattr(model, name)]
            reason = Text(
                f"发布目录须写明核心元数据：{'、'.join(missing)}（GB/T 21063.3）",
                f"core metadata must be given to be published: {', '.join(missing)} (GB/T 21063.3)",
            )
            return None, [source.problem(("code",), reason)]
        content = model.model_dump(mode="json", exclude_defaults=True)
        return definition_of(self.key, model.code, source, content), []

    def check(self, definition: Definition, known: Known) -> list[DefinitionProblem]:
        """The source exists and has these fields."""
        model = _model(definition.content)
        found = PROVIDERS.get(model.kind).check(model, known)
        for place, code in enumerate(model.related):
            if known.lacks(self.key, code):
                found.append(
                    (("related", place), Text(f"没有资源“{code}”", f"there is no resource {code!r}"))
                )
        return [definition.source.problem(path, reason) for path, reason in found]

    def steps(self, applied: Json, wanted: Definition | None) -> tuple[Step, ...]:
        """Say what changes in the catalogue, and which grants lose fields."""
        if wanted is None:
            title = _model(applied).title
            return (Step(Text(f"停止共享“{title.zh}”", f"stop sharing “{title.en}”")),)
        title = _model(wanted.content).title
        if applied is None:
            return (Step(Text(f"共享“{title.zh}”", f"share “{title.en}”")),)
        steps = [Step(Text(f"更新共享资源“{title.zh}”", f"update the resource “{title.en}”"))]
        gone = _named(_model(applied)) - _named(_model(wanted.content))
        for row in Grant.objects.filter(resource=wanted.code, revoked_at=None).order_by("id"):
            lost = ", ".join(sorted(gone & set(row.fields)))
            if lost:
                hit = Text(
                    f"授权 {row.pk}（{row.grantee}）失去字段 {lost}",
                    f"grant {row.pk} of {row.grantee} loses {lost}",
                )
                steps.append(Step(hit))
        return tuple(steps)

    def apply(self, change: Change, *, at: datetime) -> None:
        """Put it into the catalogue, or close it; grants stay and cover nothing while it is closed."""
        if change.wanted is None:
            Resource.objects.filter(code=change.code).update(closed_at=at)
            take_out(change.code)
            return
        model = _model(change.wanted.content)
        Resource.objects.update_or_create(
            code=model.code,
            defaults={
                "owner": model.owner,
                "definition": change.wanted.content,
                "applied_at": at,
                "closed_at": None,
            },
            create_defaults={
                "owner": model.owner,
                "definition": change.wanted.content,
                "applied_at": at,
                "published_at": at,
            },
        )
        index_resource(model.code, at=at)


def _named(model: ResourceDefinition) -> set[str]:
    """What grants may name."""
    return {field.name for field in model.fields} | {question.name for question in model.questions}


def _model(content: Json) -> ResourceDefinition:
    return as_model(ResourceDefinition, content)
