"""The publication gate against naive oracles, and a page with one fault of each kind."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from yiwang.kernel.codes import make_resident_id
from yiwang.kernel.text import Text
from yiwang.portal.publishing.contracts import (
    Attachment,
    ColourPair,
    Document,
    Finding,
    GateResult,
    Heading,
    Link,
    Paragraph,
    Picture,
    Rule,
    Severity,
    Table,
)
from yiwang.portal.publishing.definitions import DEFAULT_SEVERITIES, GateRules, SensitiveWord, WordLists
from yiwang.portal.publishing.lists import default_lists
from yiwang.portal.publishing.rules.bank_cards import fits_luhn
from yiwang.portal.publishing.rules.gate import addresses, check_page
from yiwang.portal.publishing.rules.impossible_dates import exists
from yiwang.portal.publishing.rules.sentences import SENTENCES

ON = date(2026, 11, 22)
WIDE = str.maketrans("0123456789X", "".join(chr(ord(sign) + 0xFEE0) for sign in "0123456789X"))
NUMBER = make_resident_id("440103", date(1990, 1, 1), 123)
NARROW = {wide: chr(narrow) for narrow, wide in WIDE.items() if isinstance(wide, int)}
GOOD = Picture(alt="市民在服务中心办事", size=200_000, width=1200, height=800)


def look(document: Document, rules: GateRules | None = None, **more: object) -> GateResult:
    return check_page(document, on=ON, rules=rules or GateRules(), lists=default_lists(), **more)


def found(result: GateResult) -> list[tuple[Rule, int, str, int]]:
    return [(one.rule, one.place.block, one.place.field, one.place.offset) for one in result.findings]


def in_paragraph(source: str) -> tuple[Finding, ...]:
    return look(Document(title="通知", blocks=(Paragraph(html=source),))).findings


def test_b29_a_page_with_one_fault_of_each_kind():
    document = Document(
        title="关于按装电梯的通知",
        summary="残废人补贴",
        blocks=(
            Heading(text="第一部分", level=3),
            Paragraph(
                html=f"<p>经办人 {NUMBER}</p><p>&nbsp;</p><p>电话13800138000,卡号6222 0000 0000 0009</p>"
            ),
            Picture(alt=" ", size=3_000_000, width=800, height=600, name="电梯.jpg"),
            Table(rows=(("日期", "事项"), ("2026年2月30日", "公示"))),
            Attachment(name="申请表.docx", address="/files/1"),
            Link(text="点击这里", address="https://www.gz.gov.cn/gone"),
            Paragraph(html='<p style="color:#999">浅色文字</p>'),
        ),
        colours=(ColourPair(foreground="#777777", background="#fff"),),
    )

    result = look(document, reach=lambda address: address != "https://www.gz.gov.cn/gone")

    assert found(result) == [
        (Rule.CONTRAST, 0, "colour 1", 0),
        (Rule.MISTYPED_WORD, 0, "title", 2),
        (Rule.SENSITIVE_WORD, 0, "summary", 0),
        (Rule.HEADING_ORDER, 1, "text", 0),
        (Rule.IDENTITY_NUMBER, 2, "html", 7),
        (Rule.EMPTY_PARAGRAPH, 2, "html", 29),
        (Rule.MOBILE_NUMBER, 2, "html", 47),
        (Rule.BANK_CARD, 2, "html", 61),
        (Rule.ALTERNATIVE_TEXT, 3, "alt", 0),
        (Rule.PICTURE_SIZE, 3, "name", 0),
        (Rule.IMPOSSIBLE_DATE, 4, "cell 2.1", 0),
        (Rule.DEAD_LINK, 6, "address", 0),
        (Rule.LINK_TEXT, 6, "address", 0),
        (Rule.CONTRAST, 7, "html", 0),
    ]
    assert not result.may_go_out
    assert {one.rule for one in result.blocking} == {
        rule for rule, severity in DEFAULT_SEVERITIES.items() if severity is Severity.BLOCKING
    }
    assert [one.place.excerpt for one in result.findings[4:8]] == [
        "经办人 440*************36 电话138**",
        "",
        "***36 电话138******00,卡号622* ****",
        "8******00,卡号622* **** **** **09",
    ]
    assert NUMBER not in str(result)
    assert result.findings[0].text == Text(
        "文字与背景的对比度为4.47:1，应不低于4.5:1。请加深文字颜色或者调整背景。",
        "The contrast of text and background is 4.47:1; it must be at least 4.5:1. Change a colour.",
    )


@pytest.mark.parametrize(
    "source",
    [
        "证号{n}。",
        "证号{n}。".translate(WIDE).replace("{n}", "{wide}"),
        "证号440103<b>19900101</b>1236。",
        "证号440103&#49;99001011236。",
        "证号440103 1990-01-01 1236。",
        "证号4401\u200b03\u200d199001\ufeff011236。",
        '<a href="/people?id={n}">张同志的登记</a>',
        '<img src="/1.png" alt="{n}">',
    ],
)
def test_b29_an_identity_number_is_found_in_every_disguise(source):
    findings = in_paragraph(source.format(n=NUMBER, wide=NUMBER.translate(WIDE)))

    assert [one.rule for one in findings] == [Rule.IDENTITY_NUMBER]
    shown = findings[0].place.excerpt.translate(NARROW)
    assert re.sub(r"[^0-9*]", "", shown) == "440*************36"


@pytest.mark.parametrize(
    "text",
    [
        "项目代码2019-440103-48-01-012345",
        "统一社会信用代码914401010000000010",
        "电话020-83123456转13800",
        "证号440103199001011237（校验位不符）",
        "证号440103199013011236（没有这个月）",
        "建设规模13,800,138,000元",
        "订单4401031990010112361",
        "号码12800138000",
    ],
)
def test_b29_other_long_numbers_are_left_alone(text):
    assert in_paragraph(text) == ()


FILLER = st.text(alphabet="市民 。，中心a-", max_size=6)
KINDS = {
    Rule.IDENTITY_NUMBER: st.builds(
        make_resident_id,
        st.sampled_from(["440103", "110101", "650102"]),
        st.dates(date(1900, 1, 1), date(2026, 1, 1)),
        st.integers(1, 999),
    ),
    Rule.MOBILE_NUMBER: st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    Rule.BANK_CARD: st.from_regex(r"6[0-9]{14}", fullmatch=True).map(
        lambda body: next(f"{body}{check}" for check in range(10) if fits_luhn(f"{body}{check}"))
    ),
}
PLANTED = st.sampled_from(sorted(KINDS)).flatmap(lambda rule: st.tuples(st.just(rule), KINDS[rule]))


@settings(max_examples=150)
@given(
    st.lists(st.tuples(FILLER, PLANTED), max_size=4),
    st.sampled_from(["", "\u200b", "\ufeff\u2060"]),
    st.booleans(),
)
def test_b29_planted_numbers_are_found_where_they_stand_and_shown_to_nobody(parts, unseen, wide):
    text, wanted = "", []
    for filler, (rule, number) in parts:
        text += filler + "、"
        wanted.append((rule, 0, "title", len(text)))
        disguised = unseen.join(number)
        text += (disguised.translate(WIDE) if wide else disguised) + "；"

    result = look(Document(title=text))

    assert found(result) == wanted
    for finding in result.findings:
        assert re.search(r"\d{4}", finding.place.excerpt) is None


def test_b29_a_number_that_an_office_has_published_may_stand():
    page = Document(title="咨询电话138 0013 8000")

    assert [one.rule for one in look(page).findings] == [Rule.MOBILE_NUMBER]
    assert look(page, GateRules(published_numbers=("13800138000",))).findings == ()


def slow_luhn(number: str) -> bool:
    doubled = {"0": 0, "1": 2, "2": 4, "3": 6, "4": 8, "5": 1, "6": 3, "7": 5, "8": 7, "9": 9}
    plain = [int(digit) for digit in number[::-1][::2]]
    return (sum(plain) + sum(doubled[digit] for digit in number[::-1][1::2])) % 10 == 0


@given(st.from_regex(r"[0-9]{16,19}", fullmatch=True))
def test_b29_the_check_digit_of_cards_is_luhns(number):
    assert fits_luhn(number) is slow_luhn(number)


LISTS = WordLists(
    sensitive=(
        SensitiveWord(
            word="残废",
            reason=Text("不用。", "not used."),
            unless=("残废墟",),
            source="test",
            severity=Severity.ADVICE,
        ),
    ),
    traditional={"残": "殘", "废": "廢"},
)


@settings(max_examples=200)
@given(st.text(alphabet="残殘废廢墟 *\u200b。\u3000", max_size=12))
def test_b29_words_are_found_spaced_hidden_and_traditional(text):
    junk = "[ *\u200b\u3000]*"
    oracle = [one.start() for one in re.finditer(f"(?=[残殘]{junk}[废廢](?!{junk}墟))", text)]

    result = check_page(Document(title=text), on=ON, rules=GateRules(), lists=LISTS)

    assert [one.place.offset for one in result.findings] == oracle
    assert {one.severity for one in result.findings} <= {Severity.ADVICE}


def test_b29_latin_words_are_found_whole_only():
    assert [one.place.offset for one in in_paragraph("We recieve it; goverments, go verment")] == [3]


def test_b29_a_secrecy_mark_blocks_with_what_to_do():
    (finding,) = in_paragraph("<p>机 密★一年</p>")

    assert finding.severity is Severity.BLOCKING
    assert finding.text == Text(
        "“机密★”不应出现在政府网站上：是国家秘密标志，涉密文件不得上网，请立即报告保密部门。请修改。",
        "“机密★” does not stand on a government's page: it marks a state secret; the file must not go "
        "online. Tell the secrecy office at once. Write it otherwise.",
    )


@given(st.integers(1900, 2099), st.integers(0, 14), st.integers(0, 33))
def test_b29_dates_are_those_that_the_calendar_has(year, month, day):
    try:
        wanted = bool(date(year, month, day))
    except ValueError:
        wanted = False

    assert exists(year, month, day) is wanted
    for text in (
        f"{year}年{month}月{day}日",
        f"{year} 年 {month} 月 {day} 日",
        f"{year}-{month:02}-{day:02}",
    ):
        assert [one.rule for one in in_paragraph(text)] == [Rule.IMPOSSIBLE_DATE] * (not wanted)


@pytest.mark.parametrize(
    ("text", "is_wrong"),
    [
        ("二〇二六年四月三十一日", True),
        ("二〇二六年四月三十日", False),
        ("二零二五年二月二十九日", True),
        ("2月29日前", False),
        ("2月30日前", True),
        ("30 February 2026", True),
        ("April 31, 2026", True),
        ("November 30", False),
        ("版本2026.13.1.5", False),
        ("共13月", False),
    ],
)
def test_b29_dates_are_read_in_words_too(text, is_wrong):
    assert [one.rule for one in in_paragraph(text)] == [Rule.IMPOSSIBLE_DATE] * is_wrong


@settings(max_examples=100)
@given(
    st.lists(
        st.tuples(
            st.text(alphabet="ab<&>市\n", max_size=4), st.sampled_from(["", "<b>", "</b>", "<p>", "<br>"])
        )
    )
)
def test_b29_places_in_html_are_those_of_the_source(parts):
    source = "".join(html.escape(text) + tag for text, tag in parts) + "按装"

    places = [one.place.offset for one in in_paragraph(source) if one.rule is Rule.MISTYPED_WORD]

    assert places == [len(source) - 2]


def test_b29_headings_links_pictures_and_gaps_within_html():
    source = (
        '<h1>题</h1><h2>一</h2><h4>二</h4><p><a href="#top">回到 顶部</a></p>'
        '<p><a href="javascript:go()">办理</a><a href="ftp://x/y">下载表格</a>'
        '<a href="/a"><img src=a alt=""></a></p>'
        '<p><a href="/b">>> 更多</a></p><ul><li> </li></ul><img src=b><img src=c alt="IMG_0012.jpg">'
    )
    findings = in_paragraph(source)

    assert [(one.rule, source[one.place.offset :][:9]) for one in findings] == [
        (Rule.HEADING_ORDER, "<h1>题</h1"[:9]),
        (Rule.HEADING_ORDER, "<h4>二</h4"[:9]),
        (Rule.DEAD_LINK, '<a href="'),
        (Rule.DEAD_LINK, '<a href="'),
        (Rule.LINK_TEXT, '<a href="'),
        (Rule.LINK_TEXT, '<a href="'),
        (Rule.EMPTY_PARAGRAPH, "<li> </li"),
        (Rule.ALTERNATIVE_TEXT, "<img src="),
        (Rule.ALTERNATIVE_TEXT, "<img src="),
    ]
    assert [one.place.excerpt for one in findings[2:6]] == ["javascript:go()", "ftp://x/y", "/a", ">> 更多"]
    page = Document(title="题", blocks=(Paragraph(html=source),))
    assert [one.url for one in addresses(page, on=ON)] == ["/a", "/b"]


@pytest.mark.parametrize(
    ("style", "count"),
    [
        ("color:#767676", 0),
        ("color:#777", 1),
        ("color:#777;font-size:24px", 0),
        ("color:white;background:rgb(0,0,128)", 0),
        ("color: inherit", 0),
        ("background-color:#000", 1),
    ],
)
def test_b29_contrast_is_that_of_wcag(style, count):
    findings = in_paragraph(f'<div style="{style}"><p>文字<b>粗体</b></p></div>')

    assert [one.rule for one in findings] == [Rule.CONTRAST] * count


def test_b29_a_good_page_goes_out_and_a_pack_changes_the_table():
    page = Document(
        title="办事指南",
        blocks=(Heading(text="材料"), Paragraph(html='见<a href="/form">申请表</a>'), GOOD),
    )
    dull = Document(title="办事指南", blocks=(Paragraph(html=" "),))

    assert look(page, reach=lambda _: None) == GateResult(checked_on=ON, findings=())
    assert look(dull).may_go_out
    assert not look(dull, GateRules(severities={Rule.EMPTY_PARAGRAPH: Severity.BLOCKING})).may_go_out
    with pytest.raises(ValidationError):
        GateRules.model_validate({"severities": {"spelling": "blocking"}})


def test_b29_every_sentence_has_the_same_places_in_both_languages():
    assert {rule for rule, _ in SENTENCES} == set(Rule) == set(DEFAULT_SEVERITIES)
    for text in SENTENCES.values():
        assert set(re.findall(r"{\w+}", text.zh)) == set(re.findall(r"{\w+}", text.en))


ODD = st.sampled_from(
    [
        *("<![", "<![CDATA[", "<!--", "-->", "<!DOCTYPE", "<?", "</", "<p", "<script>", "&", "&#xFFFFFFFF;"),
        *("<a href='http://['>", "<img alt>", "<b style='color:#zz'>"),
        *("\x00", "\r\n", "二〇二六年", "十", "月", "٣", "日", "㍿"),
    ]
)


@settings(max_examples=150)
@given(st.lists(st.one_of(ODD, st.text(max_size=4)), max_size=8).map("".join))
def test_b29_whatever_is_written_is_read_and_has_its_place(text):
    document = Document(
        title=text,
        blocks=(
            Paragraph(html=text),
            Heading(text=text),
            Link(text=text, address=text),
            Table(rows=((text,),)),
        ),
        colours=(ColourPair(foreground=text, background=text),),
    )

    assert all(0 <= one.place.offset <= len(text) for one in look(document).findings)


def texts_of(loaded: object) -> Iterator[str]:
    if isinstance(loaded, str):
        yield loaded
    elif isinstance(loaded, dict | list):
        for one in loaded.values() if isinstance(loaded, dict) else loaded:
            yield from texts_of(one)


def test_b29_nothing_is_found_in_the_pages_that_the_city_brings():
    files = sorted((Path(__file__).parents[4] / "cities/guangzhou/sites").glob("*.yaml"))
    texts = [text for file in files for text in texts_of(yaml.safe_load(file.read_text(encoding="utf-8")))]

    assert len(texts) > 500
    assert [one for text in texts for one in look(Document(title=text)).findings] == []
