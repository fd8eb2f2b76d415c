"""The city of an installation: its organisations and packs, read, planned and applied as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import OperationalError, ProgrammingError

from yiwang.exchange.api import check_published
from yiwang.identity.api import load_city, organisations_of, read_city, set_pack_roles
from yiwang.identity.contracts import PackRole, Reach, RoleView
from yiwang.identity.definitions import CityDefinition
from yiwang.packs.api import Loaded, apply_plan, drawn_definitions, load, make_plan
from yiwang.packs.contracts import Drawn, Plan
from yiwang.packs.manifest import Manifest
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import ROOT, environment
from yiwang.portal.openness.api import load_catalogue, read_catalogue
from yiwang.portal.sites.api import load_group, read_sites
from yiwang.server.references import unknown_names


@dataclass(frozen=True, slots=True)
class City:
    """A city's own definition with what its packs declare."""

    definition: CityDefinition
    packs: Loaded


def city_folder() -> Path:
    """Where the city of this installation is described."""
    return ROOT / "cities" / environment().city


def read(drawn: Iterable[Drawn] = ()) -> City:
    """Read the city and every pack that it switches on, from files alone unless what it drew up is given.

    Faulty definitions are told in ``packs.problems``.

    Raises:
        DefinitionRefused: the city's own files are faulty.
    """
    definition = read_city(city_folder())
    packs = load(ROOT / "packs", definition.packs, drawn)
    packs.note(unknown_names(packs, organisations_of(city_folder())))
    return City(definition=definition, packs=packs)


def read_whole() -> City:
    """Read it with what the city drew up itself, which lies in the database."""
    return read(drawn_definitions())


def read_what_is_there() -> City:
    """The same, or the files alone where no database answers or none was set up yet."""
    try:
        drawn = drawn_definitions()
    except (OperationalError, ProgrammingError):
        return read()
    return read(drawn)


def check_catalogue(city: City) -> None:
    """Check what would be published against DCAT-AP 3 and note what is wrong; takes about two seconds."""
    if not city.packs.problems:
        city.packs.note(check_published(city.packs.definitions.values()))


def plan(city: City) -> Plan:
    """What applying the packs would change; raises DefinitionRefused with every problem of a pack."""
    return make_plan(city.packs)


def apply(city: City, *, actor: Actor, at: datetime, allow_destructive: bool = False) -> int:
    """Load organisations and divisions, then apply the packs; gives the number of changed definitions.

    Roles of packs are set after the packs, since they name operations, not definitions.
    """
    city.packs.or_refuse()
    sites = read_sites(city_folder())
    catalogue = read_catalogue(city_folder())
    load_city(city_folder())
    changes = apply_plan(
        actor=actor,
        at=at,
        loaded=city.packs,
        plan=plan(city),
        allow_destructive=allow_destructive,
    )
    for name, manifest in city.packs.manifests.items():
        set_pack_roles(name, _roles(manifest))
    load_group(actor=actor, at=at, sites=sites, files=city_folder() / "sites" / "files")
    if catalogue is not None:
        load_catalogue(actor=actor, at=at, catalogue=catalogue)
    return changes


def _roles(manifest: Manifest) -> Iterable[PackRole]:
    return [
        PackRole(
            role=RoleView(code=role.key, title=role.title, reach=Reach(role.reach)),
            operations=frozenset(role.operations),
        )
        for role in manifest.roles
    ]
