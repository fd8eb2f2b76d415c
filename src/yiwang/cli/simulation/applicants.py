"""Citizens and firms: they apply, ask, correct, withdraw and rate, and some never send what they began."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from yiwang.cases.api import (
    ADDRESS_NOTES,
    answer_supplement,
    needed_materials,
    rate_case,
    reply_to_rating,
    save_draft,
    send_message,
    submit_draft,
    withdraw_case,
)
from yiwang.cases.contracts import Applicant, Channel, GivenMaterial, OpenedCase, Phase
from yiwang.cli.simulation import wording
from yiwang.cli.simulation.answering import confirmed_addresses, with_picked
from yiwang.cli.simulation.applications import WRITTEN, Answers, Asker, Request, corrected
from yiwang.cli.simulation.behaviours import HABITS, Demand
from yiwang.cli.simulation.draws import between, happens, pick
from yiwang.cli.simulation.onlooker import SeenCase
from yiwang.cli.simulation.world import World
from yiwang.platform.contracts import Actor

#: Share of the materials that nobody must hand in but some do.
_OPTIONAL = 0.3


class Applicants:
    """Everybody who asks something of the city."""

    def __init__(self, world: World) -> None:
        self._world = world

    def asker(self, demand: Demand, chance: Random) -> Asker:
        """Who comes with a demand."""
        return self._world.asker(
            by_firm=WRITTEN[demand.type_code].by_firm, share_listed=HABITS.listed_share, chance=chance
        )

    def written(self, demand: Demand, asker: Asker, index: int, chance: Random, at: datetime) -> Answers:
        """What they write; what they pick fills in more."""
        world = self._world
        request = Request(number=index, chance=chance, today=world.today(at), where=world.where)
        answers = WRITTEN[demand.type_code].write(asker, request)
        return with_picked(world.kind(demand.type_code), answers, at=at)

    def materials(
        self, demand: Demand, answers: Answers, chance: Random, at: datetime
    ) -> tuple[GivenMaterial, ...]:
        """What they hand in: everything needed, and some of what is not."""
        kind = self._world.kind(demand.type_code)
        needed = {each.key for each in needed_materials(kind, {"answers": answers}, at=at)}
        on_paper = demand.channel is not Channel.ONLINE
        return tuple(
            self._world.given(material.key, material.title.zh, on_paper=on_paper)
            for material in kind.definition.materials
            if material.key in needed or (material.when is None and happens(chance, _OPTIONAL))
        )

    def applicant(self, asker: Asker) -> Applicant:
        """The same as a counter writes it down."""
        return Applicant(
            kind=asker.kind,
            name=asker.name,
            person_id=None if asker.firm else asker.who.person_id,
            entity_id=asker.firm.entity_id if asker.firm else None,
            agent_person_id=asker.who.person_id if asker.firm else None,
        )

    def apply_online(self, demand: Demand, index: int, at: datetime) -> None:
        """Fill in the form and send it, or leave it as a draft."""
        world, chance = self._world, self._world.draws.of("arrival", index)
        asker = self.asker(demand, chance)
        answers = self.written(demand, asker, index, chance, at)
        actor = world.actor(asker, at)
        if happens(chance, HABITS.saves_draft_only):
            begun = dict(list(answers.items())[: chance.randint(2, max(len(answers) - 2, 3))])
            world.do(
                "draft.save",
                lambda: save_draft(actor=actor, at=at, type_code=demand.type_code, answers=begun),
            )
            return
        materials = self.materials(demand, answers, chance, at)
        opened = self._hand_in(actor, demand, answers, materials, at)
        if opened is not None:
            self.after_opening(opened, asker, at)

    def _hand_in(
        self,
        actor: Actor,
        demand: Demand,
        answers: Answers,
        materials: tuple[GivenMaterial, ...],
        at: datetime,
    ) -> OpenedCase | None:
        """Save the form as its pages do, each address with the standard one that is meant, and send it."""
        world = self._world
        noted = confirmed_addresses(world.kind(demand.type_code), answers)
        saved = world.do(
            "draft.save",
            lambda: save_draft(
                actor=actor,
                at=at,
                type_code=demand.type_code,
                answers={**answers, ADDRESS_NOTES: noted} if noted else answers,
                files={each.key: each.file_id for each in materials if each.file_id is not None},
            ),
        )
        if saved is None:
            return None
        return world.do("case.open", lambda: submit_draft(actor=actor, at=at, draft_id=saved.id))

    def after_opening(self, opened: OpenedCase, asker: Asker, at: datetime) -> None:
        """What may come of an open case by the applicant's own will."""
        world, chance = self._world, self._world.draws.of("applicant", opened.number)
        world.look()
        if happens(chance, HABITS.withdraws):
            days = between(chance, HABITS.withdraws_after_days)
            world.agenda.plan(_by_day(at, days), lambda now: self._withdraw(opened, asker, chance, now))
        if happens(chance, HABITS.asks_question):
            days = between(chance, HABITS.question_after_days)
            world.agenda.plan(_by_day(at, days), lambda now: self._ask(opened, asker, chance, now))

    def _withdraw(self, opened: OpenedCase, asker: Asker, chance: Random, at: datetime) -> None:
        case = self._world.onlooker.case(opened.case_id)
        if case.is_ended or case.is_decided:
            return
        self._world.do(
            "case.withdraw",
            lambda: withdraw_case(
                actor=self._world.actor(asker, at),
                at=at,
                case_id=opened.case_id,
                reason=chance.choice(wording.WITHDRAWALS),
            ),
        )

    def _ask(self, opened: OpenedCase, asker: Asker, chance: Random, at: datetime) -> None:
        world = self._world
        case = world.onlooker.case(opened.case_id)
        place = chance.randrange(len(wording.QUESTIONS))
        asked = world.do(
            "message.send",
            lambda: send_message(
                actor=world.actor(asker, at), at=at, case_id=case.id, body=wording.QUESTIONS[place]
            ),
        )
        if asked is None or not happens(chance, HABITS.question_answered):
            return
        hours = between(chance, HABITS.question_answered_after_hours)
        reply = wording.REPLIES[min(place, len(wording.REPLIES) - 1)]
        world.agenda.plan(
            world.hours.after(at, hours * 60), lambda now: self._reply(case, reply, chance, now)
        )

    def _reply(self, case: SeenCase, reply: str, chance: Random, at: datetime) -> None:
        actor = self._world.staff.some(case.organisation, "handler", chance)
        self._world.do("message.send", lambda: send_message(actor=actor, at=at, case_id=case.id, body=reply))

    def will_correct(self, case_id: int, at: datetime) -> None:
        """A notice of corrections has gone out: the applicant answers it, or lets it lapse."""
        world = self._world
        case = world.onlooker.case(case_id)
        chance = world.draws.of("supplement", case.number)
        if happens(chance, HABITS.answers_supplement):
            days = between(chance, HABITS.answers_after_days)
            world.agenda.plan(_by_day(at, days), lambda now: self._correct(case, chance, now))

    def _correct(self, case: SeenCase, chance: Random, at: datetime) -> None:
        world = self._world
        notice = world.onlooker.correction(case.id)
        asker = world.asker_of(case.person_id, case.entity_id, case.agent_person_id)
        if notice is None or asker is None:
            return
        today = world.today(at)
        answers: Answers = {
            path: corrected(path, notice.answers.get(path), asker.who.person, chance, today)
            for path in notice.paths
        }
        titles = {each.key: each.title.zh for each in world.kind(notice.root_type).definition.materials}
        materials = tuple(world.given(key, titles[key], on_paper=False) for key in notice.materials)
        world.do(
            "supplement.answer",
            lambda: answer_supplement(
                actor=world.actor(asker, at),
                at=at,
                case_id=notice.root_id,
                answers=answers,
                materials=materials,
            ),
        )
        world.look()

    def will_rate(self, case: SeenCase, at: datetime) -> None:
        """A case has ended: some applicants say how it was."""
        world, chance = self._world, self._world.draws.of("rating", case.number)
        asker = world.asker_of(case.person_id, case.entity_id, case.agent_person_id)
        if asker is None or case.phase is Phase.WITHDRAWN or not happens(chance, HABITS.rated):
            return
        after = timedelta(hours=between(chance, HABITS.rated_after_hours))
        world.agenda.plan(
            _by_day(at, after.total_seconds() / 86400), lambda now: self._rate(case, asker, chance, now)
        )

    def _rate(self, case: SeenCase, asker: Asker, chance: Random, at: datetime) -> None:
        if self._world.onlooker.is_rated(case.id):
            return
        world, level = self._world, pick(chance, HABITS.rating_levels)
        comment = chance.choice(wording.RATINGS[level])
        world.do(
            "rating.give",
            lambda: rate_case(
                actor=world.actor(asker, at), at=at, case_id=case.id, level=level, comment=comment
            ),
        )
        if level <= 2 and happens(chance, HABITS.bad_rating_answered):
            hours = between(chance, HABITS.bad_rating_answered_after_hours)
            world.agenda.plan(
                world.hours.after(at, hours * 60), lambda now: self._answer_rating(case, chance, now)
            )

    def _answer_rating(self, case: SeenCase, chance: Random, at: datetime) -> None:
        actor = self._world.staff.some(case.organisation, "handler", chance)
        reply = chance.choice(wording.RATING_REPLIES)
        self._world.do(
            "rating.reply", lambda: reply_to_rating(actor=actor, at=at, case_id=case.id, reply=reply)
        )


def _by_day(at: datetime, days: float) -> datetime:
    """So many days later; what falls into the night is done the next morning."""
    later = (at + timedelta(days=days)).replace(microsecond=0)
    if later.hour >= 23:
        later += timedelta(hours=2)
    return later.replace(hour=7 + later.hour) if later.hour < 7 else later
