"""Steps of a start that make a city usable: sign-ins, seals, and in a demonstration a living city."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth import get_user_model

from yiwang.cli.conversations import begin_conversations
from yiwang.cli.sign_ins import SignIn
from yiwang.cli.simulation import grounds
from yiwang.cli.simulation.onlooker import is_empty
from yiwang.cli.simulation.runs import find_run
from yiwang.cli.simulation.simulating import simulate
from yiwang.cli.simulation.staff import Staff, actor_in
from yiwang.cli.steps import Start
from yiwang.identity.api import demonstration_sign_ins, ensure_administrator
from yiwang.identity.contracts import DemonstrationSignIn
from yiwang.identity.demonstration import read_demonstration
from yiwang.maps.rasters.api import ensure_imagery
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import ROOT
from yiwang.registers.api import enter_examples
from yiwang.server import city

#: Who administers a real city at first; the city names others afterwards.
_ADMINISTERS = "informatization"
#: Chance and length of the city that comes with a first start; corrections lapse after thirty days.
_SEED, _DAYS = 1, 42
_first_administrator: list[DemonstrationSignIn] = []


def set_up_accounts(start: Start) -> None:
    """Sign-ins of a demonstration; in a real city its first administrator."""
    if settings.YIWANG_DEMONSTRATION:
        grounds.ensure_accounts(city.city_folder(), at=start.at - grounds.LONG_AGO)
        return
    made = ensure_administrator(_ADMINISTERS, at=start.at)
    if made is not None:
        _first_administrator.append(made)


def set_up_grounds(start: Start) -> None:
    """Seals; in a demonstration also grants and the register entries of those who have sign-ins."""
    bodies, inscription = grounds.bodies_of_items(), ""
    if settings.YIWANG_DEMONSTRATION:
        folder, at = city.city_folder(), start.at - grounds.LONG_AGO
        staff = Staff(at=start.at)
        grounds.ensure_grants(staff, at=at)
        _enter_examples(start)
        ensure_imagery(actor=Actor.system("demonstration"), at=start.at)
        grounds.ensure_listed_people(folder, grounds.places_of(folder), staff, at=at, now=start.at)
        bodies, inscription = bodies | grounds.deciding_bodies(folder), grounds.INSCRIPTION
    for done, code in enumerate(sorted(bodies), start=1):
        grounds.ensure_seal_of(code, inscription=inscription, at=start.at)
        start.show(done / len(bodies))


def _enter_examples(start: Start) -> None:
    """Entries of registers that no case of the demonstration writes."""
    actor = Actor.system("demonstration")
    for name in city.read().packs.manifests:
        enter_examples(ROOT / "packs" / name, actor=actor, at=start.at, for_demonstration=True)


def set_up_living_city(start: Start) -> None:
    """A small living city, if nobody has worked here yet; one that was interrupted is completed."""
    if not settings.YIWANG_DEMONSTRATION or not start.scale:
        return
    if find_run(_SEED) is not None or is_empty():
        simulate(
            city.city_folder(),
            seed=_SEED,
            days=_DAYS,
            cases=start.scale,
            now=start.at,
            show=start.show,
        )
    begin_conversations(Staff(at=start.at), _listed_citizens(start), at=start.at)


def _listed_citizens(start: Start) -> list[Actor]:
    listed, _ = read_demonstration(city.city_folder())
    accounts = get_user_model().objects.in_bulk(
        [one.username for one in listed.citizens], field_name="username"
    )
    return [actor_in(accounts[one.username].pk, "self", at=start.at) for one in listed.citizens]


def sign_ins() -> Iterable[SignIn]:
    """What `up` prints: the listed sign-ins of a demonstration, or the administrator's first password."""
    found = _first_administrator
    if settings.YIWANG_DEMONSTRATION:
        found = demonstration_sign_ins(city.city_folder())
    return [SignIn(role=each.title, account=each.username, password=each.password) for each in found]
