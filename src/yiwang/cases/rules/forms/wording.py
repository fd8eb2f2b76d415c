"""What people are told about an answer: what is wrong and what to do, naming the question."""

from __future__ import annotations

from datetime import date

from yiwang.kernel.days import day_text
from yiwang.kernel.text import Text

ENTER = Text("请填写“{label}”", "Enter “{label}”")
CHOOSE = Text("请选择“{label}”", "Choose an answer to “{label}”")
UPLOAD = Text("请上传“{label}”", "Upload “{label}”")
ADD_ROW = Text("请至少填写{least}项“{label}”", "Add at least {least} to “{label}”")
TOO_MANY_ROWS = Text("“{label}”不能超过{most}项", "“{label}” can have {most} entries at most")
TOO_LONG = Text("“{label}”不能超过{most}个字", "“{label}” must be {most} characters or fewer")
NOT_ALLOWED_SIGN = Text(
    "“{label}”含有无法识别的字符，请重新输入",
    "“{label}” contains characters that cannot be stored; type it again",
)
NOT_WHOLE = Text("“{label}”应为整数，例如 12", "“{label}” must be a whole number, such as 12")
NOT_NUMBER = Text("“{label}”应为数字，例如 12.5", "“{label}” must be a number, such as 12.5")
NOT_MONEY = Text(
    "“{label}”应为金额，最多两位小数，例如 1200.50",
    "“{label}” must be an amount of money, such as 1200.50",
)
TOO_LOW = Text("“{label}”不能小于{limit}", "“{label}” must be {limit} or more")
TOO_HIGH = Text("“{label}”不能大于{limit}", "“{label}” must be {limit} or less")
NOT_DATE = Text(
    "“{label}”应为真实存在的日期，例如 2026 年 11 月 21 日",
    "“{label}” must be a real date, such as 21 11 2026",
)
TOO_EARLY = Text("“{label}”不能早于{limit}", "“{label}” must be {limit} or later")
TOO_LATE = Text("“{label}”不能晚于{limit}", "“{label}” must be {limit} or earlier")
NOT_OPTION = Text("请从列出的选项中选择“{label}”", "Choose one of the listed answers to “{label}”")
NOT_PHONE = Text(
    "“{label}”应为手机号，或带区号的固定电话，例如 020-83123456",
    "“{label}” must be a mobile number, or a landline with its area code, such as 020-83123456",
)
NOT_EMAIL = Text(
    "“{label}”应为电子邮箱，例如 name@example.cn",
    "“{label}” must be an email address, such as name@example.cn",
)
NOT_POSTCODE = Text("“{label}”应为6位数字的邮政编码", "“{label}” must be a postcode of 6 digits")
NOT_DIVISION = Text("请从列表中选择“{label}”", "Choose “{label}” from the list")
NOT_INDUSTRY = Text(
    "“{label}”应为国民经济行业分类代码，例如 C39",
    "“{label}” must be an industry code (GB/T 4754), such as C39",
)
NO_ENTRY = Text(
    "“{label}”在登记簿中查不到（可能已注销），请重新选择",
    "“{label}” is not in the register, or no longer; choose again",
)
WRONG_AREA = Text("“{label}”：{reason}", "“{label}”: {reason}")
NOT_SO_SMALL = Text(
    "约{size}平方米，不能小于{limit}平方米", "it is about {size} m² and must be {limit} m² or more"
)
NOT_SO_LARGE = Text(
    "约{size}平方米，不能大于{limit}平方米", "it is about {size} m² and must be {limit} m² or less"
)
OUTSIDE_CITY = Text(
    "第{corner}个角点{place}在本市各区界线之外", "corner {corner}, {place}, lies outside the city’s districts"
)
AREA = Text("{corners}个角点，约{size}平方米：{places}", "{corners} corners, about {size} m²: {places}")
WRONG_PATTERN = Text("“{label}”格式不对：{hint}", "“{label}” is not in the right form: {hint}")
WRONG_CODE = Text("“{label}”{reason}", "“{label}”: {reason}")
WRONG_FILE_TYPE = Text(
    "“{label}”只接受{kinds}格式的文件", "“{label}” must be a file of one of these types: {kinds}"
)
FILE_TOO_LARGE = Text(
    "“{label}”的文件不能超过{most}兆字节", "A file for “{label}” must be {most} MB or smaller"
)
NOT_GIVEN = Text("未填写", "Not given")
YES = Text("是", "Yes")
NO = Text("否", "No")
YUAN = Text("元", "yuan")


def about(sentence: Text, label: Text, **values: object) -> Text:
    """A sentence about a question; values that are texts are put in by language."""
    shown = {"label": label, **values}
    return Text(
        sentence.zh.format(**{key: _in(value, "zh") for key, value in shown.items()}),
        sentence.en.format(**{key: _in(value, "en") for key, value in shown.items()}),
    )


def _in(value: object, language: str) -> object:
    if not isinstance(value, Text):
        return value
    return value.zh if language == "zh" else value.en


def day(iso: str) -> Text:
    """A day in words, from ISO 8601."""
    return day_text(date.fromisoformat(iso))
