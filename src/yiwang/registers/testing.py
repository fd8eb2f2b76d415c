"""Builders for tests: a guard by default roles, officers, and packs applied to the test database."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from django.db import connection
from psycopg import sql

from yiwang.kernel.codes import make_credit_code, make_resident_id
from yiwang.packs.api import apply_plan, load, make_plan
from yiwang.platform.contracts import Actor, Scope
from yiwang.platform.operations import OPERATIONS
from yiwang.registers.data_files import DataKind
from yiwang.registers.definitions import TEXTUAL, FieldDefinition, FieldKind, RegisterDefinition
from yiwang.registers.rules.values import Value

#: Roles that reach the whole city (identity's built-in ones).
_CITY_ROLES = frozenset({"supervisor", "leader", "city_admin", "auditor"})


class DefaultRolesGuard:
    """Grants operations by their declared roles, within the actor's own organisation or the role's city."""

    def may(self, actor: Actor, operation: str) -> bool:
        """Whether a role of the actor holds the operation."""
        declared = OPERATIONS.get(operation)
        if actor.kind == "citizen":
            return declared.citizens
        held = frozenset({"system"}) if actor.kind == "system" and not actor.roles else actor.roles
        return bool(held & declared.roles)

    def covers(self, actor: Actor, operation: str, scope: Scope) -> bool:
        """Whether the scope is the actor's own organisation or person, or a role reaches the whole city."""
        if not self.may(actor, operation):
            return False
        if actor.roles & OPERATIONS.get(operation).roles & _CITY_ROLES:
            return True
        if (
            (actor.kind == "system" and not actor.roles)
            or scope.everyone
            or actor.organisation in scope.organisations
        ):
            return True
        return scope.person_id is not None and scope.person_id == actor.person_id


def an_officer(organisation: str, *roles: str, account: int = 7) -> Actor:
    """An officer with roles at an organisation."""
    return Actor(
        kind="officer", account_id=account, organisation=organisation, roles=frozenset(roles or ("handler",))
    )


def apply_packs(root: Path, names: Iterable[str], *, at: datetime, with_data: bool = False) -> None:
    """Apply packs as the launcher does; ``with_data`` with the rows that they bring."""
    loaded = load(root, names)
    if not with_data:
        for kind, code in [key for key in loaded.definitions if key[0] == DataKind.key]:
            del loaded.definitions[kind, code]
    apply_plan(actor=Actor.system("tests"), at=at, loaded=loaded, plan=make_plan(loaded))


def drop_tables() -> None:
    """Remove the tables of every register, after a test that committed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'reg'")
        for (name,) in cursor.fetchall():
            cursor.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier("reg", name)))


def a_firm(number: int = 1) -> dict[str, Value]:
    """Values of a synthetic company of the register ``legal_entities``."""
    return {
        "credit_code": make_credit_code("440101", number),
        "name": "广州测试科技有限公司" if number == 1 else f"广州测试科技{number}有限公司",
        "kind": "company",
        "legal_representative": "王建国",
        "representative_id": "11010519491231002X",
        "industry": "I65",
        "division": "440106",
        "address": "广州市天河区体育西路 1 号",
        "capital": "1000000",
        "established": "2020-03-01",
        "status": "active",
    }


def a_person(number: int = 1) -> dict[str, Value]:
    """Values of a synthetic resident of the register ``persons``; no district is 440199."""
    return {
        "id_number": make_resident_id("440199", date(1980, 1, 1), number),
        "name": "陈大文" if number == 1 else f"陈大文{number}",
        "sex": "1",
        "birth_date": "1980-01-01",
        "ethnic_group": "01",
        "residence_division": "440103001101",
        "residence_address": "广州市荔湾区沙面大街 1 号",
        "phone": "13800138000",
        "marital_status": "20",
    }


def sample_values(definition: RegisterDefinition, serial: int) -> dict[str, Value]:
    """Values that fit every field of any register; references are left to the caller."""
    return {field.name: _sample(field, serial) for field in definition.fields}


def _sample(field: FieldDefinition, serial: int) -> Value:
    if field.kind is FieldKind.CODE:
        return field.codes[serial % len(field.codes)].code
    if field.kind in (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY):
        lowest = field.min if field.min is not None else min(Decimal(0), field.max or Decimal(0))
        return str(lowest if field.max is not None and lowest + 1 > field.max else lowest + serial % 2)
    if field.kind in TEXTUAL:
        return f"样例{serial}"[: field.longest]
    return _SAMPLES[field.kind](serial)


_SAMPLES: dict[FieldKind, Callable[[int], Value]] = {
    FieldKind.RESIDENT_ID: lambda serial: make_resident_id("440199", date(1980, 1, 1), serial % 999 + 1),
    FieldKind.CREDIT_CODE: lambda serial: make_credit_code("440199", serial),
    FieldKind.DIVISION: lambda serial: ("440103001101", "440106")[serial % 2],
    FieldKind.INDUSTRY: lambda serial: ("I65", "C26")[serial % 2],
    FieldKind.SEX: lambda serial: ("1", "2")[serial % 2],
    FieldKind.ETHNIC_GROUP: lambda serial: ("01", "02")[serial % 2],
    FieldKind.DATE: lambda serial: date(2000, 1, 1) + timedelta(days=serial),
    FieldKind.MOMENT: lambda serial: datetime(2000, 1, 1, serial % 24, tzinfo=UTC),
    FieldKind.YES_NO: lambda serial: serial % 2 == 0,
    FieldKind.PHONE: lambda serial: f"138{serial:08d}",
    FieldKind.REFERENCE: lambda serial: None,
    FieldKind.JSON: lambda serial: {"serial": serial},
    FieldKind.POINT: lambda serial: {"lon": 113.25, "lat": 23.125},
    FieldKind.PATH: lambda serial: "LINESTRING(113.25 23.125, 113.26 23.125)",
    FieldKind.AREA: lambda serial: "POLYGON((113.25 23.125, 113.26 23.125, 113.26 23.135, 113.25 23.125))",
}
