"""By what people look for services: themes and events of life, in the order in which pages show them."""

from __future__ import annotations

from yiwang.kernel.text import Text

THEMES: dict[str, Text] = {
    "household": Text("户籍身份", "Identity and household"),
    "family": Text("婚姻生育", "Marriage and birth"),
    "education": Text("教育", "Education"),
    "work": Text("就业人事", "Work"),
    "social_insurance": Text("社会保险", "Social insurance"),
    "housing": Text("住房", "Housing"),
    "health": Text("医疗卫生", "Health"),
    "welfare": Text("社会救助", "Welfare"),
    "elderly": Text("老年人", "Older people"),
    "traffic": Text("交通出行", "Traffic"),
    "travel": Text("出入境和旅游", "Travel"),
    "culture": Text("文化", "Culture"),
    "legal": Text("法律服务", "Legal services"),
    "business": Text("企业经营", "Running a business"),
    "investment": Text("投资", "Investment"),
    "construction": Text("工程建设", "Construction"),
    "tax": Text("税务", "Tax"),
    "food": Text("食品", "Food"),
    "safety": Text("安全", "Safety"),
    "environment": Text("环境保护", "Environment"),
    "science": Text("科技和知识产权", "Science and patents"),
    "organisations": Text("社会组织", "Organisations"),
}
LIFE_EVENTS: dict[str, Text] = {
    "birth": Text("生孩子", "Having a child"),
    "school": Text("上学", "Going to school"),
    "grow_up": Text("成年", "Coming of age"),
    "find_job": Text("找工作", "Finding work"),
    "lose_job": Text("失业", "Losing a job"),
    "marry": Text("结婚", "Getting married"),
    "buy_home": Text("买房", "Buying a home"),
    "rent_home": Text("租房", "Renting a home"),
    "move": Text("来穗居住", "Moving to the city"),
    "car": Text("开车", "Driving"),
    "travel": Text("出国出境", "Going abroad"),
    "injury": Text("工伤", "Injured at work"),
    "hardship": Text("遇到困难", "In hardship"),
    "retire": Text("退休养老", "Retiring"),
    "start_company": Text("开办企业", "Starting a company"),
    "open_shop": Text("开店", "Opening a shop"),
    "invest": Text("投资建厂", "Investing"),
    "build_house": Text("建房", "Building"),
    "close_company": Text("注销企业", "Closing a company"),
}
#: Events that concern a firm rather than a person.
FIRM_EVENTS = frozenset({"start_company", "open_shop", "invest", "close_company"})
#: Icons of the design system by theme and event, where a page shows one.
THEME_ICONS: dict[str, str] = {
    "household": "person",
    "family": "heart",
    "education": "school",
    "work": "work",
    "social_insurance": "shield",
    "housing": "home",
    "health": "health",
    "welfare": "hand",
    "elderly": "elder",
    "traffic": "car",
    "travel": "globe",
    "culture": "file",
    "legal": "scale",
    "business": "building",
    "investment": "chart",
    "construction": "flow",
    "tax": "coin",
    "food": "seal",
    "safety": "warning",
    "environment": "tree",
    "science": "gear",
    "organisations": "people",
}
EVENT_ICONS: dict[str, str] = {
    "birth": "child",
    "school": "school",
    "grow_up": "person",
    "find_job": "work",
    "lose_job": "hand",
    "marry": "heart",
    "buy_home": "home",
    "rent_home": "plug",
    "move": "map",
    "car": "car",
    "travel": "globe",
    "injury": "health",
    "hardship": "hand",
    "retire": "elder",
    "start_company": "building",
    "open_shop": "coin",
    "invest": "chart",
    "build_house": "flow",
    "close_company": "leave",
}
#: Themes that firms look for beside their events, in the order of the front page.
FIRM_THEMES = ("construction", "tax", "environment", "science", "food", "safety", "organisations")
ITEM_TYPES: dict[str, Text] = {
    "licence": Text("行政许可", "Administrative licence"),
    "penalty": Text("行政处罚", "Administrative penalty"),
    "coercion": Text("行政强制", "Administrative coercion"),
    "levy": Text("行政征收", "Administrative levy"),
    "payment": Text("行政给付", "Administrative payment"),
    "inspection": Text("行政检查", "Administrative inspection"),
    "confirmation": Text("行政确认", "Administrative confirmation"),
    "reward": Text("行政奖励", "Administrative reward"),
    "adjudication": Text("行政裁决", "Administrative adjudication"),
    "other": Text("其他行政权力", "Other administrative power"),
    "public_service": Text("公共服务", "Public service"),
}
HANDLING: dict[str, Text] = {
    "immediate": Text("即办件", "Done at once"),
    "promised": Text("承诺件", "Promised time"),
}
APPLICANTS: dict[str, Text] = {
    "person": Text("个人", "Persons"),
    "legal_entity": Text("法人和其他组织", "Firms and organisations"),
}
CHANNELS: dict[str, Text] = {
    "online": Text("网上", "Online"),
    "counter": Text("窗口", "Counter"),
    "post": Text("邮寄", "Post"),
}
DELIVERY: dict[str, Text] = {
    "online": Text("网上下载", "download"),
    "counter": Text("窗口领取", "at the counter"),
    "post": Text("邮寄", "by post"),
}
ONLINE_DEPTH: dict[str, Text] = {
    "I": Text("Ⅰ级：网上查询、表格下载", "I: information and forms online"),
    "II": Text("Ⅱ级：网上预约、预审", "II: booking and pre-check online"),
    "III": Text("Ⅲ级：网上受理", "III: application online"),
    "IV": Text("Ⅳ级：全程网办", "IV: wholly online"),
}
NECESSITY: dict[str, Text] = {
    "required": Text("必要", "Required"),
    "conditional": Text("视情形", "In some cases"),
    "optional": Text("非必要", "Optional"),
}
UNITS: dict[str, Text] = {
    "working_days": Text("{n}个工作日", "{n} working days"),
    "working_minutes": Text("{n}分钟", "{n} minutes"),
    "calendar_days": Text("{n}日", "{n} days"),
}


def limit_text(amount: int, unit: str) -> Text:
    """Write a limit for people: ``20个工作日``; an item done at once with no wait says so."""
    if amount == 0:
        return Text("当场办结", "On the spot")
    if amount == 1 and unit == "working_days":
        return Text("1个工作日", "1 working day")
    return UNITS[unit].fill(n=amount)
