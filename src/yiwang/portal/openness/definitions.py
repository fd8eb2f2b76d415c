"""What a city writes of what it discloses: ``cities/<code>/openness.yaml``."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from yiwang.kernel.errors import Unfit
from yiwang.kernel.text import Text
from yiwang.portal.openness.rules.categories import CATEGORIES
from yiwang.portal.openness.rules.index_numbers import FORM

Organisation = str
_NO_CATEGORY = Text("没有这个目录类别", "There is no such category")
_POLICY_DAY = Text("政策文件要有施行日期", "A policy file has a first day")


class ActDefinition(BaseModel):
    """What this policy file does to another."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["amend", "repeal", "replace", "prolong"]
    target: str = Field(pattern=FORM.pattern)
    on: date
    until: date | None = None


class ItemDefinition(BaseModel):
    """An item that the catalogue begins with; officers go on from there, and no load writes over it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    index_number: str = Field(pattern=FORM.pattern)
    kind: Literal["policy", "explanation", "questions", "other"]
    organisation: Organisation = Field(description="Organisation code")
    category: str
    theme: str = ""
    document_number: str = Field(default="", max_length=60)
    title: Text
    summary: Text = Text("", "")
    body: str = Field(min_length=1, description="Headings begin with '# ', cells of tables part by '|'")
    body_en: str = ""
    made_on: date
    published_on: date | None = None
    from_day: date | None = None
    until: date | None = None
    acts: tuple[ActDefinition, ...] = ()
    #: Index numbers of the policy files that it explains or answers questions about.
    explains: tuple[str, ...] = ()
    #: Codes of the services that carry it out.
    services: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> ItemDefinition:
        if self.category not in CATEGORIES:
            raise Unfit(_NO_CATEGORY)
        if self.kind == "policy" and self.from_day is None:
            raise Unfit(_POLICY_DAY)
        return self


class OpennessDefinition(BaseModel):
    """A city's catalogue: codes of agencies, who answers for each category, and its first items."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    #: Codes with which index numbers begin, by organisation.
    codes: dict[Organisation, str] = Field(default_factory=dict)
    #: Who answers for a category in the whole city; the default for those not named.
    owners: dict[str, Organisation] = Field(default_factory=dict)
    owner: Organisation
    items: tuple[ItemDefinition, ...] = ()
