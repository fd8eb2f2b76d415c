"""What a demonstration city puts before its people: a draft, a survey, proposals, a budget to vote on.

All of it is made up. Whoever opens these pages first should see how they look in use.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from yiwang.cli.simulation.staff import Staff
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.portal.talking import api
from yiwang.portal.talking.rules.budgeting import Terms, Way
from yiwang.portal.talking.rules.consulting import DraftKind
from yiwang.portal.talking.rules.voting import SurveyKind

_OUT_FOR = timedelta(days=60)
_DRAFT = """# 总则
为了规范市政公园的开放和使用，方便市民休憩、健身和亲子活动，制定本办法。
# 开放时间
公园每日六时至二十二时开放；夏季延长至二十三时。因活动、维修需要调整的，提前三日在公园入口和政府网站公告。
# 自带帐篷
在划定的草坪可以搭设遮阳帐篷，不得过夜，不得打桩、生火。
# 宠物入园
犬只在划定的区域活动，应当系绳，由成年人牵领，粪便即时清理。"""
_COMMENTS = (
    (2, "建议冬季也开放到二十三时，附近很多人下班后才来跑步。"),
    (4, "宠物活动区最好有围栏和饮水点，和儿童游乐区分开。"),
    (0, "办法应当写明投诉电话和答复时限。"),
)
_SURVEY = """? 您最近一次办事用的是哪种方式
- 网上
- 政务服务中心窗口
- 自助终端
- 电话12345
?? 哪些地方还可以更好
- 指引再清楚些
- 材料再少些
- 网上填写再简单些
- 周末也有人值班
- 对老年人更周到
??? 还有什么想告诉我们的"""
_SAID: tuple[dict[str, tuple[str, ...]], ...] = (
    {"q1": ("o1",), "q2": ("o1", "o3"), "q3": ("填过的内容下次能自动带出来。",)},
    {"q1": ("o2",), "q2": ("o4",)},
    {"q1": ("o1",), "q2": ("o2", "o5")},
)
_PROJECTS = """# 流花湖路段加装路灯 | 180000
现有路灯间距过大，夜间昏暗。加装二十盏节能路灯。
# 社区图书角 | 60000
在三个社区活动室各设一个图书角，含书架、桌椅和首批图书。
# 旧楼加装扶手 | 95000
为二十栋没有电梯的旧楼楼梯加装第二道扶手。
# 口袋公园 | 220000
把一块闲置边角地改为带座椅、树木和儿童滑梯的小公园。"""
_CHOSEN = ((1, 2), (2, 3), (4,))


@dataclass(frozen=True, slots=True)
class _Proposal:
    organisation: str
    title: str
    body: str


_PROPOSALS = (
    _Proposal("parks", "公园北门增设无障碍坡道", "北门只有台阶，推婴儿车和坐轮椅的人都要绕行八百米。"),
    _Proposal("transport", "医院门口公交站加装遮雨棚", "站台没有遮挡，下雨天老人候车很不方便。"),
)


def begin_conversations(staff: Staff, citizens: Sequence[Actor], *, at: datetime) -> None:
    """Put them out, and let the first people say something; nothing happens where something is out."""
    if api.public_proposals().exists():
        return
    day = timezone.localdate(at)
    head, city = staff.one("parks", "approver"), staff.one("general_office", "approver")
    draft = api.draft_consultation(
        actor=head,
        at=at,
        kind=DraftKind.NORMATIVE,
        title=Text("广州市公园开放管理办法（征求意见稿）", "Rules for the opening of city parks (draft)"),
        summary=Text(
            "公园开放时间、帐篷和宠物怎么管，请您提意见。",
            "Opening hours, tents and pets in parks: tell us what you think.",
        ),
        text=_DRAFT,
        opens_on=day,
        closes_on=day + _OUT_FOR,
    )
    api.put_out_consultation(actor=head, at=at, consultation=draft)
    for who, (section, words) in zip(citizens, _COMMENTS, strict=False):
        api.give_comment(actor=who, at=at, consultation=draft, section=section, body=words)
    survey = api.draft_survey(
        actor=city,
        at=at,
        kind=SurveyKind.SURVEY,
        title=Text("政务服务满意度问卷", "How are the city's services?"),
        summary=Text("三个问题，一分钟。", "Three questions, one minute."),
        questions=_SURVEY,
        opens_on=day,
        closes_on=day + _OUT_FOR,
    )
    api.put_out_survey(actor=city, at=at, survey=survey)
    for who, said in zip(citizens, _SAID, strict=False):
        api.cast_ballot(actor=who, at=at, survey=survey, said=said)
    _vote_on_a_budget(city, citizens, at=at)
    _propose(staff, citizens, at=at)


def _vote_on_a_budget(head: Actor, citizens: Sequence[Actor], *, at: datetime) -> None:
    budget = api.draft_budget(
        actor=head,
        at=at,
        title=Text("2027年社区微改造资金", "Small works in communities, 2027"),
        summary=Text("三十万元花在哪里，由居民选。", "Residents choose what 300,000 yuan are spent on."),
        terms=Terms(amount=300_000, way=Way.WITHIN, most=0),
        projects=_PROJECTS,
        opens_on=timezone.localdate(at),
        closes_on=timezone.localdate(at) + _OUT_FOR,
    )
    api.put_out_budget(actor=head, at=at, budget=budget)
    for who, chosen in zip(citizens, _CHOSEN, strict=False):
        api.vote_on_budget(actor=who, at=at, budget=budget, chosen=chosen)


def _propose(staff: Staff, citizens: Sequence[Actor], *, at: datetime) -> None:
    for given, who in zip(_PROPOSALS, citizens, strict=False):
        words = {"title": given.title, "body": given.body}
        made = api.give_proposal(actor=who, at=at, organisation=given.organisation, **words)
        reader = staff.one(given.organisation, "reviewer")
        api.publish_proposal(actor=reader, at=at, proposal=made, **words)
        for other in citizens:
            if other.person_id != who.person_id:
                api.support_proposal(actor=other, at=at, proposal=made)
