"""Households: who lives together, how old they are, what they are to the householder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from random import Random
from typing import NamedTuple

from yiwang.registers.synthesis.chances import places
from yiwang.registers.synthesis.names import GIVEN, SURNAME_PLACES, surname_of
from yiwang.registers.synthesis.numbers import OLDEST, PHONE_RANGE, ResidentNumbers
from yiwang.registers.synthesis.streets import Home, Neighbourhood, Streets

_DAYS_A_YEAR = 365.2425
# GB/T 3304: Han 01, Zhuang 08, Yao 13, Hui 03, Tujia 15.
_GROUPS = places({"01": 955, "08": 24, "13": 8, "03": 6, "15": 7})
_PHONED_FROM, _PHONED_SHARE = 12, 0.9


class Person(NamedTuple):
    """A row of the register of persons, in the order of its fields (a tuple is made in 0.3 us)."""

    id_number: str
    name: str
    sex: str
    birth_date: str
    ethnic_group: str
    residence_division: str
    residence_address: str
    phone: str
    marital_status: str
    address_code: str


class Member(NamedTuple):
    """Somebody of a household.

    The relation is that of GB/T 4761: 02 householder, 11 husband, 12 wife, 20 son, 30 daughter, 51 father,
    52 mother.
    """

    person: Person
    relation: str
    age: float


#: Shares of households as the census of 2020 has them, roughly, by kind.
_KINDS = places({"alone": 34, "couple": 18, "parents": 27, "one_parent": 6, "three_generations": 9, "old": 6})
# Young and old live alone; the middle is thin.
_ALONE = places({(18, 25): 26, (25, 35): 38, (35, 50): 16, (50, 65): 10, (65, 98): 10})
_CHILDREN = places({1: 60, 2: 34, 3: 6})
# GB/T 2261.2: 10 single, 20 married, 30 widowed, 40 divorced.
_ALONE_YOUNG, _ALONE_OLD = places({"10": 92, "40": 6, "30": 2}), places({"10": 12, "40": 30, "30": 58})
_ONE_PARENT = places({"40": 75, "30": 25})


class Households:
    """Households without end, from one stream of chance."""

    def __init__(
        self, chance: Random, neighbourhoods: Sequence[Neighbourhood], on: date, streets: Streets
    ) -> None:
        self._random = chance.random
        self._neighbourhoods = neighbourhoods
        self._streets = streets
        self._numbers = ResidentNumbers(on)
        self._today = len(self._numbers.dates) - 1
        self._kinds: dict[str, Callable[[Neighbourhood, Home], list[Member]]] = {
            "alone": self._alone,
            "couple": lambda where, home: self._pair(where, home, 24, 62),
            "parents": lambda where, home: self._family(where, home, with_elders=False),
            "one_parent": self._one_parent,
            "three_generations": lambda where, home: self._family(where, home, with_elders=True),
            "old": lambda where, home: self._pair(where, home, 60, 92),
        }

    def __iter__(self) -> Iterator[list[Member]]:
        random = self._random
        while True:
            where = self._neighbourhoods[int(random() * len(self._neighbourhoods))]
            kind = _KINDS[int(random() * len(_KINDS))]
            yield self._kinds[kind](where, self._streets.home(where))

    def _someone(
        self, where: Neighbourhood, home: Home, sex: str, age: float, *, surname: str, marital: str
    ) -> Person:
        random = self._random
        day = self._today - int(min(age, OLDEST - 1) * _DAYS_A_YEAR)
        given = GIVEN[sex]
        has_phone = age >= _PHONED_FROM and random() < _PHONED_SHARE
        return Person(
            self._numbers.next(day, sex),
            surname + given[int(random() * len(given))],
            sex,
            self._numbers.dates[day],
            _GROUPS[int(random() * len(_GROUPS))],
            where.code,
            home.address,
            f"{PHONE_RANGE}{int(random() * 100_000_000):08}" if has_phone else "",
            marital,
            home.code,
        )

    def _surname(self) -> str:
        return SURNAME_PLACES[int(self._random() * len(SURNAME_PLACES))]

    def _alone(self, where: Neighbourhood, home: Home) -> list[Member]:
        random = self._random
        least, most = _ALONE[int(random() * len(_ALONE))]
        age = least + random() * (most - least)
        statuses = _ALONE_YOUNG if age < 35 else _ALONE_OLD
        status = statuses[int(random() * len(statuses))] if age >= 22 else "10"
        sex = "1" if random() < 0.52 else "2"
        return [
            Member(self._someone(where, home, sex, age, surname=self._surname(), marital=status), "02", age)
        ]

    def _pair(self, where: Neighbourhood, home: Home, least: int, most: int) -> list[Member]:
        random = self._random
        his = least + random() * (most - least)
        hers = max(20.0, his - 4.5 + random() * 7)
        man = Member(self._someone(where, home, "1", his, surname=self._surname(), marital="20"), "02", his)
        woman = Member(
            self._someone(where, home, "2", hers, surname=self._surname(), marital="20"), "12", hers
        )
        if random() < 0.3:
            return [woman._replace(relation="02"), man._replace(relation="11")]
        return [man, woman]

    def _child(self, where: Neighbourhood, home: Home, age: float, surname: str) -> Member:
        sex = "1" if self._random() < 0.52 else "2"
        person = self._someone(where, home, sex, age, surname=surname, marital="10")
        return Member(person, "20" if sex == "1" else "30", age)

    def _children(self, where: Neighbourhood, home: Home, mother: float, surname: str) -> list[Member]:
        """Up to three, not yet 26, of a mother between 20 and 40 at each birth."""
        random = self._random
        found = []
        first = mother - 20 - random() * min(12.0, mother - 20)
        for nth in range(_CHILDREN[int(random() * len(_CHILDREN))]):
            age = first - nth * (1.6 + 2 * random())
            if 0 <= age < 26 and mother - age < 42:
                found.append(self._child(where, home, age, surname))
        return found

    def _family(self, where: Neighbourhood, home: Home, *, with_elders: bool) -> list[Member]:
        random = self._random
        members = self._pair(where, home, 26, 52)
        man = next(member for member in members if member.person.sex == "1")
        woman = next(member for member in members if member.person.sex == "2")
        surname = surname_of((man if random() < 0.97 else woman).person.name)
        members += self._children(where, home, woman.age, surname)
        if with_elders:
            head = members[0]
            for relation, sex in (("51", "1"), ("52", "2")):
                if random() < 0.75:
                    age = head.age + 23 + random() * 9
                    own = surname_of(head.person.name) if sex == "1" else self._surname()
                    status = "20" if random() < 0.7 else "30"
                    members.append(
                        Member(
                            self._someone(where, home, sex, age, surname=own, marital=status),
                            relation,
                            age,
                        )
                    )
        return members

    def _one_parent(self, where: Neighbourhood, home: Home) -> list[Member]:
        random = self._random
        age = 26 + random() * 28
        sex = "2" if random() < 0.75 else "1"
        status = _ONE_PARENT[int(random() * len(_ONE_PARENT))]
        surname = self._surname()
        parent = Member(self._someone(where, home, sex, age, surname=surname, marital=status), "02", age)
        return [parent, *self._children(where, home, age, self._surname() if sex == "2" else surname)]
