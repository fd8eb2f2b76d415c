"""The files of a synthetic city, row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from yiwang.registers.synthesis.dirt import FIRM_WAYS, PERSON_WAYS, Cells, Dirt, Fault
from yiwang.registers.synthesis.firms import Economy, Firm, Job
from yiwang.registers.synthesis.insurance import Insurance
from yiwang.registers.synthesis.people import Households, Member, Person
from yiwang.registers.synthesis.streets import HEADS as PLACE_HEADS
from yiwang.registers.synthesis.streets import Neighbourhood, Streets

#: Files and their heads. All but jobs and truth are rows of the registers of their names; the truth names the
#: line of a file, what is wrong there, the right cell, and the key of whom the row is about.
HEADS: dict[str, tuple[str, ...]] = {
    "persons": Person._fields,
    "households": ("number", "kind", "head_id", "division", "address", "address_code"),
    "household_members": ("id_number", "household", "relation"),
    "legal_entities": Firm._fields,
    "jobs": Job._fields,
    **PLACE_HEADS,
    "truth": ("file", "line", "kind", "field", "truth", "key"),
}
#: Of the rows that are wrong so many are there twice; their second row comes within so many households.
_TWICE, _LATER = 0.2, 500


@dataclass(slots=True)
class _Rows:
    """Rows of one register's file: knows the line of each, and holds back the second rows of some."""

    name: str
    ways: tuple[tuple[str, str], ...]
    dirt: Dirt
    chance: Random
    line: int = 1
    #: Second rows, with what was noted of each.
    later: list[tuple[Cells, Fault]] = field(default_factory=list)

    def put(self, cells: Cells) -> Iterator[tuple[str, Cells]]:
        """The row, spoiled or not, and the truth if it is spoiled."""
        if not self.dirt.falls():
            self.line += 1
            yield self.name, cells
            return
        if self.chance.random() < _TWICE:
            yield from self._row(cells, None, cells[0])
            self.later.append((cells, Fault("duplicate", "", "")))
            return
        spoiled, fault = self.dirt.spoil(cells, HEADS[self.name], self.ways)
        yield from self._row(spoiled, fault, cells[0])

    def held_back(self, most: int) -> Iterator[tuple[str, Cells]]:
        """Give second rows until no more than ``most`` are held back; half of them differ from the first."""
        while len(self.later) > most:
            cells, fault = self.later.pop(int(self.chance.random() * len(self.later)))
            other = cells
            if self.chance.random() < 0.5:
                other, also = self.dirt.spoil(cells, HEADS[self.name], self.ways)
                if also is not None:
                    fault = Fault(f"duplicate_{also.kind}", also.field, also.truth)
            yield from self._row(other, fault, cells[0])

    def _row(self, cells: Cells, fault: Fault | None, key: str) -> Iterator[tuple[str, Cells]]:
        self.line += 1
        yield self.name, cells
        if fault is not None:
            yield "truth", (self.name, str(self.line), *fault, key)


def city_rows(
    *,
    people: int,
    seed: int,
    neighbourhoods: Sequence[Neighbourhood],
    on: date,
    dirt: float,
    told: Callable[[int], None] = lambda done: None,
    insurance: Insurance | None = None,
) -> Iterator[tuple[str, Cells]]:
    """Rows by the name of their file. Whole households until there are so many people; ``told`` how many."""
    if not neighbourhoods:
        raise ValueError("a city has neighbourhoods")
    streets = Streets(seed, on)
    households = Households(_stream(seed, "people"), neighbourhoods, on, streets)
    economy = Economy(_stream(seed, "firms"), neighbourhoods, on, streets)
    persons = _register("persons", PERSON_WAYS, seed, dirt)
    firms = _register("legal_entities", FIRM_WAYS, seed, dirt)
    living = 0
    for number, everybody in enumerate(households, start=1):
        members = everybody[: people - living]
        for member in members:
            yield from persons.put(member.person)
        yield from _household(number, members)
        for firm in economy.firms_of(members):
            yield from firms.put(firm)
        jobs = economy.jobs_of(members)
        for job in jobs:
            yield "jobs", job
        if insurance is not None:
            yield from insurance.rows(members, jobs)
        yield from persons.held_back(_LATER)
        yield from firms.held_back(_LATER)
        yield from streets.built()
        living += len(members)
        told(living)
        if living >= people:
            break
    yield from persons.held_back(0)
    yield from firms.held_back(0)


def _household(number: int, members: Sequence[Member]) -> Iterator[tuple[str, Cells]]:
    """The row of a household, whose head comes first, and one for each member."""
    head = members[0].person
    code = f"{head.residence_division[:6]}{number:010}"
    yield (
        "households",
        (
            code, "family", head.id_number, head.residence_division, head.residence_address,
            head.address_code,
        ),
    )  # fmt: skip
    for member in members:
        yield "household_members", (member.person.id_number, code, member.relation)


def _register(name: str, ways: tuple[tuple[str, str], ...], seed: int, share: float) -> _Rows:
    return _Rows(name, ways, Dirt(_stream(seed, f"dirt/{name}"), share), _stream(seed, f"twice/{name}"))


def _stream(seed: int, name: str) -> Random:
    return Random(f"{seed}/{name}")  # noqa: S311 - made-up people; nothing secret hangs on it
