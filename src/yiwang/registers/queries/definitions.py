"""The applied definition of a register: one small row a read, parsed once a revision."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import LiteralString

from yiwang.platform import sql
from yiwang.registers.contracts import RegisterNotFound
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.models import Register

#: The text of jsonb is the same for the same content, so that it is parsed once; read before every use.
_ONE: LiteralString = (
    "SELECT revision, definition::text FROM registers_register WHERE code = %s AND closed_at IS NULL"
)


@lru_cache(maxsize=256)
def _parsed(code: str, revision: int, content: str) -> RegisterDefinition:
    return RegisterDefinition.model_validate_json(content)


def _of(row: Register) -> RegisterDefinition:
    return _parsed(row.code, row.revision, json.dumps(row.definition, ensure_ascii=False))


def get_register(code: str) -> RegisterDefinition:
    """Give the definition of an open register.

    Raises:
        RegisterNotFound: there is none, or it is closed.
    """
    return get_marked(code)[0]


def get_marked(code: str) -> tuple[RegisterDefinition, str]:
    """Give it with a mark of its revision, for ETags.

    Raises:
        RegisterNotFound: there is none, or it is closed.
    """
    found = sql.fetch(_ONE, [code])
    if not found:
        raise RegisterNotFound(register=code if len(code) <= 41 else code[:41] + "…")
    ((revision, content),) = found
    return _parsed(code, int(str(revision)), str(content)), f"{code}.{revision}"


def get_revision(code: str) -> int:
    """Give the revision of an open register, for ETags."""
    revision = Register.objects.filter(code=code, closed_at=None).values_list("revision", flat=True).first()
    if revision is None:
        raise RegisterNotFound(register=code)
    return revision


def list_registers() -> list[RegisterDefinition]:
    """Give all open registers by code."""
    return [_of(row) for row in Register.objects.filter(closed_at=None).order_by("code")]
