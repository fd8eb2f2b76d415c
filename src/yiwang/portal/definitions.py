"""What a city writes for its portal: notices, in ``cities/<code>/notices.yaml``."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from yiwang.kernel.text import Text


class Notice(BaseModel):
    """A notice to the public, paragraph by paragraph."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(pattern=r"^[a-z][a-z0-9-]{1,60}$")
    title: Text
    issuer: str = Field(description="Organisation code")
    published: date
    paragraphs: tuple[Text, ...] = Field(min_length=1)


class Notices(BaseModel):
    """All notices of a city."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    notices: tuple[Notice, ...]
