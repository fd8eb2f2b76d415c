"""How an administrative division is called as an organisation of government."""

from __future__ import annotations

from dataclasses import dataclass

from yiwang.identity.contracts import DivisionLevel, OrganisationKind

_PREFIX = {DivisionLevel.DISTRICT: "d", DivisionLevel.STREET: "s", DivisionLevel.COMMUNITY: "c"}
_KIND = {
    DivisionLevel.DISTRICT: OrganisationKind.DISTRICT,
    DivisionLevel.STREET: OrganisationKind.STREET,
    DivisionLevel.COMMUNITY: OrganisationKind.COMMUNITY,
}


@dataclass(frozen=True, slots=True)
class TerritorialName:
    """Full and short Chinese names and the English one."""

    zh: str
    en: str
    short_zh: str


def organisation_code(code: str, level: DivisionLevel) -> str:
    """``440103`` becomes ``d440103``; the city itself has no code of this kind."""
    return f"{_PREFIX[level]}{code}"


def organisation_kind(level: DivisionLevel) -> OrganisationKind:
    """District, street or community."""
    return _KIND[level]


def organisation_name(zh: str, en: str, level: DivisionLevel, above: tuple[str, str]) -> TerritorialName:
    """Name of the body that governs a division; ``above`` are the names of the division above.

    Districts and towns have a people's government, other streets an office (街道办事处); communities and
    villages are called by their committee already.
    """
    if level is DivisionLevel.DISTRICT:
        return TerritorialName(f"{zh}人民政府", f"People's Government of {en}", f"{zh}政府")
    if level is DivisionLevel.COMMUNITY:
        return TerritorialName(f"{above[0]}{zh}", f"{en} Committee, {above[1]}", zh)
    if zh.endswith("镇"):
        return TerritorialName(
            f"{above[0]}{zh}人民政府", f"People's Government of {en}, {above[1]}", f"{zh}政府"
        )
    if zh.endswith("街道"):
        return TerritorialName(f"{above[0]}{zh}办事处", f"{en} Office, {above[1]}", f"{zh}办")
    return TerritorialName(f"{above[0]}{zh}管理处", f"{en} Administration, {above[1]}", zh)
