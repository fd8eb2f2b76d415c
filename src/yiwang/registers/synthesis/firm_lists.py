"""Lists of firms as departments keep them: the same firms, each list with its own gaps, lags and slips.

The truth says which rows are the same firm. Company names are unique, as the law wants (Provisions on
Enterprise Name Registration, article 17: no same name in a trade); shops' names are not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from yiwang.registers.synthesis.chances import places
from yiwang.registers.synthesis.dirt import Cells
from yiwang.registers.synthesis.firms import INDUSTRIES
from yiwang.registers.synthesis.names import GIVEN, SURNAME_PLACES
from yiwang.registers.synthesis.numbers import PHONE_RANGE, credit_code
from yiwang.registers.synthesis.slips import ListSlips, Slipped
from yiwang.registers.synthesis.streets import Neighbourhood


class ListedFirm(NamedTuple):
    """A row of a department's list, in the order of its register's fields."""

    number: str
    credit_code: str
    name: str
    legal_representative: str
    division: str
    address: str
    phone: str
    status: str
    since: str
    paid: str


@dataclass(frozen=True, slots=True)
class ListKind:
    """One department's list: who is on it, and what is paid there."""

    name: str
    prefix: str
    #: Share of the firms in business that are on it.
    covers: float
    #: Share of those whose licence has ended that are still on it as if in business.
    lingers: float
    #: Yuan a year and firm, by and large; none where nothing is paid.
    yearly: int = 0


#: In the order in which departments hear of a firm: the licence first.
KINDS = (
    ListKind("firms_industry_commerce", "GS", 0.985, 0.0),
    ListKind("firms_quality", "ZJ", 0.94, 0.05),
    ListKind("firms_state_tax", "GT", 0.93, 0.06, 42_000),
    ListKind("firms_local_tax", "DT", 0.93, 0.06, 18_000),
    ListKind("firms_statistics", "TJ", 0.9, 0.1),
    ListKind("firms_labour", "SB", 0.7, 0.05, 26_000),
    ListKind("firms_foreign_trade", "WM", 0.09, 0.1),
    ListKind("firms_customs", "HG", 0.08, 0.1),
)
HEADS: dict[str, tuple[str, ...]] = {
    **{kind.name: ListedFirm._fields for kind in KINDS},
    "firms_truth": ("list", "number", "firm", "slips"),
}
_SIGNS = (
    "粤穗珠云越岭南海天华盛宏恒瑞嘉泰和安信达康源丰兴隆腾飞翔创联盈泽润科美景明远诚德仁义礼智勇"
    "金银铜玉石木林森水江河湖洋山川岳峰青蓝红紫白黄星月日光辉耀东西北中正大同新旭晨曦春夏秋冬"
    "龙凤鹏鹤马鹰友邦国民众富贵福禄寿喜乐顺利通成功胜凯捷速锐精优佳卓鼎尊皇冠百千万亿"
)
_TRADES = tuple(INDUSTRIES)
_LEGAL_FORMS = places({"company": 72, "partnership": 5, "shop": 23})
_STATUSES = places({"active": 88, "suspended": 3, "revoked": 3, "cancelled": 6})
_OLD_NAME, _OLD_PERSON, _OLD_ADDRESS, _LAGS = 0.08, 0.12, 0.1, 0.45
_OTHER_PHONE, _NO_PHONE, _TWICE = 0.15, 0.1, 0.003
#: Firms founded by the same person, and firms at the same address: what makes matching by these alone wrong.
_SAME_PERSON, _SAME_PLACE = 0.06, 0.05
_REMEMBERED = 200


class _True(NamedTuple):
    code: str
    names: tuple[str, str]
    persons: tuple[str, str]
    places: tuple[tuple[str, str], tuple[str, str]]
    phones: tuple[str, str]
    status: str
    since: str
    size: float


