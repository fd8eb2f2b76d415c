"""Firms by industry (GB/T 4754), each of somebody who lives in the city, and who works where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from yiwang.registers.synthesis.chances import places
from yiwang.registers.synthesis.numbers import credit_code
from yiwang.registers.synthesis.people import Member
from yiwang.registers.synthesis.streets import Neighbourhood, Streets

_FIRST_SIGNS = "粤穗珠云越岭南海天华盛宏恒瑞嘉泰和安信达"
_SECOND_SIGNS = "康源丰兴隆腾飞翔创联盈泽润科盛美景明远诚"
#: Division of GB/T 4754 and the word of trade in a name, with rough shares of a city of trade and services.
INDUSTRIES = {
    ("F51", "贸易"): 22, ("F52", "百货"): 20, ("L72", "商务服务"): 12, ("I65", "软件科技"): 9,
    ("M75", "科技推广"): 6, ("C18", "服装"): 5, ("C39", "电子"): 4, ("C34", "机械"): 3, ("C26", "化工"): 1,
    ("C27", "医药"): 1, ("C36", "汽车零部件"): 1, ("E50", "装饰工程"): 5, ("E47", "建筑工程"): 2,
    ("G54", "货运"): 3, ("H62", "餐饮"): 9, ("H61", "酒店管理"): 1, ("K70", "房地产"): 3,
    ("O80", "汽车服务"): 3, ("R90", "文化娱乐"): 2, ("P83", "教育咨询"): 2, ("A01", "农业"): 1,
    ("N77", "环保科技"): 1,
}  # fmt: skip
_INDUSTRY_PLACES = places(INDUSTRIES)
_KINDS = places({"company": 52, "sole_trader": 45, "partnership": 3})
_STATUSES = places({"active": 86, "suspended": 3, "revoked": 3, "cancelled": 8})
_CAPITALS = places({10: 20, 50: 25, 100: 25, 200: 10, 500: 10, 1000: 7, 5000: 2, 10_000: 1})
_ABNORMAL = 0.04
#: So many of those between 22 and 65 have a firm of their own.
_FOUNDERS = 0.1
#: So many of those of working age have a job.
_WORKERS = 0.74
#: Employers are drawn from the last so many firms: memory stays flat, and people work near each other.
_EMPLOYERS = 1_000


class Firm(NamedTuple):
    """A row of the register of legal entities, in the order of its fields."""

    credit_code: str
    name: str
    kind: str
    legal_representative: str
    representative_id: str
    industry: str
    division: str
    address: str
    capital: str
    established: str
    phone: str
    status: str
    abnormal: str
    address_code: str


class Job(NamedTuple):
    """Somebody works for somebody, from a day on."""

    id_number: str
    credit_code: str
    since: str


class Economy:
    """Who founds, and who works for whom, from one stream of chance."""

    def __init__(
        self, chance: Random, neighbourhoods: Sequence[Neighbourhood], on: date, streets: Streets
    ) -> None:
        self._random = chance.random
        self._neighbourhoods = neighbourhoods
        self._streets = streets
        self._on = on
        self._founded = 0
        self._employers: list[Firm] = []

    def firms_of(self, members: Sequence[Member]) -> list[Firm]:
        """The firms of a household."""
        return [
            self._found(member) for member in members if 22 <= member.age < 65 and self._random() < _FOUNDERS
        ]

    def jobs_of(self, members: Sequence[Member]) -> list[Job]:
        """The jobs of a household; nobody works before the first firm is founded."""
        random, employers = self._random, self._employers
        if not employers:
            return []
        found = []
        for member in members:
            # to the age of the pension; women's is 50 or 55
            if 18 <= member.age < (60 if member.person.sex == "1" else 55) and random() < _WORKERS:
                firm = employers[int(random() * len(employers))]
                years = random() * min(member.age - 17, 12)
                since = max(firm.established, (self._on - timedelta(days=int(years * 365))).isoformat())
                found.append(Job(member.person.id_number, firm.credit_code, since))
        return found

    def _found(self, founder: Member) -> Firm:
        random = self._random
        person = founder.person
        where = self._neighbourhoods[int(random() * len(self._neighbourhoods))]
        office = self._streets.office(where)
        industry, trade = _INDUSTRY_PLACES[int(random() * len(_INDUSTRY_PLACES))]
        kind = _KINDS[int(random() * len(_KINDS))]
        days = int(random() * min(9000.0, (founder.age - 20) * 365))
        firm = Firm(
            credit_code(self._founded),
            self._name(kind, trade),
            kind,
            person.name,
            person.id_number,
            industry,
            where.code,
            office.address,
            str(_CAPITALS[int(random() * len(_CAPITALS))] * (10_000 if kind == "company" else 1_000)),
            (self._on - timedelta(days=days)).isoformat(),
            person.phone,
            _STATUSES[int(random() * len(_STATUSES))],
            "true" if random() < _ABNORMAL else "false",
            office.code,
        )
        if firm.status == "active":
            if len(self._employers) < _EMPLOYERS:
                self._employers.append(firm)
            else:
                self._employers[self._founded % _EMPLOYERS] = firm
        self._founded += 1
        return firm

    def _name(self, kind: str, trade: str) -> str:
        random = self._random
        sign = _FIRST_SIGNS[int(random() * len(_FIRST_SIGNS))]
        sign += _SECOND_SIGNS[int(random() * len(_SECOND_SIGNS))]
        if random() < 0.6:
            sign += _SECOND_SIGNS[int(random() * len(_SECOND_SIGNS))]
        if kind == "company":
            return f"广州{sign}{trade}有限公司"
        if kind == "partnership":
            return f"广州{sign}{trade}合伙企业（有限合伙）"
        return f"广州市{sign}{trade}店"
