"""What a demonstration city stands on before anybody acts: accounts, register entries, grants, seals.

Everything is looked for before it is made, so it may run at every start.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from yiwang.cases.api import applied_types
from yiwang.cli.simulation.draws import Draws
from yiwang.cli.simulation.firms import SyntheticFirm
from yiwang.cli.simulation.people import SyntheticPerson
from yiwang.cli.simulation.places import Place, Places
from yiwang.cli.simulation.population import Settled, SettledFirm, settle_firm, settle_person
from yiwang.cli.simulation.staff import Staff
from yiwang.exchange.api import issue_grant, list_grants
from yiwang.identity.api import find_organisation, organisation, set_up_demonstration
from yiwang.identity.city_files import read_city_files
from yiwang.identity.definitions import DemonstrationCitizen, DemonstrationDefinition, DemonstrationFirm
from yiwang.identity.demonstration import read_demonstration
from yiwang.kernel.codes import birth_of
from yiwang.kernel.text import Text
from yiwang.registers.matching.definitions import FIELDS
from yiwang.trust.api import ensure_seal

#: Officers were appointed and people registered this long before the first start; longer ago
#: than any simulation reaches back.
LONG_AGO = timedelta(days=1100)
INSCRIPTION = "演示专用"
_LICENSING = Text(
    "《个人信息保护法》第三十四条；《国务院关于在线政务服务的若干规定》第十条",
    "Personal Information Protection Law, Art. 34; State Council Provisions on Online Services, Art. 10",
)
_SHARING = Text(
    "《税收征收管理法》第六条、第十五条；《社会保险法》第五十七条；《统计法》第二十三条",
    "Tax Collection Law, arts. 6 and 15; Social Insurance Law, art. 57; Statistics Law, art. 23",
)
_IDENTITY = ("id_number", "name", "sex", "birth_date", "residence_division", "residence_address")

_INSURED = ("id_number", "name", "category", "status")


@dataclass(frozen=True, slots=True)
class WantedGrant:
    """Who needs to see what of another organisation's resource to handle cases."""

    resource: str
    owner: str
    grantee: str
    fields: tuple[str, ...]
    purpose: str = "case"


#: Departments that send lists of firms, and what each sees of the licence that its row is compared with.
_SENDERS = (
    "industry_commerce", "quality", "state_tax", "local_tax", "statistics", "labour", "foreign_trade",
    "customs",
)  # fmt: skip
_LICENCE_FIELDS = ("number", "credit_code", "name", "legal_representative", "address", "status")
WANTED_GRANTS = (
    WantedGrant("person_basic", "public_security", "civil_affairs", _IDENTITY),
    WantedGrant("person_basic", "public_security", "industry_commerce", ("id_number", "name")),
    WantedGrant("person_basic", "public_security", "labour", ("id_number", "name", "sex", "birth_date")),
    WantedGrant("person_basic", "public_security", "local_tax", ("id_number", "name")),
    WantedGrant("person_basic", "public_security", "service_centre", _IDENTITY),
    WantedGrant(
        "licence_holder", "service_centre", "construction", ("number", "kind", "holder_name", "status")
    ),
    WantedGrant("licence_holder", "service_centre", "planning", ("number", "kind", "holder_name", "status")),
    WantedGrant("licence_holder", "service_centre", "local_tax", ("number", "kind", "holder_id", "status")),
    WantedGrant("insurance_status", "labour", "civil_affairs", _INSURED),
    WantedGrant("insurance_status", "labour", "provident_fund", _INSURED),
    *(
        WantedGrant(f"firms_{sender}", sender, "informatization", tuple(FIELDS.values()), "supervision")
        for sender in _SENDERS
    ),
    *(
        WantedGrant("firms_industry_commerce", "industry_commerce", sender, _LICENCE_FIELDS, "supervision")
        for sender in _SENDERS[1:]
    ),
)


def places_of(folder: Path) -> Places:
    """The communities of a city's folder."""
    files = read_city_files(folder)
    return Places(files.divisions, files.boundaries)


