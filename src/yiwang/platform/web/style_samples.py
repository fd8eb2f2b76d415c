"""Made-up words of the style guide: believable matters of a city, no real person."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control, Option, StoredFile

FORM_LABELS = {
    "login": Text("电子邮箱", "Email address"),
    "password": Text("密码", "Password"),
    "way": Text("验证方式", "How to verify"),
    "remember": Text("在此设备上记住我", "Remember me on this device"),
}

_DISTRICTS = tuple(
    Option(
        value=code,
        label=label,
        group=Text("越秀区", "Yuexiu") if code < "440105" else Text("海珠区", "Haizhu"),
    )
    for code, label in (
        ("440104001", Text("洪桥街道", "Hongqiao Street")),
        ("440104002", Text("流花街道", "Liuhua Street")),
        ("440105001", Text("赤岗街道", "Chigang Street")),
        ("440105002", Text("新港街道", "Xingang Street")),
    )
)


def _notices() -> dict[str, object]:
    return {
        "crumbs": [
            {"text": Text("首页", "Home"), "href": "#"},
            {"text": Text("办事", "Services"), "href": "#"},
            {"text": Text("投资项目并联审批", "Joint approval of investment projects")},
        ],
        "tabs": [
            {"text": Text("待我办理", "For me"), "href": "#", "current": True, "count": 12},
            {"text": Text("本单位待领", "To be claimed"), "href": "#", "count": 38},
            {"text": Text("我已办", "Done by me"), "href": "#"},
        ],
        "tags": [
            {"text": Text("未开始", "Not started"), "tone": "neutral"},
            {"text": Text("已受理", "Accepted"), "tone": "info"},
            {"text": Text("办理中", "In progress"), "tone": "progress"},
            {"text": Text("待补正", "To be supplemented"), "tone": "warning"},
            {"text": Text("已办结", "Closed"), "tone": "success"},
            {"text": Text("不予许可", "Refused"), "tone": "danger"},
        ],
        "errors": [
            {"text": Text("请填写项目名称", "Enter the name of the project"), "href": "#q-project"},
            {
                "text": Text(
                    "身份证号码校验位不符，请核对", "The check digit of the identity number is wrong"
                ),
                "href": "#q-id",
            },
        ],
    }


def _clocks(today: date) -> list[dict[str, object]]:
    return [
        {"light": "green", "left": 12, "due": today + timedelta(days=18)},
        {"light": "yellow", "left": 2, "due": today + timedelta(days=3)},
        {"light": "yellow", "left": 0, "due": today},
        {"light": "red", "left": -3, "due": today - timedelta(days=5)},
        {"light": "green", "state": "stopped", "left": 7},
        {"light": "green", "state": "done", "left": 4},
        {"light": "green", "unit": "working_minute", "left": 90, "due": today},
    ]


def _records(now: datetime, today: date) -> dict[str, object]:
    clocks = _clocks(today)
    return {
        "clocks": clocks,
        "summary": [
            {
                "key": Text("项目名称", "Project"),
                "value": Text("珠江新城冷链物流仓库", "Pearl River New Town cold store"),
                "href": "#",
            },
            {
                "key": Text("建设单位", "Developer"),
                "value": Text("广州市示例物流有限公司", "Guangzhou Example Logistics Ltd"),
                "href": "#",
            },
            {"key": Text("总投资", "Investment"), "value": Text("86,000,000元", "¥86,000,000")},
            {
                "key": Text("材料", "Materials"),
                "value": [
                    {"text": Text("申请书.pdf", "application.pdf"), "href": "#", "note": "182 KB"},
                    {"text": Text("总平面图.pdf", "site plan.pdf"), "href": "#", "note": "2.4 MB"},
                ],
                "href": "#",
            },
            {
                "key": Text("状态", "Status"),
                "value": {"text": Text("办理中", "In progress"), "tone": "progress"},
            },
        ],
        "columns": [
            {"key": "number", "label": Text("办件编号", "Case number"), "head": True},
            {"key": "item", "label": Text("事项", "Item"), "sort_href": "#", "sorted": "ascending"},
            {"key": "applicant", "label": Text("申请人", "Applicant")},
            {"key": "fee", "label": Text("费用（元）", "Fee (yuan)"), "numeric": True},
            {"key": "status", "label": Text("状态", "Status")},
            {"key": "clock", "label": Text("时限", "Time left")},
        ],
        "rows": [
            {
                "number": {"text": f"GZ-2026-00{number}", "href": "#"},
                "item": item,
                "applicant": Text("广州市示例有限公司", "Guangzhou Example Ltd"),
                "fee": fee,
                "status": {"text": status, "tone": tone},
                "clock": {"clock": clocks[at]},
            }
            for at, (number, item, fee, status, tone) in enumerate(
                (
                    (
                        41872,
                        Text("建设工程规划许可", "Planning permit for construction"),
                        1280,
                        Text("办理中", "In progress"),
                        "progress",
                    ),
                    (
                        41873,
                        Text("人防工程设计审查", "Civil air defence design review"),
                        0,
                        Text("待补正", "To be supplemented"),
                        "warning",
                    ),
                    (
                        41880,
                        Text("消防设计审核", "Fire safety design review"),
                        0,
                        Text("今日到期", "Due today"),
                        "warning",
                    ),
                    (
                        41903,
                        Text("环境影响评价审批", "Environmental impact approval"),
                        350,
                        Text("超期", "Overdue"),
                        "danger",
                    ),
                )
            )
        ],
        "events": [
            {
                "title": Text("颁发《建设工程规划许可证》", "Planning permit issued"),
                "at": now,
                "by": Text("市规划局", "Planning Bureau"),
                "tone": "success",
                "links": [{"text": Text("下载证照", "Download the licence"), "href": "#"}],
            },
            {
                "title": Text("专家评审，停止计时", "Expert review, clock stopped"),
                "at": now - timedelta(days=9),
                "by": Text("市建委", "Construction Commission"),
                "tone": "muted",
                "text": Text(
                    "依据《行政许可法》第四十五条，专家评审所需时间不计入期限。",
                    "Under article 45 of the Administrative Licensing Law, expert review is not counted.",
                ),
            },
            {
                "title": Text("发出黄牌预警", "Yellow card"),
                "at": now - timedelta(days=11),
                "by": Text("市监察局", "Supervision Bureau"),
                "tone": "warning",
            },
            {
                "title": Text("受理申请", "Application accepted"),
                "at": now - timedelta(days=20),
                "by": Text("政务服务中心12号窗口", "Service Centre, counter 12"),
            },
        ],
    }


def _courses() -> dict[str, object]:
    return {
        "tasks": [
            {
                "title": Text("项目基本情况", "About the project"),
                "href": "#",
                "status": Text("已完成", "Done"),
                "tone": "success",
            },
            {
                "title": Text("用地与规模", "Land and size"),
                "hint": Text("需要用地红线图", "You will need the site boundary map"),
                "href": "#",
                "status": Text("填写中", "In progress"),
                "tone": "progress",
            },
            {
                "title": Text("上传材料", "Upload documents"),
                "href": "#",
                "status": Text("未开始", "Not started"),
                "tone": "neutral",
            },
            {
                "title": Text("确认并提交", "Check and submit"),
                "status": Text("尚不能开始", "Cannot start yet"),
                "tone": "neutral",
            },
        ],
        "steps": [
            {"title": Text("申请", "Apply"), "note": Text("11月2日", "2 November")},
            {"title": Text("受理", "Acceptance"), "note": Text("11月3日", "3 November")},
            {"title": Text("并联审查", "Joint review"), "note": Text("5个部门", "5 departments")},
            {"title": Text("决定", "Decision")},
            {"title": Text("送达", "Delivery")},
        ],
        "stats": [
            {"label": Text("今日受理", "Accepted today"), "value": 1284, "unit": Text("件", "cases")},
            {
                "label": Text("按时办结率", "Closed on time"),
                "value": "99.2",
                "unit": "%",
                "tone": "success",
                "note": Text("比上月高0.3个百分点", "0.3 points above last month"),
            },
            {
                "label": Text("黄牌", "Yellow cards"),
                "value": 17,
                "unit": Text("张", "cards"),
                "tone": "warning",
                "href": "#",
            },
            {
                "label": Text("红牌", "Red cards"),
                "value": 3,
                "unit": Text("张", "cards"),
                "tone": "danger",
                "href": "#",
            },
        ],
        "cards": [
            {
                "title": Text("开办企业", "Start a company"),
                "text": Text(
                    "营业执照、印章、税务、社保，一表申请",
                    "Licence, seal, tax and social insurance in one form",
                ),
                "href": "#",
                "icon": "building",
                "meta": [Text("4个部门", "4 departments"), Text("1个工作日", "1 working day")],
            },
            {
                "title": Text("投资项目审批", "Investment projects"),
                "text": Text("一份材料，各部门并联审查", "One set of documents, reviewed side by side"),
                "href": "#",
                "icon": "flow",
                "meta": [Text("6个部门", "6 departments"), Text("45个工作日", "45 working days")],
            },
            {
                "title": Text("居住证明", "Certificate of residence"),
                "text": Text(
                    "窗口即办，也可网上申请、邮寄送达", "At the counter at once, or online and by post"
                ),
                "href": "#",
                "icon": "home",
                "meta": Text("即办件", "At once"),
            },
        ],
        "menu": [
            {"title": Text("待办", "Inbox"), "href": "#", "current": True, "count": 12, "icon": "inbox"},
            {"title": Text("窗口收件", "Counter"), "href": "#", "icon": "hand"},
            {"title": Text("全部办件", "All cases"), "href": "#", "icon": "list"},
            {
                "title": Text("监察看板", "Supervision board"),
                "href": "#",
                "icon": "eye",
                "group": Text("监督", "Supervision"),
                "count": 3,
            },
            {
                "title": Text("统计月报", "Monthly report"),
                "href": "#",
                "icon": "chart",
                "group": Text("监督", "Supervision"),
            },
        ],
        "chosen": [
            {"text": Text("状态：办理中", "Status: in progress"), "href": "#"},
            {"text": Text("市规划局", "Planning Bureau"), "href": "#"},
        ],
        "filters": [
            Control(
                kind="text", name="f-q", label=Text("编号或申请人", "Number or applicant"), required=True
            ),
            Control(
                kind="division",
                name="f-division",
                label=Text("区域", "Area"),
                options=_DISTRICTS,
                required=True,
            ),
        ],
    }


def _controls(today: date) -> list[Control]:
    return [
        Control(
            kind="text",
            name="project",
            label=Text("项目名称", "Name of the project"),
            hint=Text("与立项文件一致。", "As in the project decision."),
            errors=(Text("请填写项目名称", "Enter the name of the project"),),
        ),
        Control(
            kind="long_text",
            name="summary",
            label=Text("项目概况", "About the project"),
            max_length=300,
            required=False,
            value="本项目位于珠江新城。",
        ),
        Control(
            kind="integer",
            name="storeys",
            label=Text("地上层数", "Storeys above ground"),
            unit=Text("层", "storeys"),
            value=12,
        ),
        Control(
            kind="decimal",
            name="area",
            label=Text("建筑面积", "Floor area"),
            unit=Text("平方米", "m²"),
            value="18250.5",
        ),
        Control(kind="money", name="invest", label=Text("总投资", "Investment"), value="86000000"),
        Control(kind="date", name="start", label=Text("计划开工日期", "Planned start"), value=today),
        Control(
            kind="yes_no",
            name="cold",
            label=Text("是否使用液氨制冷", "Is ammonia used for cooling?"),
            value=False,
        ),
        Control(
            kind="choice",
            name="delivery",
            label=Text("结果领取方式", "How to receive the result"),
            value="post",
            options=(
                Option(value="counter", label=Text("窗口领取", "At the counter")),
                Option(
                    value="post",
                    label=Text("邮寄送达", "By post"),
                    hint=Text("邮费由政府承担，约2个工作日。", "Paid by the city, about 2 working days."),
                ),
                Option(value="online", label=Text("仅电子证照", "Electronic licence only")),
            ),
        ),
        Control(
            kind="choices",
            name="departments",
            label=Text("涉及的审查", "Reviews that apply"),
            hint=Text("可多选。", "Choose all that apply."),
            value=["fire"],
            options=(
                Option(value="fire", label=Text("消防设计", "Fire safety")),
                Option(value="air", label=Text("人防工程", "Civil air defence")),
                Option(value="environment", label=Text("环境影响", "Environment")),
            ),
        ),
        Control(
            kind="id_number",
            name="id",
            label=Text("经办人身份证号码", "Identity number of the agent"),
            value="440104199001011230",
            errors=(Text("身份证号码校验位不符，请核对", "The check digit of the identity number is wrong"),),
        ),
        Control(
            kind="credit_code",
            name="code",
            label=Text("统一社会信用代码", "Unified social credit code"),
            value="91440101MA00000007",
            source=Text("市工商局企业登记库", "the company register"),
            readonly=True,
        ),
        Control(kind="phone", name="phone", label=Text("手机号码", "Mobile number")),
        Control(kind="email", name="email", label=Text("电子邮箱", "Email address"), required=False),
        Control(
            kind="division", name="division", label=Text("所在街道", "Street office"), options=_DISTRICTS
        ),
        Control(
            kind="address",
            name="address",
            label=Text("项目地址", "Address of the project"),
            options=_DISTRICTS,
            value={"division": "440105001", "detail": "阅江中路1号"},
        ),
        Control(
            kind="file",
            name="plan",
            label=Text("总平面图", "Site plan"),
            accept=(".pdf", ".dwg"),
            max_bytes=20_000_000,
            value=[StoredFile(key="1", name="总平面图-2026-10.pdf", size=2_400_000, href="#")],
        ),
        Control(
            kind="group",
            name="agent",
            label=Text("联系人", "Contact person"),
            children=(
                Control(
                    kind="text", name="agent.name", label=Text("姓名", "Name"), width=16, autocomplete="name"
                ),
                Control(kind="phone", name="agent.phone", label=Text("电话", "Phone")),
            ),
        ),
    ]


def everything(*, now: datetime, today: date) -> dict[str, object]:
    """Give the sample values by component."""
    return {
        **_notices(),
        **_records(now, today),
        **_courses(),
        "controls": _controls(today),
        "now": now,
        "today": today,
    }
