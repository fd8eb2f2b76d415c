"""What a pack may write in ``matchings/*.yaml``: which lists are matched, by whom, for what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from yiwang.kernel.errors import Unfit
from yiwang.kernel.text import Text
from yiwang.registers.matching.rules.differences import Role

#: The fields of a resource that matching reads, by the column that each fills.
FIELDS = {
    "key": "number",
    "code": "credit_code",
    "name": "name",
    "person": "legal_representative",
    "division": "division",
    "address": "address",
    "phone": "phone",
    "status": "status",
    "paid": "paid",
}


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MatchedList(_Strict):
    """One list: a resource of the exchange, and what it means to be on it."""

    resource: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    role: Role


class MatchingDefinition(_Strict):
    """Lists that are matched with each other. Each is read under a grant to the operator for the purpose."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    title: Text
    summary: Text
    operator: str = Field(description="Code of the organisation that has the lists matched")
    purpose: str = Field(default="supervision", description="Purpose of the grants")
    lists: tuple[MatchedList, ...] = Field(min_length=2, max_length=30)
    accept: float = Field(default=0.98, ge=0.5, lt=1, description="Likely enough to be one firm")
    review: float = Field(default=0.3, gt=0, lt=1, description="Likely enough to ask somebody")
    term: int = Field(default=15, ge=1, le=120, description="Working days to answer a difference")

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        names = [each.resource for each in self.lists]
        if len(set(names)) != len(names):
            raise Unfit(Text("名单重复", "a list is named twice"))
        if self.review > self.accept:
            raise Unfit(Text("review应不大于accept", "review is not greater than accept"))
        if sum(each.role is Role.LICENCE for each in self.lists) > 1:
            raise Unfit(Text("至多一份营业执照名单", "at most one list is that of licences"))
        return self

    @property
    def resources(self) -> tuple[str, ...]:
        """Codes of the lists."""
        return tuple(each.resource for each in self.lists)

    @property
    def roles(self) -> Mapping[str, Role]:
        """What each list means."""
        return {each.resource: each.role for each in self.lists}
