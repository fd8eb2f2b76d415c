"""What is told of a day, as it was known on a day, against a walk over all that was ever said."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yiwang.registers.api import (
    Asked,
    amend_entry,
    enter_entry,
    get_register,
    list_entries,
    retire_entry,
)
from yiwang.registers.contracts import AsOf
from yiwang.registers.queries.versions import find_entry
from yiwang.registers.rules.reading import view_of_entry
from yiwang.registers.testing import a_firm

REGISTER = "legal_entities"
FIRST = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
#: Each act comes a day after the one before; a change holds from so many days before it, if it may.
ACTS = st.lists(
    st.tuples(st.sampled_from(["change", "change", "correction", "retire"]), st.integers(0, 3)), max_size=6
)
_firms = count(1)


class Told:
    """The oracle: after each act, which entry and name held on which day."""

    def __init__(self) -> None:
        self.days = [FIRST.date() + timedelta(days=day) for day in range(-5, 9)]
        self.known: list[tuple[datetime, dict[date, tuple[int, str]]]] = []

    def hold(self, at: datetime, since: date, what: tuple[int, str] | None) -> None:
        held = dict(self.known[-1][1]) if self.known else {}
        for day in self.days:
            if day >= since:
                held.pop(day, None)
                if what is not None:
                    held[day] = what
        self.known.append((at, held))

    def at(self, point: AsOf) -> tuple[int, str] | None:
        found = None
        for at, held in self.known:
            if at <= point.known:
                found = held.get(point.valid)
        return found


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(ACTS)
def test_d5_a_look_at_both_times_tells_what_was_said_of_that_day_until_then(city, registrar, acts):
    firm, told = a_firm(next(_firms)), Told()
    key = firm["credit_code"]
    common = {"actor": registrar, "register": REGISTER}
    since = FIRST.date() - timedelta(days=2)
    entry = enter_entry(**common, at=FIRST, values=firm, valid_from=since).entry
    entries, version = [entry], 1
    told.hold(FIRST, since, (entry, firm["name"]))
    for number, (kind, back) in enumerate(acts, start=1):
        at = FIRST + timedelta(days=number)
        day, name = max(since, at.date() - timedelta(days=back)), f"第{number}次"
        if version == 0:  # the key was retired: it is entered again
            entry = enter_entry(**common, at=at, values={**firm, "name": name}, valid_from=day).entry
            entries.append(entry)
            told.hold(at, day, (entry, name))
            version, since = 1, day
        elif kind == "retire":
            retire_entry(**common, at=at, entry=entry, version=version, valid_to=day)
            told.hold(at, day, None)
            version, since = 0, day
        else:
            since = day if kind == "change" else since
            amend_entry(
                **common, at=at, entry=entry, version=version, values={"name": name}, kind=kind,
                valid_from=day if kind == "change" else None,
            )  # fmt: skip
            told.hold(at, since, (entry, name))
            version += 1

    definition = get_register(REGISTER)
    view = view_of_entry(definition, sensitive=True)
    for known in [FIRST - timedelta(hours=1), *(at for at, _ in told.known)]:
        for valid in told.days:
            point = AsOf(valid=valid, known=known)
            wanted = told.at(point)
            found = find_entry(definition, view, key=key, as_of=point)
            assert (found and (found.entry, found.values["name"])) == wanted
            for each in entries:
                found = find_entry(definition, view, entry=each, as_of=point)
                own = wanted if wanted is not None and wanted[0] == each else None
                assert (found and (found.entry, found.values["name"])) == own
        listed = list_entries(
            actor=registrar, register=REGISTER, asked=Asked(equal={"credit_code": key}, as_of=point), at=known
        )
        assert [(one["entry"], one["values"]["name"]) for one in json.loads(listed.body)] == [
            each for each in [told.at(point)] if each is not None
        ]
