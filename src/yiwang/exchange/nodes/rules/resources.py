"""What a node offers to the others, as it tells the centre under its signature: titles, no values."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from yiwang.exchange.nodes.contracts import Fault, MessageRefused, NodeResource
from yiwang.kernel.text import Text

MOST = 500
#: Before the content, so that the signature can be taken for no message and nothing else.
PREFIX = b"yiwang-node-resources/1\n"
_CODE = r"^[a-z][a-z0-9_]{0,59}$"
_TITLE = r"^[^\x00-\x1f<>]{1,200}$"


class Title(BaseModel):
    """A title in both languages."""

    model_config = ConfigDict(extra="forbid", strict=True)
    zh: str = Field(pattern=_TITLE)
    en: str = Field(pattern=_TITLE)


class Told(BaseModel):
    """A resource as statement and directory write it."""

    model_config = ConfigDict(extra="forbid", strict=True)
    code: str = Field(pattern=_CODE)
    owner: str = Field(pattern=_CODE)
    title: Title

    def read(self) -> NodeResource:
        """As everybody else reads it."""
        return NodeResource(code=self.code, owner=self.owner, title=Text(self.title.zh, self.title.en))


class Statement(BaseModel):
    """What is signed."""

    model_config = ConfigDict(extra="forbid", strict=True)
    node: str = Field(pattern=r"^[a-z][a-z0-9-]{1,39}$")
    at: str = Field(max_length=40)
    resources: list[Told] = Field(max_length=MOST)

    def instant(self) -> datetime:
        """When it was told.

        Raises:
            MessageRefused: it is no instant.
        """
        try:
            at = datetime.fromisoformat(self.at)
        except ValueError:
            raise MessageRefused(fault=Fault.MALFORMED) from None
        if at.tzinfo is None:
            raise MessageRefused(fault=Fault.MALFORMED)
        return at


def written(resources: Sequence[NodeResource]) -> list[dict[str, object]]:
    """As statement, storage and directory hold them."""
    return [{"code": each.code, "owner": each.owner, "title": each.title.as_dict()} for each in resources]


def statement_of(node: str, resources: Sequence[NodeResource], *, at: datetime) -> bytes:
    """Give the bytes to sign."""
    told = {"node": node, "at": at.isoformat(), "resources": written(resources[:MOST])}
    return PREFIX + json.dumps(told, ensure_ascii=False, sort_keys=True).encode()


def read_statement(content: bytes) -> Statement:
    """Read what a node says; who signed it is checked by whoever takes it.

    Raises:
        MessageRefused: malformed.
    """
    if not content.startswith(PREFIX):
        raise MessageRefused(fault=Fault.MALFORMED)
    try:
        return Statement.model_validate_json(content.removeprefix(PREFIX))
    except (ValidationError, RecursionError):
        raise MessageRefused(fault=Fault.MALFORMED) from None
