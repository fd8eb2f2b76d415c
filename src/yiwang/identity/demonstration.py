"""Sign-ins of a demonstration city, and the first administrator of a real one. May run at every start."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import transaction

from yiwang.identity.contracts import DemonstrationSignIn, MandateKind
from yiwang.identity.definitions import (
    DemonstrationCitizen,
    DemonstrationDefinition,
    DemonstrationFirm,
    DemonstrationOfficer,
)
from yiwang.identity.models import Account, LegalEntity, Mandate, Organisation, Person, Post, Posting
from yiwang.identity.passwords import readable_password
from yiwang.identity.people_records import new_entity, new_person
from yiwang.identity.queries.actors import current
from yiwang.identity.queries.directory import directory, organisation_names
from yiwang.kernel.errors import DefinitionProblem, DefinitionRefused
from yiwang.kernel.text import Text
from yiwang.packs.api import read_model, read_source
from yiwang.packs.contracts import SourceFile

_FILE = "demonstration.yaml"
_ADMINISTRATOR = "admin"


def read_demonstration(folder: Path) -> tuple[DemonstrationDefinition, SourceFile]:
    """Read ``demonstration.yaml`` of a city; raises DefinitionRefused with file and line."""
    shown = f"cities/{folder.name}/{_FILE}"
    problems: list[DefinitionProblem] = []
    source = read_source(folder / _FILE, shown, "", problems)
    found = None
    if source is not None:
        found, faults = read_model(DemonstrationDefinition, source)
        problems.extend(faults)
    if found is None or source is None or problems:
        raise DefinitionRefused(problems=tuple(problems))
    return found, source


def set_up_demonstration(folder: Path, *, at: datetime) -> int:
    """Make the accounts that are not there yet; gives how many. What people changed since stays.

    The organisations must be loaded. All share one password and so one hash (25 ms, not 25 ms each).
    """
    wanted, source = read_demonstration(folder)
    _refuse_strangers(wanted, source)
    present = set(Account.objects.values_list("username", flat=True))
    password = make_password(wanted.password)
    made = 0
    with transaction.atomic():
        for officer in wanted.officers:
            if officer.username not in present:
                _make_officer(officer, password, at)
                made += 1
        for citizen in wanted.citizens:
            if citizen.username not in present:
                _make_citizen(citizen, password, at)
                made += 1
        for firm in wanted.firms:
            if not LegalEntity.objects.filter(credit_code=firm.credit_code).exists():
                _make_firm(firm, at)
    return made


def _refuse_strangers(wanted: DemonstrationDefinition, source: SourceFile) -> None:
    known = directory()
    problems = []
    for place, officer in enumerate(wanted.officers):
        if officer.organisation not in known.organisations:
            reason = Text(
                f"没有机构“{officer.organisation}”", f"there is no organisation {officer.organisation!r}"
            )
            problems.append(source.problem(("officers", place, "organisation"), reason))
        problems.extend(
            source.problem(
                ("officers", place, "roles"), Text(f"没有角色“{role}”", f"there is no role {role!r}")
            )
            for role in officer.roles
            if role not in known.roles
        )
    if problems:
        raise DefinitionRefused(problems=tuple(problems))


def _make_officer(officer: DemonstrationOfficer, password: str, at: datetime) -> None:
    person = new_person(name=officer.name, resident_id="", phone="", synthetic=True, at=at)
    account = Account.objects.create(username=officer.username, person=person, password=password)
    _post(account, officer.organisation, officer.title, officer.roles, at)


def _post(account: Account, organisation: str, title: Text, roles: tuple[str, ...], at: datetime) -> None:
    where = Organisation.objects.get(code=organisation)
    post, _ = Post.objects.get_or_create(
        organisation=where, title_zh=title.zh, defaults={"title_en": title.en}
    )
    Posting.objects.create(
        account=account, organisation=where, post=post, roles=sorted(set(roles)), starts_at=at
    )


def _make_citizen(citizen: DemonstrationCitizen, password: str, at: datetime) -> None:
    person = new_person(
        name=citizen.name, resident_id=citizen.resident_id, phone=citizen.phone, synthetic=True, at=at
    )
    Account.objects.create(username=citizen.username, person=person, password=password)


def _make_firm(firm: DemonstrationFirm, at: datetime) -> None:
    boss = Person.objects.get(accounts__username=firm.representative)
    entity = new_entity(
        credit_code=firm.credit_code,
        name=firm.name,
        legal_representative=boss.name,
        address=firm.address,
        industry=firm.industry,
        division_code=firm.division,
        synthetic=True,
        verified=True,
        at=at,
    )
    Mandate.objects.create(person=boss, entity=entity, kind=MandateKind.LEGAL_REPRESENTATIVE, starts_at=at)
    for agent in Person.objects.filter(accounts__username__in=firm.agents):
        Mandate.objects.create(person=agent, entity=entity, kind=MandateKind.AGENT, starts_at=at)


def demonstration_sign_ins(folder: Path) -> list[DemonstrationSignIn]:
    """The listed sign-ins, for the screen of whoever started the city."""
    wanted, _ = read_demonstration(folder)
    names = organisation_names([officer.organisation for officer in wanted.officers])
    firms = {firm.representative: firm.name for firm in wanted.firms if firm.listed}
    found = [
        DemonstrationSignIn(
            username=officer.username,
            password=wanted.password,
            title=Text(
                f"{names[officer.organisation].zh} {officer.title.zh}",
                f"{officer.title.en}, {names[officer.organisation].en}",
            ),
        )
        for officer in wanted.officers
        if officer.listed
    ]
    for citizen in wanted.citizens:
        firm = firms.get(citizen.username)
        if citizen.listed or firm:
            title = Text(f"法定代表人（{firm}）", f"Legal representative of {firm}") if firm else _CITIZEN
            found.append(
                DemonstrationSignIn(username=citizen.username, password=wanted.password, title=title)
            )
    return found


_CITIZEN = Text("市民", "Citizen")


def ensure_administrator(organisation: str, *, at: datetime) -> DemonstrationSignIn | None:
    """Where nobody administers the city yet, open ``admin`` at an organisation with a password given once."""
    if Posting.objects.filter(current(at), roles__contains=["city_admin"]).exists():
        return None
    password = readable_password()
    with transaction.atomic():
        person = new_person(name="平台管理员", resident_id="", phone="", synthetic=False, at=at)
        account = Account(username=_ADMINISTRATOR, person=person, must_change_password=True)
        account.set_password(password)
        account.save()
        title = Text("平台管理员", "Platform administrator")
        _post(account, organisation, title, ("city_admin",), at)
    return DemonstrationSignIn(
        username=_ADMINISTRATOR, password=password, title=Text("平台管理员", "Platform administrator")
    )
