"""Who may do what where. Pure: the directory is an argument; what is not allowed is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yiwang.identity.contracts import OrganisationView, Reach, RoleView
from yiwang.identity.rules.roles import CLIENT_ROLE, SYSTEM_ROLE
from yiwang.platform.contracts import Actor, Operation, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Organisations, roles and grants as they stand; ``grants`` maps an operation to roles beside its own."""

    organisations: Mapping[str, OrganisationView]
    roles: Mapping[str, RoleView]
    grants: Mapping[str, frozenset[str]]


def may(actor: Actor, operation: Operation, directory: Directory) -> bool:
    """Whether the actor has the operation at all, wherever it reaches."""
    match actor.kind:
        case "system":
            return _machine_may(actor, operation)
        case "officer":
            return bool(_granting_roles(actor, operation, directory))
        case "citizen":
            return operation.citizens
    return False


def covers(actor: Actor, operation: Operation, scope: Scope, directory: Directory) -> bool:
    """Whether the actor's right to the operation reaches the scope."""
    match actor.kind:
        case "system":
            return _machine_may(actor, operation) and _machine_reaches(actor, scope, directory)
        case "officer":
            roles = _granting_roles(actor, operation, directory)
            return any(_reaches(role.reach, actor.organisation, scope, directory) for role in roles)
        case "citizen":
            return operation.citizens and _concerns(actor, scope)
    return False


def _machine_may(actor: Actor, operation: Operation) -> bool:
    """The installation's own machines hold the system's role; a department's hold that of clients alone."""
    return (CLIENT_ROLE if CLIENT_ROLE in actor.roles else SYSTEM_ROLE) in operation.roles


def _machine_reaches(actor: Actor, scope: Scope, directory: Directory) -> bool:
    if CLIENT_ROLE not in actor.roles:
        return True
    where = directory.organisations.get(actor.organisation)
    return where is not None and where.active and actor.organisation in scope.organisations


def _granting_roles(actor: Actor, operation: Operation, directory: Directory) -> tuple[RoleView, ...]:
    where = directory.organisations.get(actor.organisation)
    if where is None or not where.active:
        return ()
    granting = operation.roles | directory.grants.get(operation.key, frozenset())
    held = (actor.roles & granting) - {CLIENT_ROLE, SYSTEM_ROLE}
    return tuple(directory.roles[role] for role in held if role in directory.roles)


def _reaches(reach: Reach, organisation: str, scope: Scope, directory: Directory) -> bool:
    if scope.everyone or reach is Reach.CITY:
        return True
    if reach is Reach.OWN:
        return organisation in scope.organisations
    known = (directory.organisations.get(code) for code in scope.organisations)
    return any(organisation in found.path for found in known if found is not None)


def _concerns(actor: Actor, scope: Scope) -> bool:
    """A matter of an entity is open to whoever acts for it now, not to whoever once opened it."""
    if scope.everyone:
        return True
    if scope.entity_id is not None:
        return actor.for_entity == scope.entity_id
    return scope.person_id is not None and actor.person_id == scope.person_id
