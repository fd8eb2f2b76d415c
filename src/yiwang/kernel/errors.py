"""The six families of anticipated errors. A concrete error lives in its engine's ``contracts.py``.

Each error class carries its sentence as a class attribute ``text`` with placeholders named like its
fields; the HTTP edge translates it at the last moment, in the reader's language. An error never
carries personal data: it may reach a log. Errors are not frozen: contextlib sets ``__traceback__``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import ClassVar

from yiwang.kernel.text import Text


@dataclass(eq=False)
class YiwangError(Exception):
    """Root of the anticipated errors; use a family below."""

    text: ClassVar[Text] = Text("操作未能完成。", "The operation could not be completed.")
    status: ClassVar[int] = 400

    @property
    def code(self) -> str:
        """Stable code, e.g. ``cases.case_already_closed``: engine and class name."""
        engine = type(self).__module__.split(".")[1]
        snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", type(self).__name__).lower()
        return f"{engine}.{snake}"

    @property
    def headers(self) -> dict[str, str]:
        """What an answer over HTTP says beside it, such as when to try again."""
        return {}

    @property
    def sentence(self) -> Text:
        """The text with this error's fields filled in."""
        shown: dict[str, dict[str, object]] = {"zh": {}, "en": {}}
        for field in fields(self):
            value = getattr(self, field.name)
            shown["zh"][field.name] = value.zh if isinstance(value, Text) else value
            shown["en"][field.name] = value.en if isinstance(value, Text) else value
        return Text(self.text.zh.format(**shown["zh"]), self.text.en.format(**shown["en"]))

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence.en}"


@dataclass(eq=False)
class NotFound(YiwangError):
    """What was asked for does not exist, or its existence is not for this reader."""

    status: ClassVar[int] = 404
    text: ClassVar[Text] = Text("找不到该内容。", "This could not be found.")


@dataclass(eq=False)
class NotAllowed(YiwangError):
    """The actor has no right to this operation here."""

    status: ClassVar[int] = 403
    text: ClassVar[Text] = Text("您没有办理此事项的权限。", "You are not allowed to do this.")


@dataclass(eq=False)
class RuleViolation(YiwangError):
    """The law or the process does not permit this act in this state."""

    status: ClassVar[int] = 409


@dataclass(eq=False)
class Conflict(YiwangError):
    """Somebody else acted first; reload and look again."""

    status: ClassVar[int] = 409
    text: ClassVar[Text] = Text(
        "其他人刚刚办理了此件，请刷新后再看。",
        "Somebody else has just acted on this. Reload and look again.",
    )


@dataclass(frozen=True)
class FieldProblem:
    """One wrong field: its path in the input and a sentence that says what to do."""

    path: str
    text: Text


@dataclass(eq=False)
class InvalidInput(YiwangError):
    """The input is malformed or breaks a field rule; every problem is listed."""

    problems: tuple[FieldProblem, ...] = ()
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text("填写的内容有误，请按提示修改。", "Some answers need to be corrected.")


@dataclass(eq=False)
class UpstreamFailed(YiwangError):
    """Another system did not answer as agreed."""

    retryable: bool = False
    status: ClassVar[int] = 502
    text: ClassVar[Text] = Text("相关系统暂时没有回应。", "Another system is not answering at the moment.")


class Unfit(ValueError):
    """A declared value breaks a rule of its definition; raised inside validators, told with file and line."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


@dataclass(frozen=True)
class DefinitionProblem:
    """One fault in a pack: where it stands and why it is refused; a warning refuses nothing."""

    file: str
    line: int
    path: str
    reason: Text
    is_warning: bool = False

    @property
    def where(self) -> str:
        """File, line and path, as people look them up."""
        file = f"{self.file}:{self.line}" if self.line else self.file
        return f"{file}: {self.path}" if self.path else file

    def __str__(self) -> str:
        return f"{self.where}: {self.reason.en}"


@dataclass(eq=False)
class DefinitionRefused(YiwangError):
    """A pack or a city cannot be loaded; nothing was changed."""

    problems: tuple[DefinitionProblem, ...] = ()
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text(
        "定义有误，未作任何更改。", "The definitions are faulty; nothing was changed."
    )

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)
