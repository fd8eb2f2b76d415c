"""Synthetic firms by industry (GB/T 4754-2017), with credit codes of a series that is not given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from yiwang.cli.simulation.draws import Draws, pick
from yiwang.cli.simulation.people import REGION, SyntheticPerson
from yiwang.cli.simulation.places import Place, Places
from yiwang.kernel.codes import make_credit_code

# Subject codes given since 2015 begin with MA; sequences from nine millions on begin with MK.
_FIRST_SEQUENCE = 9_000_000
_MOST_A_SEED = 1_000
_SEEDS = 1_000
_FIRST_SIGNS = "粤穗珠云越岭南海天华盛宏恒瑞嘉泰和安信达"
_SECOND_SIGNS = "康源丰兴隆腾飞翔创联盈泽润科盛美景明远诚"


@dataclass(frozen=True, slots=True)
class Industry:
    """A class of GB/T 4754: code, the word in a firm's name, its scope of business, its projects."""

    code: str
    trade: str
    scope: str
    project: str
    share: float
    is_hazardous: bool = False

    @property
    def division(self) -> str:
        """Section and division, as forms ask for it: C39."""
        return self.code[:3]


INDUSTRIES = (
    Industry("I6513", "软件科技", "应用软件开发；信息系统集成服务", "研发中心", 14),
    Industry("C3911", "电子科技", "计算机整机制造；电子元器件销售", "智能终端生产线", 9),
    Industry("C3973", "微电子", "集成电路制造；集成电路设计", "集成电路封装测试项目", 5),
    Industry("C3612", "新能源汽车", "新能源车整车制造；汽车零部件研发", "新能源汽车零部件基地", 4),
    Industry("C3024", "建材", "轻质建筑材料制造；建筑材料批发", "环保建材生产线", 7),
    Industry("C2710", "医药", "化学药品原料药制造；医学研究和试验发展", "原料药扩建项目", 5, True),
    Industry("C2641", "化工", "涂料制造；化工产品销售（不含许可类）", "水性涂料车间", 4, True),
    Industry("C1811", "服装", "机织服装制造；服装批发", "服装智能工厂", 8),
    Industry("F5165", "建材贸易", "建材批发；五金产品零售", "区域配送中心", 10),
    Industry("F5212", "百货", "超级市场零售；食品销售", "社区商业综合体", 9),
    Industry("H6210", "餐饮管理", "正餐服务；餐饮管理", "中央厨房", 12),
    Industry("M7320", "工程技术", "工程和技术研究和试验发展；技术咨询", "检测试验中心", 7),
    Industry("N7721", "环保科技", "水污染治理；环保设备销售", "污水处理提标改造项目", 6),
)


def industry_like(code: str) -> Industry:
    """This industry or one of its division; the first for those of which the simulation knows nothing."""
    alike = [each for each in INDUSTRIES if each.division == code[:3]] or list(INDUSTRIES)
    return next((each for each in alike if each.code == code), alike[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntheticFirm:
    """A company that does not exist. ``representative`` signs for it, ``agent`` may act for it."""

    credit_code: str
    name: str
    industry: str
    office: Place
    capital: int
    established: date
    phone: str
    representative: SyntheticPerson
    agent: SyntheticPerson


def synthetic_firms(
    draws: Draws, places: Places, people: list[SyntheticPerson], *, before: date
) -> Iterator[SyntheticFirm]:
    """Firms of some of these people, established before a day; as many as there are people."""
    names: set[str] = set()
    for index, representative in enumerate(people[:_MOST_A_SEED]):
        chance = draws.of("firm", index)
        industry = pick(chance, {each: each.share for each in INDUSTRIES})
        name = firm_name(chance, industry)
        while name in names:
            name = firm_name(chance, industry)
        names.add(name)
        yield SyntheticFirm(
            credit_code=credit_code(draws.seed, index),
            name=name,
            industry=industry.code,
            office=places.draw(chance),
            capital=chance.choice((100, 200, 500, 1000, 2000, 5000, 10_000)) * 10_000,
            established=before - timedelta(days=chance.randrange(200, 9000)),
            phone=representative.phone,
            representative=representative,
            agent=people[(index * 7 + 3) % len(people)],
        )


def firm_name(chance: Random, industry: Industry) -> str:
    """A trade name after the city's, as the rules on names of enterprises want it."""
    sign = chance.choice(_FIRST_SIGNS) + chance.choice(_SECOND_SIGNS)
    if chance.random() < 0.4:
        sign += chance.choice(_SECOND_SIGNS)
    return f"广州{sign}{industry.trade}有限公司"


def credit_code(seed: int, index: int) -> str:
    """A well-formed code (GB 32100) of the city's own division; 1,000 for each of 1,000 seeds."""
    sequence = _FIRST_SEQUENCE + seed % _SEEDS * _MOST_A_SEED + index
    return make_credit_code(REGION, sequence)
