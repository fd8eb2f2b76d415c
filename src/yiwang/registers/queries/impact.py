"""Whom a change of a register hits: resources, grants, systems, subscriptions, releases, definitions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from yiwang.exchange.api import (
    grant_counts,
    list_clients,
    list_grants,
    list_releases,
    list_resources,
    subscribers_of,
)
from yiwang.exchange.contracts import GrantInfo, ResourceInfo
from yiwang.kernel.text import Text
from yiwang.packs.api import Applied, applied_definitions
from yiwang.platform.contracts import Json
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.queries.definitions import list_registers
from yiwang.registers.rules.breaking import Break

#: Kinds that are asked for by engines themselves, or hold rows and not definitions.
_OWN_KINDS = frozenset({"registers", "resources", "data"})
_WORDS = {
    "resource": Text("资源", "resource"),
    "grant": Text("授权", "grant"),
    "client": Text("接口凭证", "system"),
    "subscription": Text("订阅", "subscription"),
    "release": Text("开放数据", "open data"),
    "register": Text("登记簿", "register"),
    "cases": Text("事项", "service item"),
    "forms": Text("表单", "form"),
    "layers": Text("图层", "layer"),
    "indicators": Text("指标", "indicator"),
}


class HitRow(TypedDict):
    """A hit as it is kept and given to programs."""

    kind: str
    code: str
    organisation: str
    fields: list[str]
    until: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Who or what relies on something that breaks. ``organisation`` is who answers for it and is told."""

    kind: str
    code: str
    organisation: str
    fields: tuple[str, ...]
    until: str = ""

    @property
    def words(self) -> Text:
        """It in words, as a plan prints it."""
        said = _WORDS.get(self.kind, Text(self.kind, self.kind))
        fields = ", ".join(self.fields)
        until = Text(f"，至 {self.until}", f", until {self.until}") if self.until else Text("", "")
        return Text(
            f"影响{said.zh} {self.code}（{self.organisation}；{fields}{until.zh}）",
            f"hits {said.en} {self.code} ({self.organisation}; {fields}{until.en})",
        )

    def as_json(self) -> HitRow:
        """It for programs."""
        return {
            "kind": self.kind,
            "code": self.code,
            "organisation": self.organisation,
            "fields": list(self.fields),
            "until": self.until or None,
        }


def hit_json(row: HitRow) -> dict[str, Json]:
    """A hit for programs."""
    return {
        "kind": row["kind"],
        "code": row["code"],
        "organisation": row["organisation"],
        "fields": [*row["fields"]],
        "until": row["until"],
    }


def hits_of(applied: RegisterDefinition, broken: Sequence[Break], *, at: datetime) -> tuple[Hit, ...]:
    """Everybody and everything that the breaks hit, in the order from the register outwards."""
    if not broken:
        return ()
    names = {one.field for one in broken}
    hit = frozenset(applied.names if "" in names else names)
    resources = [
        info
        for info in list_resources()
        if info.kind == "register" and info.source == applied.code and hit & set(info.field_names)
    ]
    found: list[Hit] = []
    for info in resources:
        found.append(_hit("resource", info.code, info.owner, hit & set(info.field_names)))
        found.extend(_of_exchange(info, hit, at))
    found.extend(_of_registers(applied, hit))
    found.extend(_of_definitions(applied, hit, {info.code for info in resources}))
    return tuple(dict.fromkeys(found))


def _hit(kind: str, code: str, organisation: str, fields: frozenset[str] | set[str], until: str = "") -> Hit:
    return Hit(kind=kind, code=code, organisation=organisation, fields=tuple(sorted(fields)), until=until)


def _of_exchange(info: ResourceInfo, hit: frozenset[str], at: datetime) -> Iterator[Hit]:
    for grant in list_grants(resource=info.code):
        fields = hit & set(grant.fields)
        if fields and grant_counts(grant, at=at):
            yield _hit("grant", str(grant.id), grant.grantee, fields, grant.valid_until.isoformat())
            yield from _clients(grant, fields)
    for code, organisation, told in subscribers_of(info.code):
        if hit & set(told):
            yield _hit("subscription", code, organisation, hit & set(told))
    for release in list_releases(resource=info.code):
        cut = hit & {field.name for field in release.fields}
        if cut and release.state == "published":
            yield _hit("release", release.code, info.owner, cut)


def _clients(grant: GrantInfo, fields: frozenset[str]) -> Iterator[Hit]:
    """Systems that may look under a grant: those made for it, and those made for no grant of their own."""
    for client in list_clients(organisation=grant.grantee):
        if not client.is_revoked and client.grant in (None, grant.id):
            yield _hit("client", client.client_id, client.organisation, fields)


def _of_registers(applied: RegisterDefinition, hit: frozenset[str]) -> Iterator[Hit]:
    """What refers to entries knows them by their key."""
    if applied.key not in hit:
        return
    for other in list_registers():
        leading = {field.name for field in other.fields if other.leads_to(field.name) == applied.code}
        if leading and other.code != applied.code:
            yield _hit("register", other.code, other.owner, leading)


def _of_definitions(applied: RegisterDefinition, hit: frozenset[str], resources: set[str]) -> Iterator[Hit]:
    for definition in applied_definitions(but=_OWN_KINDS):
        used = set(_uses(definition.content, applied.code, resources)) & hit
        if used:
            yield _hit(definition.kind, definition.code, _owner(definition), used)


def _owner(definition: Applied) -> str:
    content = definition.content
    named = content.get("owner") if isinstance(content, dict) else None
    return named if isinstance(named, str) and named else definition.owner


def _picked(content: Mapping[str, Json]) -> Iterator[str]:
    """Fields that a question which picks shows and fills in."""
    shown, fills = content.get("shown"), content.get("fills")
    if isinstance(shown, list):
        yield from (name for name in shown if isinstance(name, str))
    if isinstance(fills, dict):
        yield from (name for name in fills.values() if isinstance(name, str))


def _uses(content: Json, register: str, resources: set[str]) -> Iterator[str]:
    """Fields that a definition names beside the register (records, picks) or a resource of it (prefills)."""
    if isinstance(content, list):
        for each in content:
            yield from _uses(each, register, resources)
    if not isinstance(content, dict):
        return
    if content.get("register") == register or content.get("resource") in resources:
        fields, field = content.get("fields"), content.get("field")
        if isinstance(fields, dict | list):
            yield from (str(name) for name in fields if isinstance(name, str))
        if isinstance(field, str):
            yield field
        yield from _picked(content)
    for each in content.values():
        yield from _uses(each, register, resources)
