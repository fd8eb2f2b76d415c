"""Why a file is refused; told to the process that asked."""

from __future__ import annotations

from yiwang.kernel.text import Text


class Unreadable(Exception):
    """A file can't be loaded, for a reason that its owner can read."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


NO_GEOTIFF = Text("不是GeoTIFF文件", "it is not a GeoTIFF")
NO_SYSTEM = Text("没有坐标系，或坐标系无法识别", "it has no reference system, or one that is not known")
NO_PLACE = Text("没有位置，或不在地图可表示的范围内", "it has no place, or one that no map shows")
TOO_MUCH = Text("读取所需内存超过上限", "reading it takes more memory than allowed")
TOO_LONG = Text("读取超过时限", "reading it takes longer than allowed")
MANY_BANDS = Text("波段超过4个", "it has more than four bands")
NO_BYTES = Text(
    "正射影像的波段应为8位无调色板的灰度或红绿蓝",
    "an orthophoto has bands of 8 bits, of grey or of red, green and blue, without a palette",
)
NO_HEIGHTS = Text("高程应为一个波段，以米为单位的数值", "heights are one band of numbers, in metres")


def too_large(width: int, height: int, most: int) -> Text:
    """Declared sizes beyond what is read."""
    return Text(
        f"声明的大小{width:,}×{height:,}像素超过上限{most:,}像素",
        f"it says that it is {width:,} × {height:,} pixels; at most {most:,} pixels are read",
    )
