"""What the foot of every page of a government's site says (国办发〔2017〕47号; the shape of codes unchecked).

Site identification code, organiser, contact, the registration numbers, and the way to complain about
mistakes of the site (我为政府网站找错).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text

# Ten digits, the first six a division; of ministries ``bm`` and eight digits. Seen on sites, not in a rule.
_IDENTIFIER = re.compile(r"\d{10}|bm\d{8}")
_PHONE = re.compile(r"(\(?0\d{2,3}\)?[- ]?)?\d{7,8}(-\d{1,6})?|1\d{4}")
_ICP = re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]ICP备\d{8}号(-\d+)?")
_POLICE = re.compile(r"[\u4e00-\u9fff]公网安备\s?\d{14}号?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Footer:
    """The foot of a site's pages; ``complaint_address`` leads to the form for mistakes of the site."""

    identifier: str
    organiser: str
    phone: str
    icp_number: str
    police_number: str
    complaint_address: str


_FAULTS: dict[str, tuple[re.Pattern[str] | None, Text]] = {
    "identifier": (
        _IDENTIFIER,
        Text(
            "请填写网站标识码：10位数字，或“bm”加8位数字",
            "Give the site identification code: ten digits, or bm and eight",
        ),
    ),
    "organiser": (None, Text("请填写主办单位", "Say which organisation runs the site")),
    "phone": (_PHONE, Text("请填写联系电话，可带区号", "Give a telephone number, with its area code if any")),
    "icp_number": (
        _ICP,
        Text("请填写ICP备案号，如“粤ICP备12345678号”", "Give the ICP number, such as 粤ICP备12345678号"),
    ),
    "police_number": (
        _POLICE,
        Text(
            "请填写公安机关备案号，如“粤公网安备44010302000001号”",
            "Give the number of the police register, such as 粤公网安备44010302000001号",
        ),
    ),
    "complaint_address": (
        re.compile(r"(https?:/)?/\S+"),
        Text("请填写“我为政府网站找错”的地址", "Give the address at which mistakes of the site are reported"),
    ),
}


def footer_faults(footer: Footer) -> Iterator[FieldProblem]:
    """What the foot of a site lacks, or what cannot be right."""
    values = {
        "identifier": footer.identifier,
        "organiser": footer.organiser,
        "phone": footer.phone,
        "icp_number": footer.icp_number,
        "police_number": footer.police_number,
        "complaint_address": footer.complaint_address,
    }
    for name, (shape, text) in _FAULTS.items():
        value = values[name].strip()
        if not value or (shape is not None and shape.fullmatch(value) is None):
            yield FieldProblem(name, text)
