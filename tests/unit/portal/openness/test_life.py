"""The life of policy files against a clock that walks day by day, and acts that cannot be."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from yiwang.portal.openness.rules.life import ActKind, Fault, File, LifeAct, State, fault_of, state_on

START = date(2020, 1, 1)
FILES = 5
DAYS = 12


def day(offset: int) -> date:
    return START + timedelta(days=offset)


@st.composite
def archives(draw):
    """Files and acts as an archive grows: one act after the other, each kept only if the rules let it."""
    files = {
        n: File(
            id=n,
            from_day=day(draw(st.integers(0, 4))),
            until=day(draw(st.integers(5, DAYS))) if draw(st.booleans()) else None,
        )
        for n in range(FILES)
    }
    acts: list[LifeAct] = []
    for n in range(draw(st.integers(0, 12))):
        act = LifeAct(
            id=n,
            kind=draw(st.sampled_from(ActKind)),
            target=draw(st.integers(0, FILES - 1)),
            by=draw(st.none() | st.integers(0, FILES - 1)),
            on=day(draw(st.integers(0, DAYS))),
            until=day(draw(st.integers(6, DAYS + 6))) if draw(st.booleans()) else None,
        )
        if fault_of(files, [*acts, act]) is None:
            acts.append(act)
    return files, acts


def walked(files, acts, until):
    """What holds on each day, found by walking: nothing is looked up, everything happens on its day."""
    last = {n: file.until for n, file in files.items()}
    ended: dict[int, State] = {}
    amended: set[int] = set()
    seen = {}
    for offset in range(-1, (until - START).days + 1):
        today = day(offset)
        for n in files:
            if n not in ended and last[n] is not None and today > last[n]:
                ended[n] = State.EXPIRED
        for act in sorted((act for act in acts if act.on == today), key=lambda act: act.id):
            if act.target in ended:
                continue
            if act.kind is ActKind.AMEND:
                amended.add(act.target)
            elif act.kind is ActKind.PROLONG:
                last[act.target] = act.until
            else:
                ended[act.target] = State.REPEALED if act.kind is ActKind.REPEAL else State.REPLACED
        for n, file in files.items():
            alive = State.AMENDED if n in amended else State.IN_FORCE
            seen[n, today] = ended.get(n) or (alive if today >= file.from_day else State.NOT_YET)
    return seen


@settings(max_examples=300, deadline=None)
@given(archives())
def test_b20_the_state_on_any_day_is_what_walking_there_gives(archive):
    files, acts = archive
    seen = walked(files, acts, day(DAYS + 8))

    assert {key: state_on(files[key[0]], acts, key[1]) for key in seen} == seen


@settings(max_examples=300, deadline=None)
@given(archives())
def test_b20_no_file_acts_on_itself_by_others_and_an_ended_one_is_left_alone(archive):
    files, acts = archive
    reach = {(act.by, act.target) for act in acts if act.by is not None}
    for middle in files:
        reach |= {(a, d) for a, b in reach if b == middle for c, d in reach if c == middle}

    assert all(a != b for a, b in reach)
    for act in acts:
        ends = [o for o in acts if o.target == act.target and o.kind in {ActKind.REPEAL, ActKind.REPLACE}]
        assert len(ends) <= 1
        assert all((act.on, act.id) <= (end.on, end.id) for end in ends)
        before = walked(files, [o for o in acts if (o.on, o.id) < (act.on, act.id)], act.on)
        assert before[act.target, act.on] not in {State.REPEALED, State.REPLACED, State.EXPIRED}


def an_act(number: int, kind: ActKind, target: int, by: int | None, on: int, until: int | None = None):
    return LifeAct(
        id=number, kind=kind, target=target, by=by, on=day(on), until=day(until) if until else None
    )


def test_b20_each_refusal_says_why():
    files = {1: File(id=1, from_day=day(0), until=day(9)), 2: File(id=2, from_day=day(3))}
    repeal = an_act(1, ActKind.REPEAL, 1, 2, 4)

    assert fault_of(files, [repeal]) is None
    assert fault_of(files, [repeal, an_act(2, ActKind.AMEND, 1, 2, 4)]) is Fault.ENDED_BEFORE
    assert fault_of(files, [repeal, an_act(2, ActKind.AMEND, 2, 1, 3)]) is Fault.CYCLE
    assert fault_of(files, [an_act(2, ActKind.AMEND, 1, 2, 2)]) is Fault.ACTOR_NOT_IN_FORCE
    assert fault_of(files, [an_act(2, ActKind.AMEND, 1, 1, 2)]) is Fault.ITSELF
    assert fault_of(files, [an_act(2, ActKind.AMEND, 7, 1, 2)]) is Fault.UNKNOWN
    assert fault_of(files, [an_act(2, ActKind.PROLONG, 1, 2, 5, 9)]) is Fault.NOT_LONGER
    assert fault_of(files, [an_act(2, ActKind.PROLONG, 1, 2, 10, 12)]) is Fault.ENDED_BEFORE
    # a day given later to a repeal that comes before it is found too
    amendment = an_act(5, ActKind.AMEND, 1, 2, 6)
    assert fault_of(files, [amendment, an_act(6, ActKind.REPEAL, 1, 2, 4)]) is Fault.ENDED_BEFORE