class FirmLists:
    """Firms and their rows in each list, from streams of chance of one seed."""

    def __init__(self, *, seed: int, neighbourhoods: Sequence[Neighbourhood], on: date, dirt: float) -> None:
        self._random = Random(f"{seed}/firm_lists").random  # noqa: S311 - made-up firms
        self._neighbourhoods = neighbourhoods
        self._on = on
        self._slips = ListSlips(Random(f"{seed}/firm_lists/slips"), dirt)  # noqa: S311
        self._dirt = dirt
        self._lately: list[_True] = []

    def rows(self, firms: int, kinds: Sequence[ListKind] = KINDS) -> Iterator[tuple[str, Cells]]:
        """Rows by the name of their file, the truth after each."""
        counts = dict.fromkeys((kind.name for kind in kinds), 0)
        for nth in range(firms):
            firm = self._firm(nth)
            for kind in kinds:
                for cells, slips in self._listed(firm, kind):
                    counts[kind.name] += 1
                    number = f"{kind.prefix}{counts[kind.name]:09}"
                    yield kind.name, (number, *cells)
                    yield "firms_truth", (kind.name, number, str(nth), ";".join(slips))

    def _listed(self, firm: _True, kind: ListKind) -> Iterator[Slipped]:
        random = self._random
        ended = firm.status in ("revoked", "cancelled")
        lingers = ended and random() < kind.lingers
        if random() >= kind.covers:
            return
        if kind.prefix == "GS" or not ended:
            status = firm.status
        elif lingers:
            status = "active"
        else:
            status = "cancelled"
        row = self._row(firm, kind, status, pays=status in ("active", "suspended"))
        yield row
        if random() < _TWICE * self._dirt:
            yield self._row(firm, kind, status, pays=False)

    def _row(self, firm: _True, kind: ListKind, status: str, *, pays: bool) -> Slipped:
        random = self._random
        first = kind.prefix == "GS"  # changes are registered there, so it does not lag
        named, headed, placed = (int(not first and random() < _LAGS * self._dirt) for _ in range(3))
        division, address = firm.places[placed]
        phone = firm.phones[int(random() < _OTHER_PHONE)] if random() >= _NO_PHONE else ""
        paid = ""
        if kind.yearly:
            paid = f"{kind.yearly * firm.size * (0.5 + random()):.2f}" if pays else "0.00"
        lags = (
            *(("old_name",) if named and firm.names[0] != firm.names[1] else ()),
            *(("old_representative",) if headed and firm.persons[0] != firm.persons[1] else ()),
            *(("old_address",) if placed and firm.places[0] != firm.places[1] else ()),
        )
        cells = (
            firm.code, firm.names[named], firm.persons[headed], division, address, phone, status,
            firm.since, paid,
        )  # fmt: skip
        other = self._lately[int(random() * len(self._lately))].code
        spoiled, slips = self._slips.spoil(cells, other_code=other)
        return spoiled, (*lags, *slips)

    def _firm(self, nth: int) -> _True:
        random = self._random
        form = _LEGAL_FORMS[int(random() * len(_LEGAL_FORMS))]
        lately = self._lately
        place = self._place()
        if lately and random() < _SAME_PLACE:
            place = lately[int(random() * len(lately))].places[0]
        person = self._person()
        if lately and random() < _SAME_PERSON:
            person = lately[int(random() * len(lately))].persons[0]
        name = _name(nth, form, place[1], sole=random())
        phone = self._phone()
        firm = _True(
            code=credit_code(nth),
            names=(name, _name(nth + 7_777_777, form, place[1], sole=random()))
            if random() < _OLD_NAME
            else (name, name),
            persons=(person, self._person()) if random() < _OLD_PERSON else (person, person),
            places=(place, self._place()) if random() < _OLD_ADDRESS else (place, place),
            phones=(phone, self._phone()),
            status=_STATUSES[int(random() * len(_STATUSES))],
            since=(self._on - timedelta(days=int(random() * 9000))).isoformat(),
            size=0.1 + random() ** 6 * 20,
        )
        if len(lately) < _REMEMBERED:
            lately.append(firm)
        else:
            lately[nth % _REMEMBERED] = firm
        return firm

    def _place(self) -> tuple[str, str]:
        random = self._random
        where = self._neighbourhoods[int(random() * len(self._neighbourhoods))]
        address = f"{where.address}{1 + int(random() * 260)}号"
        if random() < 0.6:
            address += f"{1 + int(random() * 30)}{1 + int(random() * 20):02}房"
        return where.code, address

    def _person(self) -> str:
        random = self._random
        given = GIVEN["1" if random() < 0.7 else "2"]
        return SURNAME_PLACES[int(random() * len(SURNAME_PLACES))] + given[int(random() * len(given))]

    def _phone(self) -> str:
        return f"{PHONE_RANGE}{int(self._random() * 100_000_000):08}"


def _name(nth: int, form: str, address: str, *, sole: float) -> str:
    """The nth name; a company's is never given twice."""
    if form == "shop":
        district = address[3 : address.find("区") + 1] if "区" in address else ""
        pair = int(sole * 400)
        trade = _TRADES[int(sole * 1e6) % len(_TRADES)][1]
        return f"广州市{district}{_SIGNS[pair // 20]}{_SIGNS[40 + pair % 20]}{trade}店"
    width = len(_SIGNS)
    # an order without pattern in which each triple of signs comes once: the factor has no divisor in common
    turn = nth * 1_000_003 % (width**3)
    signs = _SIGNS[turn % width] + _SIGNS[turn // width % width] + _SIGNS[turn // width**2]
    trade = _TRADES[nth * 7 % len(_TRADES)][1]
    if form == "partnership":
        return f"广州{signs}{trade}合伙企业（有限合伙）"
    return (
        f"广州{'市' if nth % 3 else ''}{signs}{trade}有限公司"
        if nth % 4
        else f"{signs}（广州）{trade}有限责任公司"
    )
