"""Errors of the portal, in words that say what to do instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from yiwang.kernel.errors import NotFound, RuleViolation
from yiwang.kernel.text import Text


@dataclass(eq=False)
class NoticeNotFound(NotFound):
    """No notice of this code."""

    text: ClassVar[Text] = Text("没有找到这则公告。", "There is no such notice.")


@dataclass(eq=False)
class PageNotFound(NotFound):
    """The form has no such page, or the answers so far do not lead there."""

    text: ClassVar[Text] = Text("申请表没有这一页。", "The form has no such page.")


@dataclass(eq=False)
class FileNotThere(NotFound):
    """No such file, or not for this reader; the two look alike on purpose."""

    text: ClassVar[Text] = Text("找不到这个文件。", "There is no such file.")


@dataclass(eq=False)
class NoEligibilityCheck(NotFound):
    """The item has no questions that tell beforehand."""

    text: ClassVar[Text] = Text("本事项不设自测。", "There is no check for this service.")


@dataclass(eq=False)
class NotBookable(NotFound):
    """The item has no window that takes appointments."""

    text: ClassVar[Text] = Text("本事项不设窗口预约。", "No appointments are given for this service.")


@dataclass(eq=False)
class NotForOfficers(RuleViolation):
    """An officer's capacity applies for nothing; people do."""

    text: ClassVar[Text] = Text(
        "您正以工作人员身份登录。办理个人或企业事项，请先切换办事身份。",
        "You are signed in as an officer. To apply for yourself or a firm, switch your capacity first.",
    )
