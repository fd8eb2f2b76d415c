"""A city to measure in: the real packs applied, its officers in place, and one firm that invests."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from yiwang.cli.simulation.staff import Staff, actor_in
from yiwang.identity.api import find_account_id, find_entity_by_credit_code, set_up_demonstration
from yiwang.platform.contracts import Actor
from yiwang.server import city

#: A firm of the demonstration and who signs for it.
CREDIT_CODE, REPRESENTATIVE = "91440100MADEM0001H", "luo"
WINDOW = "service_centre"
#: The officers were in their posts, and the firm registered, long before anything is measured.
LONG_AGO = timedelta(days=400)


@dataclass(slots=True)
class People:
    """Who acts: the firm's representative, the window, and by department its handler and approver."""

    firm: Actor
    window: Actor
    staff: Staff = field(repr=False)

    def officer(self, organisation: str, role: str) -> Actor:
        return self.staff.one(organisation, role)


def found_city() -> People:
    """Apply the city in a migrated, empty database."""
    at: datetime = timezone.now()
    city.apply(city.read(), actor=Actor.system("bench"), at=at)
    set_up_demonstration(city.city_folder(), at=at - LONG_AGO)
    staff = Staff(at=at)
    account, firm = find_account_id(REPRESENTATIVE), find_entity_by_credit_code(CREDIT_CODE)
    assert account is not None
    assert firm is not None
    representative = actor_in(account, f"entity:{firm.id}", at=at)
    return People(firm=representative, window=staff.one(WINDOW, "window"), staff=staff)
