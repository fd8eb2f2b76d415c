"""What people write in the simulation: grounds, answers, questions. Chinese, as the city's papers are."""

from __future__ import annotations

from random import Random

from yiwang.cases.contracts import CardLevel, Outcome, StopGround

#: Note of a step that is done, by step.
_DONE = {
    "examine": ("经审查，申报材料齐全，符合法定形式，建议同意。", "经现场核查，与申报内容一致，建议同意。"),
    "draft": ("各部门意见已汇总，拟作出批准决定，请审定。", "汇总各部门意见，附加条件已列入批准书。"),
    "draft_refusal": ("有部门不同意，拟作出不予批准决定并说明理由。",),
    "seal": ("公章刻制备案已完成。",),
    "tax": ("税务登记已完成，已核定税种。",),
    "social_insurance": ("社会保险账户已开立。",),
    "deliver": ("证照和材料已送达申请人。", "已通过邮政速递寄出。"),
}
_ANSWERS = (
    "您好，您所咨询的事项属于备案类，请通过“投资项目并联审批”在线申报，五个工作日内反馈意见。",
    "您好，根据现行规定，该情形需要编制环境影响报告表，请委托有资质的单位编制后一并申报。",
    "您好，建议先取得规划选址意见，再办理用地预审，我单位可以提前介入指导。",
)
_GROUNDS: dict[str, tuple[str, ...]] = {
    Outcome.ACCEPT: ("申请材料齐全、符合法定形式，予以受理。",),
    Outcome.NOT_ACCEPTED: ("申请事项不属于本机关职权范围，不予受理。",),
    Outcome.APPROVE: ("经审查，符合法定条件和标准，同意。", "材料齐全，符合规定，同意。"),
    Outcome.CONDITIONAL: ("原则同意，须落实下列要求。",),
    Outcome.REFUSE: ("经审查，不符合法定条件，不予批准。", "选址与现行规划不符，不同意。"),
    Outcome.RETURN: ("意见表述不完整，请补充核查后重新报送。",),
}
_CONDITIONS = (
    "施工前应落实扬尘和噪声控制措施，并向社会公示。",
    "投入使用前应通过消防验收，保持消防通道畅通。",
    "应按批准的总平面图实施，不得擅自改变用途。",
)
ARTICLES: dict[str, tuple[str, ...]] = {
    Outcome.APPROVE: ("《中华人民共和国行政许可法》第三十八条第一款",),
    Outcome.CONDITIONAL: ("《中华人民共和国行政许可法》第三十八条第一款",),
    Outcome.REFUSE: ("《中华人民共和国行政许可法》第三十八条第二款",),
}
QUESTIONS = (
    "请问目前办理到哪一步了？",
    "补充材料可以网上提交吗？",
    "请问领取证照需要带什么？",
    "联系电话有变更，请按新号码联系。",
)
REPLIES = (
    "您好，您的申请正在审查中，将在承诺时限内办结，进度可以网上查询。",
    "您好，可以网上提交，无需到现场。",
    "您好，凭身份证原件到综合窗口领取即可，也可以选择邮寄。",
)
RATINGS = {
    5: ("办事很快，态度很好。", "全程网上办，一次没跑。", ""),
    4: ("比较满意。", "流程清楚，进度能查到。", ""),
    3: ("还可以，希望再快一点。", ""),
    2: ("等的时间比较长。", "补正的要求没有一次说清楚。"),
    1: ("超过承诺时间才办好。", "窗口排队太久。"),
}
RATING_REPLIES = (
    "感谢您的评价，我们已核实情况并改进流程。",
    "对给您带来的不便表示歉意，已督促经办人员按时办理。",
)
_NOTICES = {
    CardLevel.YELLOW: "该件已亮黄牌，请说明原因，尽快办结。",
    CardLevel.RED: "该件已超过承诺时限，请说明超时原因、责任人员和整改措施，并限期办结。",
}
NOTICE_REPLIES = (
    "经查，因专家评审时间延后造成超时，已安排专人跟进，预计两个工作日内办结。",
    "因经办人员外出培训，交接不及时，已调整人员并加强提醒。",
    "需要相关部门补充意见，已催办，将尽快反馈。",
)
CLOSINGS = ("情况属实，已办结，予以结案。", "整改措施到位，予以结案。")
_STOPS = {
    StopGround.HEARING: "申请事项直接涉及他人重大利益关系，依法组织听证。",
    StopGround.EXPERT_REVIEW: "技术方案需要组织专家评审。",
    StopGround.INSPECTION: "需要到现场勘验核查。",
    StopGround.TEST: "需要委托检测鉴定。",
    StopGround.THIRD_PARTY: "需要征求利害关系人意见。",
}
RESUMED = ("程序已结束，结论已归档，恢复计时。",)
EXTENSION = ("项目情况复杂，需要多部门会商，申请延长期限。", "需要等待上级部门批复意见，申请延长期限。")
WITHDRAWALS = ("项目计划调整，申请撤回。", "信息填写有误，撤回后重新申报。", "暂不需要办理。")
TRANSFERRED = "工作分工调整，转由同事办理。"
TRANSFERRED_AWAY = "所问事项主要属于贵单位职责，请协助答复。"
RETURNED = "汇总材料与部门意见不一致，请重新核对。"
ADDED = "项目涉及结建人防工程，增加征求意见。"


def done_note(node: str, chance: Random) -> str:
    """What an officer notes when a step is done."""
    if node == "answer":
        return chance.choice(_ANSWERS)
    return chance.choice(_DONE.get(node, ("已办理。",)))


def grounds(outcome: str, chance: Random) -> str:
    """Grounds of an outcome."""
    return chance.choice(_GROUNDS.get(outcome, ("已办理。",)))


def conditions(outcome: str, chance: Random) -> str:
    """Conditions of a conditional approval."""
    return chance.choice(_CONDITIONS) if outcome == Outcome.CONDITIONAL else ""


def notice(level: str) -> str:
    """What supervision asks about a card."""
    return _NOTICES[CardLevel(level)]


def stop_reason(ground: StopGround) -> str:
    """Why the clock stands still."""
    return _STOPS[ground]
