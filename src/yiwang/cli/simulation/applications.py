"""What applicants write and hand in, by service item; every answer passes the item's own form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from yiwang.cases.contracts import ApplicantKind
from yiwang.cli.simulation.behaviours import HABITS
from yiwang.cli.simulation.draws import between
from yiwang.cli.simulation.firms import INDUSTRIES, firm_name, industry_like
from yiwang.cli.simulation.people import SyntheticPerson
from yiwang.cli.simulation.population import Settled, SettledFirm
from yiwang.cli.simulation.sites import STOREY, Plot, Whereabouts
from yiwang.platform.contracts import Json

Answers = dict[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks: a person, or a firm by one of its people."""

    who: Settled
    firm: SettledFirm | None = None

    @property
    def kind(self) -> ApplicantKind:
        """As the case knows it."""
        return ApplicantKind.LEGAL_ENTITY if self.firm else ApplicantKind.PERSON

    @property
    def name(self) -> str:
        """The applicant's name."""
        return self.firm.firm.name if self.firm else self.who.person.name

    @property
    def standing(self) -> str:
        """The capacity in which the account acts."""
        return f"entity:{self.firm.entity_id}" if self.firm else "self"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One application before it is written: its number in the run, its day, and where applicants are."""

    number: int
    chance: Random
    today: date
    where: Whereabouts


@dataclass(frozen=True, slots=True)
class Written:
    """Fills in one item's form."""

    by_firm: bool
    write: Callable[[Asker, Request], Answers]
    #: What an office finds wrong: answers and materials by what to do about them.
    faults: Mapping[str, str]


_PROJECT_KINDS = {"new_build": 62, "technical_renovation": 38}
_LAND = {"new_land": 34, "own_land": 30, "existing_building": 36}
_ENVIRONMENT = {"report": 22, "form": 48, "registration": 30}
_QUESTIONS = {
    "development_planning": (
        "立项备案需要哪些材料",
        "我公司拟投资建设生产项目，请问备案和核准如何区分，需要准备哪些材料？",
    ),
    "planning": ("选址意见办理流程", "拟选地块尚未确定用途，规划选址需要先做哪些工作？"),
    "land_housing": ("工业用地供地方式", "请问目前工业用地是否可以弹性年期出让，办理周期多长？"),
    "environment": ("环评类别如何确定", "涂料车间改造是否需要编制环境影响报告书？"),
    "construction": ("施工许可办理条件", "装修改造面积约800平方米，是否需要办理施工许可证？"),
    "fire": ("消防设计审核范围", "租用旧厂房改建仓库，消防设计审核和验收如何申请？"),
}


def _project(asker: Asker, request: Request) -> Answers:
    chance, where = request.chance, request.where
    assert asker.firm is not None  # noqa: S101 - the item is for firms
    firm = asker.firm.firm
    industry = industry_like(firm.industry)
    elsewhere = where.places.draw(chance)
    kind = chance.choices(list(_PROJECT_KINDS), weights=list(_PROJECT_KINDS.values()))[0]
    land = chance.choices(list(_LAND), weights=list(_LAND.values()))[0]
    plot = where.project_plot(request.number, industry.code, land)
    site = where.address(plot) if plot is not None else elsewhere
    answers: Answers = {
        "credit_code": firm.credit_code,
        "firm_name": firm.name,
        "legal_representative": firm.representative.name,
        "contact_name": asker.who.person.name,
        "contact_phone": asker.who.person.phone,
        "project_name": f"{firm.name.removesuffix('有限公司').removeprefix('广州')}"
        f"{where.places.district_name(site.district)}{industry.project}",
        "project_kind": kind,
        "industry": industry.division,
        "foreign_invested": chance.random() < 0.15,
        "total_investment": chance.randint(3, 900) * 1_000_000,
        "start_date": (request.today + timedelta(days=chance.randint(60, 300))).isoformat(),
        "content": f"建设{industry.project}及配套设施。{industry.scope}。",
        "division": site.street,
        "address": site.address,
        "land_use": land,
        "environment_class": chance.choices(list(_ENVIRONMENT), weights=list(_ENVIRONMENT.values()))[0],
        "hazardous": industry.is_hazardous,
        "truthful": ["confirmed"],
    }
    if land == "existing_building":
        answers["decoration_area"] = chance.randint(2, 90) * 100
    else:
        answers |= {"land_area": chance.randint(20, 900) * 100, "floor_area": chance.randint(20, 1500) * 100}
        if plot is not None:
            answers |= _on_plot(plot, where.draws.of("works", request.number))
    if chance.random() < 0.6:
        answers["energy_use"] = chance.randint(20, 9000)
    return answers