def bodies_of_items() -> set[str]:
    """Organisations in whose name the city's items are handled."""
    found: set[str] = set()
    for kind in applied_types():
        definition = kind.definition
        found |= {definition.body, *definition.joint_bodies, definition.result.seal or definition.body}
    return {code for code in found if find_organisation(code) is not None}


def deciding_bodies(folder: Path) -> set[str]:
    """Organisations of a demonstration where somebody decides: their papers leave the house as well."""
    listed, _ = read_demonstration(folder)
    return {officer.organisation for officer in listed.officers if "approver" in officer.roles}


def ensure_accounts(folder: Path, *, at: datetime) -> None:
    """Officers, citizens and firms of ``demonstration.yaml`` with their sign-ins."""
    set_up_demonstration(folder, at=at)


def ensure_grants(staff: Staff, *, at: datetime) -> None:
    """Owners let those look who must check an applicant's data."""
    for wanted in WANTED_GRANTS:
        given = list_grants(resource=wanted.resource, grantee=wanted.grantee)
        if any(grant.purpose == wanted.purpose and not grant.is_revoked for grant in given):
            continue
        issue_grant(
            actor=staff.one(wanted.owner, "approver"),
            at=at,
            resource=wanted.resource,
            grantee=wanted.grantee,
            fields=wanted.fields,
            purpose=wanted.purpose,
            legal_basis=_LICENSING if wanted.purpose == "case" else _SHARING,
            valid_from=at.date(),
            valid_until=date(at.year + 3, 12, 31),
        )


def ensure_seal_of(code: str, *, inscription: str, at: datetime) -> None:
    """Give an organisation its seal under its full name."""
    ensure_seal(code, organisation(code).name, at=at, inscription=inscription)


def ensure_listed_people(
    folder: Path, places: Places, staff: Staff, *, at: datetime, now: datetime
) -> tuple[list[Settled], list[SettledFirm]]:
    """Register entries of the people and firms who have sign-ins, so that pre-fill and traces work."""
    listed, _ = read_demonstration(folder)
    people = {}
    for citizen in listed.citizens:
        settled = settle_person(person_of(citizen, places), staff, at=at)
        if settled is not None:
            people[citizen.username] = settled
    firms = [_settle(firm, listed, people, staff, at=at, now=now) for firm in listed.firms]
    return list(people.values()), firms


def _settle(
    firm: DemonstrationFirm,
    listed: DemonstrationDefinition,
    people: dict[str, Settled],
    staff: Staff,
    *,
    at: datetime,
    now: datetime,
) -> SettledFirm:
    representative = people[firm.representative]
    agent = people[next(iter(firm.agents), firm.representative)]
    return settle_firm(firm_of(firm, representative, agent), representative, agent, staff, at=at, now=now)


def person_of(citizen: DemonstrationCitizen, places: Places) -> SyntheticPerson:
    """A listed citizen with the data that the register of persons keeps."""
    birth = birth_of(citizen.resident_id)
    assert birth is not None  # noqa: S101 - the definition was checked when it was read
    return SyntheticPerson(
        username=citizen.username,
        name=citizen.name,
        resident_id=citizen.resident_id,
        sex="1" if int(citizen.resident_id[16]) % 2 else "2",
        birth=birth,
        phone=citizen.phone,
        home=places.draw(Draws(0).of("home", citizen.username)),
        ethnic_group="01",
        marital_status="20",
    )


def firm_of(firm: DemonstrationFirm, representative: Settled, agent: Settled) -> SyntheticFirm:
    """A listed firm with the data that the register of legal entities keeps."""
    return SyntheticFirm(
        credit_code=firm.credit_code,
        name=firm.name,
        industry=firm.industry,
        office=Place(firm.division, firm.address),
        capital=5_000_000,
        established=date(2016, 5, 18),
        phone=representative.person.phone,
        representative=representative.person,
        agent=agent.person,
    )
