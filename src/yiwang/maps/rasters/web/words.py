"""How states and kinds of imagery are called on pages."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.maps.rasters.arriving.contracts import UploadState

FORMS = {
    "orthophoto": Text("正射影像", "Orthophotos"),
    "elevation": Text("高程", "Heights of the ground"),
}
AUDIENCES = {
    "readers": Text("所有人", "Everybody"),
    "officers": Text("本市工作人员", "Officers of the city"),
    "organisations": Text("指定单位", "Named organisations"),
}
ACTS = {
    "loaded": Text("导入", "Loaded"),
    "taken_back": Text("撤回", "Taken back"),
    "put_back": Text("恢复", "Put back"),
}
BY_SYSTEM = Text("系统（命令行）", "The system (command line)")
STATES = {
    UploadState.RECEIVING: (Text("正在上传", "Arriving"), "info"),
    UploadState.WAITING: (Text("正在读取", "Being read"), "progress"),
    UploadState.DONE: (Text("已导入", "Loaded"), "success"),
    UploadState.REFUSED: (Text("没有导入", "Not loaded"), "danger"),
    UploadState.STOPPED: (Text("已停止", "Stopped"), "neutral"),
    UploadState.GONE: (Text("文件已删除", "File deleted"), "neutral"),
}
UNDER_WAY = (UploadState.RECEIVING, UploadState.WAITING)
