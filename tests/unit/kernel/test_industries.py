"""GB/T 4754-2017 as we hold it: twenty sections, ninety-seven divisions, numbered without a gap."""

from __future__ import annotations

from yiwang.kernel.industries import industries
from yiwang.kernel.text import Text


def test_sections_and_divisions_are_whole():
    codes = list(industries())

    assert [code for code in codes if len(code) == 1] == list("ABCDEFGHIJKLMNOPQRST")
    assert sorted(int(code[1:]) for code in codes if len(code) == 3) == list(range(1, 98))


def test_a_division_stands_in_its_section():
    assert industries()["C39"] == Text(
        "计算机、通信和其他电子设备制造业", "Computers, communication and other electronic equipment"
    )
    assert industries()["I65"].zh == "软件和信息技术服务业"