def _on_plot(plot: Plot, chance: Random) -> Answers:
    """What is to be built on a plot; a few want more than its plan allows."""
    floors = plot.far * plot.land_area * between(chance, HABITS.built_of_allowed)
    return {
        "plot": plot.code,
        "floor_area": round(floors, -1),
        "building_height": plot.storeys * STOREY,
    }


def _question(asker: Asker, request: Request) -> Answers:
    chance = request.chance
    agency = chance.choice(list(_QUESTIONS))
    subject, question = _QUESTIONS[agency]
    answers: Answers = {"subject": subject, "agency": agency, "question": question}
    if chance.random() < 0.7:
        answers["phone"] = asker.who.person.phone
    return answers


def _company(asker: Asker, request: Request) -> Answers:
    chance, where = request.chance, request.where
    industry = chance.choices(INDUSTRIES, weights=[each.share for each in INDUSTRIES])[0]
    office = where.office(request.number, where.places.draw(chance))
    person = asker.who.person
    owners = chance.randint(1, 5)
    answers: Answers = {
        "company_name": firm_name(chance, industry),
        "company_kind": "sole_limited" if owners == 1 else "limited",
        "industry": industry.division,
        "business_scope": industry.scope,
        "registered_capital": chance.choice((10, 50, 100, 200, 500, 1000)) * 10_000,
        "division": office.street,
        "address": office.address,
        "premises": chance.choices(("rented", "owned", "lent"), weights=(70, 22, 8))[0],
        "representative_name": person.name,
        "representative_id": person.resident_id,
        "representative_phone": person.phone,
        "shareholders": owners,
        "seals": ["company", "finance", "invoice"],
        "taxpayer": chance.choices(("small", "general"), weights=(70, 30))[0],
        "invoices": chance.random() < 0.6,
        "hires": chance.random() < 0.7,
        "delivery": chance.choice(("counter", "post")),
    }
    if answers["hires"]:
        answers["employees"] = chance.randint(1, 40)
    return answers


def _residence(asker: Asker, request: Request) -> Answers:
    chance, person = request.chance, asker.who.person
    home = request.where.home(person.username, person.home)
    purpose = chance.choices(("school", "housing", "bank", "other"), weights=(34, 30, 24, 12))[0]
    answers: Answers = {
        "name": person.name,
        "resident_id": person.resident_id,
        "phone": person.phone,
        "division": home.community,
        "address": home.address,
        "since": (request.today - timedelta(days=chance.randint(200, 6000))).isoformat(),
        "purpose": purpose,
        "delivery": chance.choices(("online", "post"), weights=(75, 25))[0],
    }
    if purpose == "other":
        answers["purpose_note"] = chance.choice(("办理入户", "申领居住证", "办理车辆登记"))
    return answers


WRITTEN: dict[str, Written] = {
    "investment_approval": Written(
        by_firm=True,
        write=_project,
        faults={
            "content": "请补充主要设备清单和生产工艺",
            "start_date": "计划开工日期与资金安排不符，请核对",
            "materials.feasibility": "请提交加盖咨询单位印章的完整报告",
        },
    ),
    "investment_consultation": Written(by_firm=False, write=_question, faults={}),
    "company_start": Written(
        by_firm=False,
        write=_company,
        faults={
            "company_name": "企业名称与已登记企业近似，请更换字号",
            "business_scope": "经营范围请使用规范表述",
            "materials.premises_proof": "住所使用证明缺少产权人签字，请重新提交",
        },
    ),
    "residence_certificate": Written(
        by_firm=False,
        write=_residence,
        faults={
            "since": "居住起始日期与租赁合同不一致，请核对",
            "materials.residence_proof": "上传的证明不清晰，请重新拍摄上传",
        },
    ),
    "residence_certificate_counter": Written(by_firm=False, write=_residence, faults={}),
}


def corrected(path: str, before: Json, person: SyntheticPerson, chance: Random, today: date) -> Json:
    """A better answer than the one before."""
    if path == "company_name":
        return firm_name(chance, chance.choice(INDUSTRIES))
    if path == "start_date":
        return (today + timedelta(days=chance.randint(150, 300))).isoformat()
    if path == "since":
        return (today - timedelta(days=chance.randint(200, 2000))).isoformat()
    return f"{before}（已按要求补充完善）" if isinstance(before, str) else before
