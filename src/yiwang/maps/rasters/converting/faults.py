"""Why a file is refused; told to the process that asked."""

from __future__ import annotations

from yiwang.kernel.text import Text


class Unreadable(Exception):
    """A file can't be loaded, for a reason that its owner can read."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


NO_DIRECTORY = Text(
    "开头是TIFF，但其目录无法读取：文件不完整或已损坏，请重新复制或导出",
    "it begins as a TIFF, but its directory can't be read: it is cut off or damaged; copy or export it anew",
)
NO_SYSTEM = Text(
    "没有坐标系，或坐标系无法识别；请在导出时写入坐标系（如EPSG:4490或EPSG:4549）",
    "it has no reference system, or one that is not known: export it with one (such as EPSG:4490 or 4549)",
)
NO_PLACE = Text(
    "没有位置，或不在地图可表示的范围内；请在导出时写入角点坐标",
    "it has no place, or one that no map shows: export it with the coordinates of its corners",
)
TOO_MUCH = Text("读取所需内存超过上限", "reading it takes more memory than allowed")
TOO_LONG = Text("读取超过时限", "reading it takes longer than allowed")
MANY_BANDS = Text("波段超过4个", "it has more than four bands")
NO_BYTES = Text(
    "正射影像的波段应为8位无调色板的灰度或红绿蓝",
    "an orthophoto has bands of 8 bits, of grey or of red, green and blue, without a palette",
)
NO_HEIGHTS = Text("高程应为一个波段，以米为单位的数值", "heights are one band of numbers, in metres")


def broken_from(row: int, rows: int) -> Text:
    """Pixels that can't be read, and the row of the file that is the first of them, counted from one."""
    return Text(
        f"第{row:,}行起（共{rows:,}行）的像素无法读取：文件不完整或已损坏，请重新复制或导出",
        f"its pixels can't be read from row {row:,} of {rows:,} on: it is cut off or damaged; "
        "copy or export it anew",
    )


def too_large(width: int, height: int, most: int) -> Text:
    """Declared sizes beyond what is read."""
    return Text(
        f"声明的大小{width:,}×{height:,}像素超过上限{most:,}像素",
        f"it says that it is {width:,} × {height:,} pixels; at most {most:,} pixels are read",
    )
