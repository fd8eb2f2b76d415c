"""Words of templates: what an archive says of itself, and why one is not taken."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from yiwang.kernel.errors import RuleViolation
from yiwang.kernel.text import Text

#: An archive holds a manifest and files of these folders, nothing deeper, nothing else.
MANIFEST = "manifest.json"
PATH = re.compile(r"(registers|resources|examples)/[a-z0-9][a-z0-9_-]{0,60}\.yaml")
MOST_FILES = 60
MOST_BYTES = 2_000_000


class TemplateManifest(BaseModel):
    """What is in an archive, under which licence, with the digest of every file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["yiwang-register-template/1"] = "yiwang-register-template/1"
    register_code: str = Field(alias="register", pattern=r"^[a-z][a-z0-9_]{1,40}$")
    title: Text
    summary: Text
    owner: str = Field(pattern=r"^[a-z0-9_]{1,60}$")
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    #: An SPDX expression.
    licence: str = Field(pattern=r"^[A-Za-z0-9.+() -]{1,80}$")
    #: Registers that must be there, because fields refer to them.
    needs: tuple[str, ...] = ()
    #: Path to SHA-256 in hex.
    files: dict[str, str]


@dataclass(eq=False)
class TemplateRefused(RuleViolation):
    """An archive is not taken, or can't be made; nothing was written."""

    reason: Text
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text("模板不可用：{reason}", "The template is not usable: {reason}")
