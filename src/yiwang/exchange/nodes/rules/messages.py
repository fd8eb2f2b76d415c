"""What a request between nodes says, and how a message is named in evidence."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from yiwang.exchange.contracts import Purpose
from yiwang.exchange.nodes.contracts import Fault, HttpMessage, MessageRefused

PATH = "/node/v1/requests"
MEDIA = "application/json"
#: A look-up is small; files go their own way.
MOST_BYTES = 100_000
_CODE = r"^[a-z][a-z0-9_]{0,59}$"
_ADDRESS = re.compile(r"([a-z][a-z0-9-]{1,39}):([a-z][a-z0-9_]{0,59})")
_MESSAGE = re.compile(r"[A-Za-z0-9._-]{8,64}")


class AskBody(BaseModel):
    """The body of a request: the key stands here and nowhere else."""

    model_config = ConfigDict(extra="forbid", strict=True)
    key: str = Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]*$")
    fields: list[str] = Field(default_factory=list, max_length=200)
    claims: dict[str, JsonValue] = Field(default_factory=dict, max_length=200)
    reference: str = Field("", max_length=80)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as its headers and body say it."""

    message: str
    node: str
    organisation: str
    provider: str
    resource: str
    purpose: Purpose
    key: str
    fields: tuple[str, ...]
    claims: Mapping[str, JsonValue]


def split_address(text: str) -> tuple[str, str]:
    """Split ``node:code`` (a resource or an organisation at a node).

    Raises:
        MessageRefused: it is none.
    """
    found = _ADDRESS.fullmatch(text)
    if found is None:
        raise MessageRefused(fault=Fault.MALFORMED)
    return found[1], found[2]


def make_request(asked: Asked, target: str) -> HttpMessage:
    """Write a request, not signed yet."""
    body: dict[str, object] = {"key": asked.key, "reference": asked.purpose.reference}
    body |= {"claims": dict(asked.claims)} if asked.claims else {"fields": list(asked.fields)}
    return HttpMessage(
        method="POST",
        target=target,
        headers={
            "content-type": MEDIA,
            "yiwang-message": asked.message,
            "yiwang-client": f"{asked.node}:{asked.organisation}",
            "yiwang-service": f"{asked.provider}:{asked.resource}",
            "yiwang-purpose": asked.purpose.kind,
        },
        body=json.dumps(body, ensure_ascii=False).encode(),
    )


def read_request(request: HttpMessage) -> Asked:
    """Read a request whose signature was believed.

    Raises:
        MessageRefused: malformed.
    """
    headers = request.headers
    node, organisation = split_address(headers.get("yiwang-client", ""))
    provider, resource = split_address(headers.get("yiwang-service", ""))
    message, kind = headers.get("yiwang-message", ""), headers.get("yiwang-purpose", "")
    try:
        body = AskBody.model_validate_json(request.body)
    except (ValidationError, RecursionError):
        raise MessageRefused(fault=Fault.MALFORMED) from None
    names = [*body.fields, *body.claims]
    wrong = not _MESSAGE.fullmatch(message) or not re.fullmatch(_CODE, kind)
    if (
        wrong
        or bool(body.fields) == bool(body.claims)
        or not all(re.fullmatch(_CODE, name) for name in names)
    ):
        raise MessageRefused(fault=Fault.MALFORMED)
    return Asked(
        message=message,
        node=node,
        organisation=organisation,
        provider=provider,
        resource=resource,
        purpose=Purpose(kind=kind, reference=body.reference),
        key=body.key,
        fields=tuple(body.fields),
        claims=body.claims,
    )


def make_answer(status: int, message: str, body: Mapping[str, object]) -> HttpMessage:
    """Write an answer, not signed yet."""
    content = json.dumps(body, ensure_ascii=False, sort_keys=True).encode()
    return HttpMessage(
        status=status, headers={"content-type": MEDIA, "yiwang-message": message}, body=content
    )


def same_request(one: HttpMessage | Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether two requests ask the same thing: their digests and addresses are one."""
    headers = one.headers if isinstance(one, HttpMessage) else one
    names: Sequence[str] = ("content-digest", "yiwang-client", "yiwang-service", "yiwang-purpose")
    return all(headers.get(name) == other.get(name) for name in names)


def entry_of(message: str, request: Mapping[str, str], answer: Mapping[str, str]) -> bytes:
    """What a batch's leaf and the ledger commit to: both signatures, which cover everything else."""
    entry = {"answer": answer["signature"], "message": message, "request": request["signature"]}
    return json.dumps(entry, sort_keys=True, separators=(",", ":")).encode()
