"""What may be granted in cases: operations with the roles that hold them by default."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.platform.operations import declare

_DESK = {"window", "handler", "reviewer", "approver"}
_HANDLING = {"handler", "reviewer", "approver"}
_WATCH = {"supervisor", "leader", "auditor", "city_admin"}


def declare_operations() -> None:
    """Declare all of them, at start."""
    declare("cases.case.open", Text("提交申请", "Submit an application"), citizens=True)
    declare("cases.case.register", Text("窗口收件", "Register at the counter"), roles={"window"})
    declare("cases.case.read", Text("查看办件", "See cases"), roles=_DESK | _WATCH, citizens=True)
    declare("cases.board.read", Text("查看监察看板", "See the supervision board"), roles=_HANDLING | _WATCH)
    declare("cases.task.claim", Text("签收", "Take a task"), roles=_DESK)
    declare("cases.task.release", Text("退回待签收", "Give a task back"), roles=_DESK)
    declare("cases.task.transfer", Text("转办", "Transfer a task"), roles=_DESK)
    declare("cases.task.complete", Text("办理", "Complete a task"), roles=_DESK)
    declare("cases.case.prefill", Text("调取登记信息", "Take in what registers say"), roles=_DESK)
    declare("cases.access.narrow", Text("核减共享条件", "Narrow the terms of access"), roles=_HANDLING)
    declare("cases.case.return", Text("退回前一环节", "Return to an earlier step"), roles=_HANDLING)
    declare("cases.case.decide", Text("作出决定", "Decide"), roles={"approver"})
    declare("cases.department.add", Text("增加会办部门", "Add a department"), roles=_HANDLING)
    declare("cases.department.remove", Text("减少会办部门", "Remove a department"), roles=_HANDLING)
    declare("cases.supplement.request", Text("一次性告知补正", "Ask for corrections"), roles=_DESK)
    declare("cases.supplement.answer", Text("补正材料", "Correct the application"), citizens=True)
    declare("cases.supplement.lapse", Text("逾期未补正", "Lapse without corrections"), roles={"system"})
    declare("cases.case.withdraw", Text("撤回申请", "Withdraw an application"), citizens=True)
    declare("cases.clock.stop", Text("停止计时", "Stop the clock"), roles=_HANDLING)
    declare("cases.clock.resume", Text("恢复计时", "Resume the clock"), roles=_HANDLING)
    declare("cases.extension.ask", Text("申请延期", "Ask for more time"), roles=_HANDLING)
    declare("cases.extension.decide", Text("批准延期", "Approve more time"), roles={"approver"})
    declare("cases.clock.silence", Text("逾期视为决定", "Let silence decide"), roles={"system"})
    declare("cases.timer.fire", Text("到时推进", "Move on by time"), roles={"system"})
    declare("cases.case.signal", Text("事项到达", "Tell a case that something came"), roles=_HANDLING)
    declare(
        "cases.register_change.ask",
        Text("申请变更登记", "Ask for a change of a register"),
        # also a department's system, in the name of its department: an officer decides
        roles=_DESK | {"client"},
        citizens=True,
    )
    declare("cases.register_change.renew", Text("核对现值", "Look at the present values"), roles=_HANDLING)
    declare("cases.defect.follow", Text("退回登记质量问题", "Send a defect back"), roles={"system"})
    declare("cases.card.issue", Text("发黄牌、红牌", "Issue a card"), roles={"system"})
    declare("cases.calendar.change", Text("调整工作日历", "Change the calendar"), roles={"city_admin"})
    declare("cases.licence.issue", Text("颁发证照", "Issue a licence"), roles={"approver"})
    declare("cases.licence.revoke", Text("撤销证照", "Revoke a licence"), roles={"approver"})
    declare("cases.letter.make", Text("制作文书", "Make a letter"), roles={"system"})
    declare("cases.enclosure.add", Text("增加附件", "Enclose a file"), roles=_HANDLING)
    declare("cases.enclosure.take_back", Text("撤下附件", "Take an enclosure back"), roles=_HANDLING)
    declare("cases.message.send", Text("办件留言", "Write in a case"), roles=_DESK, citizens=True)
    declare("cases.rating.give", Text("评价", "Rate a case"), citizens=True)
    declare("cases.rating.reply", Text("答复评价", "Answer a rating"), roles=_DESK)
    declare("cases.notice.open", Text("发出督办", "Open a notice"), roles={"supervisor", "leader"})
    declare("cases.notice.reply", Text("答复督办", "Answer a notice"), roles=_HANDLING)
    declare("cases.notice.close", Text("办结督办", "Close a notice"), roles={"supervisor", "leader"})
    declare("cases.draft.save", Text("保存草稿", "Save a draft"), citizens=True)
    declare("cases.draft.discard", Text("删除草稿", "Discard a draft"), citizens=True)
    declare("cases.appointment.book", Text("预约", "Book an appointment"), roles={"window"}, citizens=True)
    declare(
        "cases.appointment.cancel", Text("取消预约", "Cancel an appointment"), roles={"window"}, citizens=True
    )
    declare("cases.appointment.call", Text("叫号", "Call the next number"), roles={"window"})
    declare("cases.appointment.finish", Text("办结叫号", "Finish an appointment"), roles={"window"})
