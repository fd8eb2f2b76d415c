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
#: Notes, which refuse nothing.
REPAIRED = "repaired"
OUTSIDE = "outside"
ELSEWHERE = "elsewhere"

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
    REPAIRED: Text(
        "提示：边界线自相交，已修补，面积变化{said}%",
        "Note: the border crossed itself and was repaired; area changed by {said}%",
    ),
    OUTSIDE: Text(
        "提示：图形在本市各区界线之外，请核对", "Note: the shape lies outside the city’s districts; check it"
    ),
    ELSEWHERE: Text(
        "提示：图形在{said}，与所填区划不符，请核对",
        "Note: the shape lies in {said}, not in the division that is given; check it",
    ),
    BEFORE_END: Text(
        "生效日期早于该登记项上一次注销的日期", "Valid from before the end of the retired entry of this key"
    ),
}


NOTHING = Text("—", "—")


def sentence(reason: str, field: FieldDefinition, said: Text = NOTHING) -> Text:
    """Put a reason's key into words for a field; never shows the value. ``said`` stands in notes."""
    if reason == FORM:
        return RULES[field.kind].wrong
    shown = {"longest": field.longest, "min": field.min, "max": field.max}
    text = _SENTENCES[reason]
    return Text(
        text.zh.format(title=field.title.zh, said=said.zh, **shown),
        text.en.format(title=field.title.en, said=said.en, **shown),
    )
