"""How a request for government information ends: the results of table 3 of the annual report, in order.

The form is that of 国办公开办函〔2021〕30号, table 3, part 3 (groups 1 to 6). A value is the outcome that
the process ``disclosure_request`` ends a case with, so a finished case says its own row of the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from yiwang.kernel.text import Text


class ResultGroup(StrEnum):
    """The six groups of results, in the order of table 3."""

    GRANTED = "granted"
    PARTLY_GRANTED = "partly_granted"
    REFUSED = "refused"
    CANNOT_PROVIDE = "cannot_provide"
    NOT_HANDLED = "not_handled"
    OTHER = "other"


class ResultKind(StrEnum):
    """The 21 results of table 3, one row of the table each, in its order."""

    GRANTED = "granted"
    PARTLY_GRANTED = "partly_granted"
    STATE_SECRET = "state_secret"  # noqa: S105 - a row of the table, no password
    FORBIDDEN_BY_LAW = "forbidden_by_law"
    SECURITY_AND_STABILITY = "security_and_stability"
    THIRD_PARTY_RIGHTS = "third_party_rights"
    INTERNAL_AFFAIRS = "internal_affairs"
    PROCESS_INFORMATION = "process_information"
    ENFORCEMENT_FILE = "enforcement_file"
    ADMINISTRATIVE_ENQUIRY = "administrative_enquiry"
    NOT_HELD = "not_held"
    TO_BE_MADE = "to_be_made"
    STILL_UNCLEAR = "still_unclear"
    PETITION = "petition"
    REPEATED = "repeated"
    PUBLICATION = "publication"
    UNREASONABLE_VOLUME = "unreasonable_volume"
    CONFIRM_AGAIN = "confirm_again"
    NOT_CORRECTED = "not_corrected"
    FEE_UNPAID = "fee_unpaid"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """One row of table 3: its words, its group and the article that the answer rests on."""

    kind: ResultKind
    group: ResultGroup
    text: Text
    article: Text


GROUP_TEXTS: dict[ResultGroup, Text] = {
    ResultGroup.GRANTED: Text("予以公开", "Granted"),
    ResultGroup.PARTLY_GRANTED: Text(
        "部分公开（区分处理的，只计这一情形，不计其他情形）",
        "Granted in part (severed; counted here only)",
    ),
    ResultGroup.REFUSED: Text("不予公开", "Refused"),
    ResultGroup.CANNOT_PROVIDE: Text("无法提供", "Cannot be provided"),
    ResultGroup.NOT_HANDLED: Text("不予处理", "Not handled"),
    ResultGroup.OTHER: Text("其他处理", "Other"),
}


def _row(kind: ResultKind, group: ResultGroup, text: Text, article: Text) -> ResultRow:
    return ResultRow(kind=kind, group=group, text=text, article=article)


#: Every result of table 3 in the table's order, with the article of Order 711 (2019) behind it.
RESULT_ROWS: tuple[ResultRow, ...] = (
    _row(
        ResultKind.GRANTED,
        ResultGroup.GRANTED,
        Text("予以公开", "Granted"),
        Text("第三十六条第一项、第二项", "Article 36, items 1 and 2"),
    ),
    _row(
        ResultKind.PARTLY_GRANTED,
        ResultGroup.PARTLY_GRANTED,
        Text("部分公开", "Granted in part"),
        Text("第三十七条", "Article 37"),
    ),
    _row(
        ResultKind.STATE_SECRET,
        ResultGroup.REFUSED,
        Text("属于国家秘密", "State secret"),
        Text("第十四条", "Article 14"),
    ),
    _row(
        ResultKind.FORBIDDEN_BY_LAW,
        ResultGroup.REFUSED,
        Text("其他法律行政法规禁止公开", "Forbidden by another law or administrative regulation"),
        Text("第十四条", "Article 14"),
    ),
    _row(
        ResultKind.SECURITY_AND_STABILITY,
        ResultGroup.REFUSED,
        Text(
            "危及“三安全一稳定”",
            "Would endanger national, public or economic security, or social stability",
        ),
        Text("第十四条", "Article 14"),
    ),
    _row(
        ResultKind.THIRD_PARTY_RIGHTS,
        ResultGroup.REFUSED,
        Text("保护第三方合法权益", "Lawful rights and interests of a third party"),
        Text("第十五条、第三十二条", "Articles 15 and 32"),
    ),
    _row(
        ResultKind.INTERNAL_AFFAIRS,
        ResultGroup.REFUSED,
        Text("属于三类内部事务信息", "One of the three kinds of information on internal affairs"),
        Text("第十六条第一款", "Article 16, paragraph 1"),
    ),
    _row(
        ResultKind.PROCESS_INFORMATION,
        ResultGroup.REFUSED,
        Text("属于四类过程性信息", "One of the four kinds of process information"),
        Text("第十六条第二款", "Article 16, paragraph 2"),
    ),
    _row(
        ResultKind.ENFORCEMENT_FILE,
        ResultGroup.REFUSED,
        Text("属于行政执法案卷", "Administrative enforcement case file"),
        Text("第十六条第二款", "Article 16, paragraph 2"),
    ),
    _row(
        ResultKind.ADMINISTRATIVE_ENQUIRY,
        ResultGroup.REFUSED,
        Text("属于行政查询事项", "Matter of an administrative enquiry with its own procedure"),
        Text("第三十六条第七项", "Article 36, item 7"),
    ),
    _row(
        ResultKind.NOT_HELD,
        ResultGroup.CANNOT_PROVIDE,
        Text("本机关不掌握相关政府信息", "The agency does not hold it"),
        Text("第三十六条第四项、第五项", "Article 36, items 4 and 5"),
    ),
    _row(
        ResultKind.TO_BE_MADE,
        ResultGroup.CANNOT_PROVIDE,
        Text("没有现成信息需要另行制作", "It does not exist and would have to be made"),
        Text("第三十八条", "Article 38"),
    ),
    _row(
        ResultKind.STILL_UNCLEAR,
        ResultGroup.CANNOT_PROVIDE,
        Text("补正后申请内容仍不明确", "Still unclear after correction"),
        Text("第三十条", "Article 30"),
    ),
    _row(
        ResultKind.PETITION,
        ResultGroup.NOT_HANDLED,
        Text("信访举报投诉类申请", "A petition, report or complaint"),
        Text("第三十九条第一款", "Article 39, paragraph 1"),
    ),
    _row(
        ResultKind.REPEATED,
        ResultGroup.NOT_HANDLED,
        Text("重复申请", "A repeated application"),
        Text("第三十六条第六项", "Article 36, item 6"),
    ),
    _row(
        ResultKind.PUBLICATION,
        ResultGroup.NOT_HANDLED,
        Text("要求提供公开出版物", "Asks for a publication on sale or in libraries"),
        Text("第三十九条第二款", "Article 39, paragraph 2"),
    ),
    _row(
        ResultKind.UNREASONABLE_VOLUME,
        ResultGroup.NOT_HANDLED,
        Text("无正当理由大量反复申请", "Many or repeated applications without good reason"),
        Text("第三十五条", "Article 35"),
    ),
    _row(
        ResultKind.CONFIRM_AGAIN,
        ResultGroup.NOT_HANDLED,
        Text(
            "要求行政机关确认或重新出具已获取信息",
            "Asks to confirm or issue again what was already obtained",
        ),
        Text("第三十九条", "Article 39"),
    ),
    _row(
        ResultKind.NOT_CORRECTED,
        ResultGroup.OTHER,
        Text(
            "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            "Not corrected in time without good reason; no longer handled",
        ),
        Text("第三十条", "Article 30"),
    ),
    _row(
        ResultKind.FEE_UNPAID,
        ResultGroup.OTHER,
        Text(
            "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            "Fee not paid in time after the notice; no longer handled",
        ),
        Text("第四十二条", "Article 42"),
    ),
    _row(
        ResultKind.OTHER,
        ResultGroup.OTHER,
        Text("其他", "Other"),
        Text("第三十三条", "Article 33"),
    ),
)
ROWS: dict[ResultKind, ResultRow] = {row.kind: row for row in RESULT_ROWS}
