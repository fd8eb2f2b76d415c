"""An application becomes a case: checked whole, numbered, and its process started."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from yiwang.cases.contracts.applied import AppliedType
from yiwang.cases.contracts.errors import ApplicantNotOfKind, ChannelNotOffered, EnoughToday, NotOnline
from yiwang.cases.contracts.inputs import Applicant, GivenMaterial
from yiwang.cases.contracts.words import ApplicantKind, Channel, Phase
from yiwang.cases.models import Case, Material
from yiwang.cases.queries.matters import form_of
from yiwang.cases.queries.picks import PICKED, picked_versions
from yiwang.cases.queries.standard_addresses import KEPT, kept_addresses
from yiwang.cases.rows import numbers
from yiwang.cases.rows.answers import judged_answers
from yiwang.cases.rows.family import open_root
from yiwang.cases.rows.materials import held_kinds, material_problems
from yiwang.cases.rows.playing import play
from yiwang.cases.rows.records import CaseRecord, Live
from yiwang.cases.rows.work import Work
from yiwang.cases.rules.process.tokens import Start
from yiwang.identity.api import entity, find_organisation, person
from yiwang.kernel.errors import InvalidInput
from yiwang.kernel.feel import compile_expression
from yiwang.platform.contracts import Actor, Json

#: Division of the city itself (GB/T 2260), where no question tells a narrower one.
WHOLE_CITY = "440100"


def applicant_of(actor: Actor) -> Applicant:
    """A citizen asks for himself, or for the entity that he acts for."""
    if actor.for_entity is not None:
        return Applicant(
            kind=ApplicantKind.LEGAL_ENTITY,
            name=entity(actor.for_entity).name,
            entity_id=actor.for_entity,
            agent_person_id=actor.person_id,
        )
    name = person(actor.person_id).name if actor.person_id is not None else actor.name
    return Applicant(kind=ApplicantKind.PERSON, name=name, person_id=actor.person_id)


def open_application(
    work: Work,
    kind: AppliedType,
    *,
    applicant: Applicant,
    answers: Mapping[str, Json],
    materials: Sequence[GivenMaterial],
    channel: Channel,
    urgent: bool = False,
    data: Mapping[str, Json] | None = None,
    organisation: str = "",
    addresses: Json = None,
) -> tuple[Live, str]:
    """Check an application, open its case and start its process; gives it with its tracking code.

    ``data`` is what the platform itself knows of the matter; ``organisation`` handles it where the matter
    says so and not the item; ``addresses`` are notes of standard addresses, as in
    ``queries/standard_addresses.py``.

    Raises:
        NotOnline, ChannelNotOffered, ApplicantNotOfKind: not for this item.
        EnoughToday: this applicant sent as many today as the item takes.
        InvalidInput: answers or materials are not whole; every problem is listed.
    """
    _offered(kind, applicant, channel)
    _not_too_many(kind, applicant, channel, at=work.at)
    held = held_kinds(kind, person_id=applicant.person_id, entity_id=applicant.entity_id, at=work.at)
    facts = {**applicant.facts, "kind": applicant.kind}
    answers, wrong = judged_answers(kind, answers, applicant=facts, at=work.at)
    problems = [
        *wrong,
        *material_problems(kind, materials, answers, held, at=work.at),
    ]
    if problems:
        raise InvalidInput(problems=tuple(problems))
    placed = kept_addresses(form_of(kind), answers, addresses)
    live = open_root(
        work,
        kind,
        _record(work, kind, applicant, answers, channel, urgent=urgent, organisation=organisation),
        answers=answers,
        data={
            **(data or {}),
            **({"applicant": dict(applicant.facts)} if applicant.facts else {}),
            **({KEPT: placed} if placed else {}),
            **_picked(kind, answers, at=work.at),
        },
        agent_person_id=applicant.agent_person_id,
    )
    play(work, live, Start())
    work.write()
    keep_materials(live, materials, at=work.at)
    return live, str(work.new_cases[live.id]["tracking_code"])


def _picked(kind: AppliedType, answers: Mapping[str, Json], *, at: datetime) -> dict[str, Json]:
    form = form_of(kind)
    versions = picked_versions(form, answers, at=at) if form is not None else {}
    return {PICKED: versions} if versions else {}


def keep_materials(live: Live, materials: Sequence[GivenMaterial], *, at: datetime) -> None:
    """Put what was handed in to the case that the applicant sees."""
    Material.objects.bulk_create(
        Material(case_id=live.root.id, key=given.key, file_id=given.file_id, given_at=at)
        for given in materials
    )


def _offered(kind: AppliedType, applicant: Applicant, channel: Channel) -> None:
    definition = kind.definition
    if kind.process is None:
        raise NotOnline(type_code=kind.code)
    if channel not in definition.channels:
        raise ChannelNotOffered(channel=channel)
    if applicant.kind not in definition.applicants:
        raise ApplicantNotOfKind(kind=applicant.kind)


def _not_too_many(kind: AppliedType, applicant: Applicant, channel: Channel, *, at: datetime) -> None:
    most = kind.definition.most_per_day
    if most is None or channel is not Channel.ONLINE:
        return
    day = at.astimezone(numbers.ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    sent = Case.objects.filter(type_code=kind.code, channel=channel, opened_at__gte=day)
    if applicant.entity_id is not None:
        sent = sent.filter(entity_id=applicant.entity_id)
    else:
        sent = sent.filter(person_id=applicant.person_id, entity_id__isnull=True)
    if sent.count() >= most:
        raise EnoughToday(most=most)


def _record(
    work: Work,
    kind: AppliedType,
    applicant: Applicant,
    answers: Mapping[str, Json],
    channel: Channel,
    *,
    urgent: bool,
    organisation: str,
) -> CaseRecord:
    definition = kind.definition
    said = {"answers": answers, "applicant": {"kind": applicant.kind}}

    def by_answers(feel: str | None, otherwise: str) -> str:
        found = compile_expression(feel).evaluate(said, at=work.at) if feel else None
        return found if isinstance(found, str) and found else otherwise

    organisation = organisation or by_answers(definition.handled_by, definition.body)
    if find_organisation(organisation) is None:
        organisation = definition.body
    [case_id] = numbers.case_ids(1)
    return CaseRecord(
        id=case_id,
        number=numbers.case_number(definition.prefix, work.at),
        type_version_id=kind.id,
        parent_id=None,
        ancestors=[],
        parent_token=None,
        applicant_kind=applicant.kind,
        person_id=applicant.person_id,
        entity_id=applicant.entity_id,
        applicant_name=applicant.name,
        organisation=organisation,
        division_code=by_answers(definition.division, WHOLE_CITY)[:12],
        channel=channel,
        title=by_answers(definition.case_title, definition.title.zh)[:300],
        urgent=urgent,
        answers_text="{}",
        data_text="{}",
        phase=Phase.RECEIVED,
        outcome="",
        version=1,
        last_token=0,
        opened_at=work.at,
        accepted_at=None,
        decided_at=None,
        closed_at=None,
    )
