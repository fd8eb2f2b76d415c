"""Why a value is refused, in words. The database gives the key, this module the sentence."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.registers.definitions import FieldDefinition
from yiwang.registers.rules.field_kinds import RULES

REQUIRED = "required"
FORMULA = "formula"
FORM = "form"
LONG = "long"
LOW = "low"
HIGH = "high"
TAKEN = "taken"
TWICE = "twice"
NO_REFERENCE = "no_reference"
BEFORE_END = "before_end"
CROSSING = "crossing"

_SENTENCES = {
    REQUIRED: Text("必填", "Must be given"),
    FORMULA: Text("单元格是电子表格公式，不予接收", "The cell is a spreadsheet formula, which is not taken"),
    LONG: Text("超过 {longest} 个字符", "Longer than {longest} characters"),
    LOW: Text("小于最小值 {min}", "Less than {min}"),
    HIGH: Text("大于最大值 {max}", "Greater than {max}"),
    TAKEN: Text("登记簿中已有相同的“{title}”", "The register has an entry with this “{title}” already"),
    TWICE: Text("文件中“{title}”重复", "The file has this “{title}” twice"),
    NO_REFERENCE: Text("引用的登记不存在", "The entry referred to does not exist"),
    CROSSING: Text("边界线自相交，或环之间相交", "The border crosses itself, or rings cross each other"),
    BEFORE_END: Text(
        "生效日期早于该登记项上一次注销的日期", "Valid from before the end of the retired entry of this key"
    ),
}


def sentence(reason: str, field: FieldDefinition) -> Text:
    """Put a reason's key into words for a field; never shows the value."""
    if reason == FORM:
        return RULES[field.kind].wrong
    shown = {"longest": field.longest, "min": field.min, "max": field.max}
    text = _SENTENCES[reason]
    return Text(text.zh.format(title=field.title.zh, **shown), text.en.format(title=field.title.en, **shown))
