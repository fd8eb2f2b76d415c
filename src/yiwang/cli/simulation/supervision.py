"""The supervision office: it looks at cards, asks (督办), and closes what was answered."""

from __future__ import annotations

from datetime import datetime
from random import Random

from yiwang.cases.api import close_notice, open_notice, reply_notice
from yiwang.cli.simulation import wording
from yiwang.cli.simulation.behaviours import HABITS
from yiwang.cli.simulation.draws import between, happens
from yiwang.cli.simulation.onlooker import SeenCard
from yiwang.cli.simulation.world import World
from yiwang.platform.contracts import Actor

_OFFICE = "supervision"
_ANSWER_WITHIN = 3


class Supervision:
    """Acts of the supervision office, and the answers to them."""

    def __init__(self, world: World) -> None:
        self._world = world

    def see(self, card: SeenCard, at: datetime) -> None:
        """A card has been issued."""
        world = self._world
        chance = world.draws.of("card", card.number, card.organisation, card.level)
        if happens(chance, HABITS.noticed[card.level]):
            asked_at = world.hours.after(at, between(chance, HABITS.noticed_after_hours) * 60)
            world.agenda.plan(asked_at, lambda now: self._notice(card, chance, now))

    def _notice(self, card: SeenCard, chance: Random, at: datetime) -> None:
        if self._world.onlooker.has_open_notice(card.case_id, card.organisation):
            return
        notice_id = self._world.do(
            "notice.open",
            lambda: open_notice(
                actor=self._officer(at),
                at=at,
                case_id=card.case_id,
                organisation=card.organisation,
                body=wording.notice(card.level),
                working_days=_ANSWER_WITHIN,
                card_id=card.id,
            ),
        )
        if notice_id is not None and happens(chance, HABITS.notice_answered):
            answer_at = self._world.hours.after(at, between(chance, HABITS.notice_answered_after_hours) * 60)
            self.will_reply(notice_id, card.organisation, answer_at, chance)

    def will_reply(self, notice_id: int, organisation: str, at: datetime, chance: Random) -> None:
        """Plan the answer of the organisation that was asked."""
        self._world.agenda.plan(at, lambda now: self._reply(notice_id, organisation, chance, now))

    def _reply(self, notice_id: int, organisation: str, chance: Random, at: datetime) -> None:
        world = self._world
        [head, *_] = world.staff.officers(organisation, "approver")
        body = chance.choice(wording.NOTICE_REPLIES)
        world.do(
            "notice.reply",
            lambda: reply_notice(actor=world.staff.acting(head, at), at=at, notice_id=notice_id, body=body),
        )
        if happens(chance, HABITS.notice_closed):
            close_at = world.hours.after(at, between(chance, HABITS.notice_closed_after_hours) * 60)
            self.will_close(notice_id, close_at, chance)

    def will_close(self, notice_id: int, at: datetime, chance: Random) -> None:
        """Plan the conclusion."""
        closing = chance.choice(wording.CLOSINGS)
        self._world.agenda.plan(at, lambda now: self._close(notice_id, closing, now))

    def _close(self, notice_id: int, closing: str, at: datetime) -> None:
        self._world.do(
            "notice.close",
            lambda: close_notice(actor=self._officer(at), at=at, notice_id=notice_id, closing=closing),
        )

    def _officer(self, at: datetime) -> Actor:
        [officer, *_] = self._world.staff.officers(_OFFICE, "supervisor")
        return self._world.staff.acting(officer, at)
