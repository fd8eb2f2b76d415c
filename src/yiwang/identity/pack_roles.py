"""Roles and grants that packs declare; applying a pack calls this inside its own transaction."""

from __future__ import annotations

from collections.abc import Iterable

from yiwang.identity.contracts import PackRole, RoleView
from yiwang.identity.models import Role, RoleGrant
from yiwang.identity.queries.directory import mark_changed
from yiwang.identity.rules.roles import BUILT_IN, CLIENT_ROLE, SYSTEM_ROLE
from yiwang.platform.operations import OPERATIONS


def pack_role_faults(roles: Iterable[PackRole]) -> tuple[str, ...]:
    """What is wrong with the roles of a pack: a reserved code, an operation that nobody declares."""
    faults = []
    for declared in roles:
        code = declared.role.code
        if code in (CLIENT_ROLE, SYSTEM_ROLE):
            faults.append(f"{code!r} is reserved for machines")
        faults.extend(
            f"role {code!r}: there is no operation {operation!r}"
            for operation in declared.operations
            if operation not in OPERATIONS
        )
    return tuple(faults)


def set_pack_roles(pack: str, roles: Iterable[PackRole]) -> None:
    """Make the roles and grants of a pack exactly these; a built-in role keeps its title and reach."""
    declared = list(roles)
    Role.objects.filter(pack=pack).delete()
    RoleGrant.objects.filter(pack=pack).delete()
    Role.objects.bulk_create(
        [_row(entry.role, pack) for entry in declared if entry.role.code not in BUILT_IN]
    )
    RoleGrant.objects.bulk_create(
        [
            RoleGrant(role=entry.role.code, operation=operation, pack=pack)
            for entry in declared
            for operation in sorted(entry.operations)
        ]
    )
    mark_changed()


def _row(role: RoleView, pack: str) -> Role:
    return Role(
        code=role.code,
        title_zh=role.title.zh,
        title_en=role.title.en,
        reach=role.reach,
        pack=pack,
    )
