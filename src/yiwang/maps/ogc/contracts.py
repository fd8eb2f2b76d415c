"""What the doors of OGC refuse, and in what words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from yiwang.kernel.errors import NotAllowed, NotFound, YiwangError
from yiwang.kernel.text import Text


@dataclass(eq=False)
class ParameterUnknown(YiwangError):
    """A parameter that the address does not have (17-069r4, requirement 8)."""

    status: ClassVar[int] = 400
    text: ClassVar[Text] = Text("没有参数“{name}”。", "There is no parameter {name!r}.")
    name: str


@dataclass(eq=False)
class ParameterRefused(YiwangError):
    """A parameter whose value can't be (17-069r4, requirement 9)."""

    status: ClassVar[int] = 400
    text: ClassVar[Text] = Text("参数{name}有误：{why}", "Parameter {name} is wrong: {why}")
    name: str
    why: Text


@dataclass(eq=False)
class FilterWrong(YiwangError):
    """A filter that is not CQL2, asks for too much, or for what there is not for this reader."""

    status: ClassVar[int] = 400
    text: ClassVar[Text] = Text("筛选条件filter有误：{where}，{why}", "The filter is wrong at {where}: {why}")
    where: str
    why: Text


@dataclass(eq=False)
class FeatureNotFound(NotFound):
    """There is no such feature, or it is not for this reader."""

    text: ClassVar[Text] = Text(
        "图层“{layer}”没有要素“{feature}”。", "Layer {layer!r} has no feature {feature!r}."
    )
    layer: str
    feature: str


@dataclass(eq=False)
class MatrixSetNotFound(NotFound):
    """There is no such tile matrix set."""

    text: ClassVar[Text] = Text("没有瓦片矩阵集“{name}”。", "There is no tile matrix set {name!r}.")
    name: str


@dataclass(eq=False)
class MatrixNotFound(NotFound):
    """The address names no tile of the set."""

    text: ClassVar[Text] = Text(
        "{name}中没有这个瓦片：级别为0至{last}，行列号在该级别的范围内。",
        "{name} has no such tile: matrices go from 0 to {last}, rows and columns lie within their matrix.",
    )
    name: str
    last: int


@dataclass(eq=False)
class ChangeNotAllowed(NotAllowed):
    """A reader sees the layer and may not ask for changes of it."""

    text: ClassVar[Text] = Text(
        "您不能申请变更图层“{layer}”的要素。", "You may not ask for changes of layer {layer!r}."
    )
    layer: str


@dataclass(eq=False)
class VersionNeeded(YiwangError):
    """A change does not say which state it was made over (RFC 6585, 428)."""

    status: ClassVar[int] = 428
    text: ClassVar[Text] = Text(
        "请在If-Match中写明读取该要素时得到的ETag。",
        "Say in If-Match which ETag the feature had when it was read.",
    )


@dataclass(eq=False)
class VersionOutdated(YiwangError):
    """The feature is another one by now than the one that a change was made over."""

    status: ClassVar[int] = 412
    text: ClassVar[Text] = Text(
        "该要素已经变化，请重新读取后再改。", "The feature has changed: read it anew, then change it."
    )


@dataclass(eq=False)
class MediaNotSpoken(YiwangError):
    """A change comes in a form that is not read."""

    status: ClassVar[int] = 415
    text: ClassVar[Text] = Text("请以{wanted}发送。", "Send it as {wanted}.")
    wanted: str


@dataclass(eq=False)
class MediaNotSaid(YiwangError):
    """A change doesn't say in what form it comes (part 4 asks for 400, not 415)."""

    status: ClassVar[int] = 400
    text: ClassVar[Text] = Text(
        "请在Content-Type中写明格式：{wanted}。", "Say the form in Content-Type: {wanted}."
    )
    wanted: str


@dataclass(eq=False)
class BodyTooLarge(YiwangError):
    """A change is larger than what is read."""

    status: ClassVar[int] = 413
    text: ClassVar[Text] = Text("内容过大。", "It is too large.")


@dataclass(eq=False)
class ReasonNeeded(NotAllowed):
    """A file would tell of persons: it is made for a reason, and leaves a trace."""

    text: ClassVar[Text] = Text(
        "图层“{layer}”含有关于个人的字段，文件须写明用途后导出，并记录在案：请在图层页选择“导出”。",
        "Layer {layer!r} has fields about persons: a file of it is made for a reason and leaves a trace. "
        "Choose “Export” on the page of the layer.",
    )
    layer: str


@dataclass(eq=False)
class DownloadTooLarge(YiwangError):
    """A file would hold more features than are written while somebody waits."""

    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text(
        "超过{most}个要素，没有生成文件：请用bbox或filter缩小范围，工作人员也可以在图层页选择“导出”。",
        "These are more than {most} features and no file was made: ask for less by bbox or filter; "
        "officers may also choose “Export” on the page of layer {layer!r}.",
    )
    layer: str
    most: int


@dataclass(eq=False)
class DownloadsBusy(YiwangError):
    """As many files are being written as the machine bears."""

    status: ClassVar[int] = 503
    text: ClassVar[Text] = Text(
        "正在为他人生成文件，请过几秒再试。",
        "Files are being written for others; please try again in a few seconds.",
    )

    @property
    def headers(self) -> dict[str, str]:
        """When to come again."""
        return {"Retry-After": "5"}
