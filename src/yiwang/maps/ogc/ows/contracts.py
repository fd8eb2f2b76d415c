"""What the older services refuse (OWS Common 06-121r9, table 27), and in what words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text

Code = Literal[
    "InvalidParameterValue",
    "MissingParameterValue",
    "OperationNotSupported",
    "OptionNotSupported",
    "VersionNegotiationFailed",
]


@dataclass(eq=False)
class ServiceRefused(YiwangError):
    """A request that can't be answered; ``locator`` is the parameter at which it fails."""

    status: ClassVar[int] = 400
    text: ClassVar[Text] = Text("参数{locator}有误：{why}", "Parameter {locator} is wrong: {why}")
    exception: Code
    locator: str
    why: Text


@dataclass(eq=False)
class OnlyGet(YiwangError):
    """A request came as XML in a POST. It is not read."""

    status: ClassVar[int] = 405
    text: ClassVar[Text] = Text(
        "本服务只回答GET请求（键值对），不读取POST送来的XML。",
        "This service answers GET with key-value pairs; XML sent by POST is not read.",
    )

    @property
    def headers(self) -> dict[str, str]:
        """What is answered."""
        return {"Allow": "GET, HEAD"}


def missing(name: str) -> ServiceRefused:
    """A parameter is missing."""
    return ServiceRefused("MissingParameterValue", name, Text("缺少此参数", "it is missing"))


def refused(name: str, why: Text) -> ServiceRefused:
    """A parameter's value can't be."""
    return ServiceRefused("InvalidParameterValue", name, why)
