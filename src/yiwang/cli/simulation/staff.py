"""Who works where: officers as actors, in their own post or standing in for a colleague on leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random

from django.contrib.auth import get_user_model

from yiwang.identity.api import actor_of_account, officers_of
from yiwang.identity.contracts import OfficerView
from yiwang.platform.contracts import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """Days on which an officer is away and a colleague acts in the post."""

    posting_id: int
    account_id: int
    starts: datetime
    ends: datetime
    stand_in: Actor


class Staff:
    """The officers of the city as they are at one instant, and who of them is on leave."""

    def __init__(self, *, at: datetime) -> None:
        self._at = at
        self._views: dict[str, tuple[OfficerView, ...]] = {}
        self._actors: dict[int, Actor] = {}
        self._leaves: list[Leave] = []

    def officers(self, organisation: str, role: str) -> tuple[OfficerView, ...]:
        """Those who hold a role at an organisation, the longest-serving first."""
        if organisation not in self._views:
            self._views[organisation] = officers_of(organisation, at=self._at)
        return tuple(view for view in self._views[organisation] if role in view.roles)

    def actor(self, officer: OfficerView) -> Actor:
        """An officer in the own post."""
        found = self._actors.get(officer.posting_id)
        if found is None:
            found = actor_in(officer.account_id, f"posting:{officer.posting_id}", at=self._at)
            self._actors[officer.posting_id] = found
        return found

    def one(self, organisation: str, role: str) -> Actor:
        """The first who holds a role."""
        return self.actor(self.officers(organisation, role)[0])

    def some(self, organisation: str, role: str, chance: Random) -> Actor:
        """Any one of them."""
        return self.actor(chance.choice(self.officers(organisation, role)))

    def goes_on_leave(self, leave: Leave) -> None:
        """Note a leave."""
        self._leaves.append(leave)

    def leave_of(self, officer: OfficerView, at: datetime) -> Leave | None:
        """The leave on which an officer is."""
        for leave in self._leaves:
            if leave.posting_id == officer.posting_id and leave.starts <= at < leave.ends:
                return leave
        return None

    def acting(self, officer: OfficerView, at: datetime) -> Actor:
        """Who acts in an officer's post now."""
        leave = self.leave_of(officer, at)
        return self.actor(officer) if leave is None else leave.stand_in


def actor_in(account_id: int, standing: str, *, at: datetime) -> Actor:
    """An account in one of its capacities: ``self``, ``posting:3``, ``entity:7``, ``delegation:2``."""
    return actor_of_account(get_user_model().objects.get(pk=account_id), at=at, acting_for=standing)
