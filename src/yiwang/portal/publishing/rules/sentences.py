"""What an editor is told to do about each finding, in both languages, without any number of a person."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.portal.publishing.contracts import Rule

#: By rule and variant; placeholders are the values of the hit.
SENTENCES: dict[tuple[Rule, str], Text] = {
    (Rule.IDENTITY_NUMBER, ""): Text(
        "这里有居民身份证号码。请删除，确需公开的只保留前几位和后几位，中间用“*”代替。",
        "This is a resident identity number. Take it out, or leave only its ends with asterisks between.",
    ),
    (Rule.BANK_CARD, ""): Text(
        "这里像是银行卡号。请删除；属于单位对公账号的，请核实后再发布。",
        "This looks like the number of a bank card. Take it out; an office's account is confirmed first.",
    ),
    (Rule.MOBILE_NUMBER, ""): Text(
        "这里有手机号码。请改用办公电话；属于对外公布的工作号码的，请先登记为公开号码。",
        "This is a mobile number. Give an office number, or have this one listed as published.",
    ),
    (Rule.SENSITIVE_WORD, ""): Text(
        "“{word}”不应出现在政府网站上：{reason}请修改。",
        "“{word}” does not stand on a government's page: {reason} Write it otherwise.",
    ),
    (Rule.SENSITIVE_WORD, "instead"): Text(
        "“{word}”不应出现在政府网站上：{reason}可改为“{instead}”。",
        "“{word}” does not stand on a government's page: {reason} Write “{instead}”.",
    ),
    (Rule.MISTYPED_WORD, ""): Text(
        "“{wrong}”疑为“{right}”之误，请核对。", "“{wrong}” is probably a slip for “{right}”; check it."
    ),
    (Rule.ALTERNATIVE_TEXT, ""): Text(
        "图片没有替代文字。请写明图片内容；纯装饰的图片请标为装饰。",
        "The picture has no alternative text. Say what it shows, or mark it as decorative.",
    ),
    (Rule.ALTERNATIVE_TEXT, "name"): Text(
        "替代文字没有说明图片内容。请写出看不见图片的人需要知道的内容。",
        "The alternative text says nothing of the picture. Write what people who cannot see it need to know.",
    ),
    (Rule.HEADING_ORDER, ""): Text(
        "这个标题是第{level}级，跳过了上一级；这里最多用到第{most}级。",
        "This heading has level {level} and leaves one out; level {most} is the lowest that fits here.",
    ),
    (Rule.HEADING_ORDER, "title"): Text(
        "第一级标题只用于页面题名，正文标题请从第二级开始。",
        "Level 1 belongs to the page's title; headings in the body begin with level 2.",
    ),
    (Rule.LINK_TEXT, ""): Text(
        "链接文字没有说明去向。请写出目标页面或文件的名称。",
        "The link's text does not say where it leads. Write the name of the page or file.",
    ),
    (Rule.LINK_TEXT, "empty"): Text(
        "链接没有文字，读屏软件无法读出。请写出目标页面或文件的名称。",
        "The link has no text, so that nothing can be read aloud. Write the name of the page or file.",
    ),
    (Rule.DEAD_LINK, ""): Text(
        "这个链接打不开。请更正地址或者删除链接。",
        "This link does not open. Correct its address or take it out.",
    ),
    (Rule.DEAD_LINK, "malformed"): Text(
        "这个链接的地址无效。请填写以http或https开头的地址，或站内地址。",
        "This link has no valid address. Give one that begins with http or https, or one within the site.",
    ),
    (Rule.CONTRAST, ""): Text(
        "文字与背景的对比度为{ratio}:1，应不低于{least}:1。请加深文字颜色或者调整背景。",
        "The contrast of text and background is {ratio}:1; it must be at least {least}:1. Change a colour.",
    ),
    (Rule.PICTURE_SIZE, ""): Text(
        "图片为{kilobytes}千字节、最长边{longest}像素，应不超过{most}千字节、{pixels}像素。请压缩后再上传。",
        "The picture has {kilobytes} kB and {longest} pixels on its longer side; at most {most} kB and "
        "{pixels} pixels fit. Make it smaller.",
    ),
    (Rule.EMPTY_PARAGRAPH, ""): Text(
        "这一段是空的。请填写内容或者删除；需要留空白的，由版式处理。",
        "This is empty. Write something or take it out; space is a matter of the layout.",
    ),
    (Rule.IMPOSSIBLE_DATE, ""): Text("没有这一天，请核对日期。", "There is no such day; check the date."),
}
