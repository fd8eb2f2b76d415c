"""Builders and a double for tests: a provider that knows one person, and a resource over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from yiwang.exchange.contracts import Found, ResourceInfo, SubjectKind
from yiwang.exchange.definitions import ResourceDefinition
from yiwang.exchange.models import Resource
from yiwang.exchange.providers import SourceWords
from yiwang.exchange.subjects import person_reference
from yiwang.kernel.text import Text
from yiwang.packs.contracts import Known
from yiwang.platform.contracts import Json

KNOWN_ID = "11010519491231002X"
_PERSON: dict[str, Json] = {"name": "李明", "birth_date": "1949-12-31", "division": "440103"}


class OnePersonProvider:
    """Answers for :data:`KNOWN_ID` and nobody else."""

    def check(self, resource: ResourceDefinition, known: Known) -> list[tuple[tuple[str | int, ...], Text]]:
        """Everything fits."""
        return []

    def describe(self, source: str) -> SourceWords | None:
        """The words of the only source."""
        return SourceWords(title=Text("测试登记簿", "Register for tests"), fields={})

    def own_key_kind(self, source: str) -> SubjectKind | None:
        """Asked by identity number."""
        return "person"

    def look_up(
        self,
        resource: ResourceInfo,
        *,
        key: str,
        fields: Sequence[str],
        rows: Mapping[str, Sequence[str]],
        at: datetime,
        valid_on: date | None = None,
    ) -> Found:
        """Give the person's fields."""
        fits = key == KNOWN_ID and all(_PERSON[name] in values for name, values in rows.items())
        values = {name: _PERSON[name] for name in fields} if fits else None
        return Found(values=values, subject=person_reference(key), version=3 if fits else 0)

    def verify(
        self,
        resource: ResourceInfo,
        *,
        key: str,
        claims: Mapping[str, Json],
        rows: Mapping[str, Sequence[str]],
        at: datetime,
    ) -> Found:
        """Compare."""
        found = self.look_up(resource, key=key, fields=tuple(claims), rows=rows, at=at)
        if found.values is None:
            return found
        answers: dict[str, Json] = {name: found.values[name] == claim for name, claim in claims.items()}
        return Found(values=answers, subject=found.subject, version=found.version)


def a_resource(*, at: datetime, **changes: Json) -> ResourceDefinition:
    """Put a resource of the provider ``one_person`` into the catalogue."""
    content: dict[str, Json] = {
        "code": "person_for_tests",
        "title": {"zh": "测试人口信息", "en": "Person for tests"},
        "summary": {"zh": "测试", "en": "For tests"},
        "owner": "public_security",
        "kind": "one_person",
        "source": "people",
        "sharing": "conditional",
        "legal_basis": {"zh": "测试", "en": "For tests"},
        "fields": [
            {"name": "name", "title": {"zh": "姓名", "en": "Name"}, "secrecy": "personal"},
            {"name": "birth_date", "title": {"zh": "出生日期", "en": "Date of birth"}, "secrecy": "personal"},
            {"name": "division", "title": {"zh": "区划", "en": "Division"}, "secrecy": "internal"},
        ],
        **changes,
    }
    definition = ResourceDefinition.model_validate(content)
    Resource.objects.create(code=definition.code, owner=definition.owner, definition=content, applied_at=at)
    return definition
