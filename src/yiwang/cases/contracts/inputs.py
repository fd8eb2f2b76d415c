"""What acts take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from yiwang.cases.contracts.words import ApplicantKind
from yiwang.platform.contracts import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """Who asks. ``name`` is for lists; what the registers know of them stays there."""

    kind: ApplicantKind
    name: str
    person_id: int | None = None
    entity_id: int | None = None
    #: Who filled it in for them: mandatary or counter officer's client.
    agent_person_id: int | None = None
    #: What conditions may ask of the applicant, e.g. ``{"category": "enterprise"}``.
    facts: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionInput:
    """What a department says besides its verdict."""

    conditions: str = ""
    grounds: str = ""
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenMaterial:
    """A material handed in: a stored file, or None when it was seen on paper."""

    key: str
    file_id: int | None = None
