"""A question answered with an entry of an open register: what that fills in, what speaks against it."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, Strict

from yiwang.kernel.text import Text

_CODE = r"^[a-z][a-z0-9_]{0,60}$"
_Name = Annotated[str, Field(pattern=_CODE)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Crossed(_Part):
    """Another open register, whose areas should not lie over that of the entry which is picked."""

    register_code: str = Field(alias="register", pattern=_CODE)
    says: Text = Field(description="Names fields of that register in braces, and `{overlap}` in m²")
    #: Square metres; borders that only touch each other are drawn to the centimetre at best.
    least: Annotated[int, Strict()] = Field(1, ge=1, le=1_000_000)


class Conflict(_Part):
    """Something in the answers that does not fit the entry. It warns; only a question's own rules refuse."""

    when: str = Field(description="FEEL over `answers` and `picked`")
    says: Text = Field(description="Names fields of the register in braces")


class Beside(_Part):
    """An entry of another open register that names the one which is picked: the conditions of a plot."""

    register_code: str = Field(alias="register", pattern=_CODE)
    title: Text = Field(description="What it is called before each of its fields that are told")
    field: _Name = Field(description="Its field that holds the key of the entry which is picked")
    latest: _Name = Field(description="Of several the one in which this field is greatest")
    shown: tuple[_Name, ...] = Field(min_length=1, max_length=12, description="Fields told of it")
    conflicts: tuple[Conflict, ...] = Field(
        (), max_length=20, description="FEEL over `answers`, `picked` and `beside`; it names its own fields"
    )
    missing: tuple[Conflict, ...] = Field(
        (), max_length=4, description="Said where there is none; FEEL over `answers` and `picked`"
    )


class Picks(_Part):
    """The answer is the key of an entry; only its public part is shown, filled in or compared."""

    register_code: str = Field(alias="register", pattern=_CODE)
    shown: tuple[_Name, ...] = Field(min_length=1, max_length=12, description="Fields told of each entry")
    fills: dict[_Name, _Name] = Field(
        default_factory=dict, description="Questions of the same page, by the fields that answer them"
    )
    crosses: tuple[Crossed, ...] = Field((), max_length=8)
    conflicts: tuple[Conflict, ...] = Field((), max_length=20)
    beside: tuple[Beside, ...] = Field((), max_length=4)
