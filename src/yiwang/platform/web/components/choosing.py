"""What a question for several files says while they are chosen and sent, for the script."""

from __future__ import annotations

import json

from yiwang.kernel.text import Text
from yiwang.platform.web.language import say

_WORDS = {
    "chosen": Text("已选文件", "Chosen files"),
    "remove": Text("移除", "Remove"),
    "tooLarge": Text("超过大小限制，请压缩后再上传", "Too large: make it smaller and try again"),
    "wrongKind": Text("不是可以上传的格式", "Not a kind of file that can be uploaded"),
    "unfit": Text("有文件不符合要求，请先移除", "Some files are not fit: remove them first"),
    "sending": Text("正在上传{name}", "Uploading {name}"),
    "lost": Text("没有上传成功，请再试一次", "It was not uploaded: try again"),
    "done": Text("已保存{saved}个，未保存{lost}个", "{saved} saved, {lost} not saved"),
}


def chooser() -> str:
    """JSON of the words in the reader's language."""
    return json.dumps({key: say(text) for key, text in _WORDS.items()}, ensure_ascii=False)
