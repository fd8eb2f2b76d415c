"""What of a form's answers is not fit for a definition, told by the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_MISSING = Text("中文和英文都须填写", "Give it in Chinese and in English")
_NOT_ENGLISH = Text("英文中不应有汉字", "The English holds Chinese characters")


def faults_of_pair(path: str, pair: Text, *, optional: bool = False) -> Iterator[FieldProblem]:
    """A pair has both languages, or neither where it is optional."""
    zh, en = pair.zh.strip(), pair.en.strip()
    if optional and not zh and not en:
        return
    if not zh:
        yield FieldProblem(f"{path}_zh", _MISSING)
    if not en:
        yield FieldProblem(f"{path}_en", _MISSING)
    elif _CHINESE.search(en):
        yield FieldProblem(f"{path}_en", _NOT_ENGLISH)
