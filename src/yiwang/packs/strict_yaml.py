"""YAML without surprises: no anchors, tags, duplicate keys or implicit booleans; every value knows its line.

Plain scalars are integers, decimals, ``true``, ``false``, ``null`` or text; ``yes``, ``no``, ``on``,
``off`` and ``~`` are refused so that nobody wonders. Dates stay text. A bilingual text must have both.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import yaml

from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.text import Text
from yiwang.packs.contracts import PathKey
from yiwang.platform.contracts import Json

_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
_AMBIGUOUS = re.compile(r"(?i)yes|no|on|off|y|n|~|\.nan|[-+]?\.inf")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_WORDS: dict[str, Json] = {"true": True, "false": False, "null": None, "": None}
_MOST_BYTES = 2_000_000
_DEEPEST = 40
_LANGUAGES = {"zh": "中文", "en": "英文"}
_TAB = Text("行首有制表符：缩进请用空格", "a tab stands at the beginning: indent with spaces")
_OPEN_QUOTE = Text("这里开始的引号没有结束", "the quotation mark that opens here is never closed")
_OPEN_BRACKET = Text(
    "这里开始的括号内容有误或没有结束：检查逗号、冒号和引号",
    "the bracket that opens here is faulty or never closed: look at commas, colons and quotation marks",
)
_INDENT = Text(
    "缩进、冒号或“-”有误：此行或上一行与前文不对齐（{said}）",
    "wrong indentation, colon or “-”: this line or the one above doesn't line up with what precedes ({said})",
)


@dataclass(slots=True)
class Parsed:
    """Data, the line of each path, and what is wrong."""

    data: Json = None
    lines: dict[PathKey, int] = field(default_factory=dict)
    problems: list[DefinitionProblem] = field(default_factory=list)


def parse(content: bytes, shown: str) -> Parsed:
    """Parse one document; problems name file and line."""
    parsed = Parsed()

    def refuse(line: int, path: PathKey, reason: Text) -> None:
        dotted = ".".join(str(part) for part in path)
        parsed.problems.append(DefinitionProblem(file=shown, line=line, path=dotted, reason=reason))

    try:
        node = _compose(content)
    except _Unreadable as found:
        refuse(found.line, (), found.reason)
    else:
        parsed.data = _Builder(parsed, refuse).build(node, ())
    return parsed


class _Unreadable(Exception):
    def __init__(self, line: int, reason: Text) -> None:
        self.line = line
        self.reason = reason


def _compose(content: bytes) -> yaml.Node:
    if len(content) > _MOST_BYTES:
        raise _Unreadable(0, Text(f"超过{_MOST_BYTES:,}字节", f"larger than {_MOST_BYTES:,} bytes"))
    try:
        text = content.decode("utf-8")
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                line = event.start_mark.line + 1 if event.start_mark else 0
                raise _Unreadable(line, Text("不使用锚点和别名", "anchors and aliases are not used here"))
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except UnicodeDecodeError as error:
        raise _Unreadable(
            content[: error.start].count(b"\n") + 1, Text("不是UTF-8编码", "not UTF-8")
        ) from error
    except yaml.MarkedYAMLError as error:
        raise _malformed(error, text) from error
    except yaml.YAMLError as error:
        said = str(error).splitlines()[0]
        raise _Unreadable(0, Text(f"不是有效的YAML：{said}", f"not valid YAML: {said}")) from error
    if node is None:
        raise _Unreadable(1, Text("文件是空的", "the file is empty"))
    return node


def _malformed(error: yaml.MarkedYAMLError, text: str) -> _Unreadable:
    """The parser's words tell of its states; people want to know what to put right, and where it began."""
    mark, began = error.problem_mark or error.context_mark, error.context_mark
    line = mark.line + 1 if mark else 0
    lines = text.splitlines()
    problem = error.problem or ""
    if (
        0 < line <= len(lines)
        and "\t" in lines[line - 1][: len(lines[line - 1]) - len(lines[line - 1].lstrip())]
    ):
        return _Unreadable(line, _TAB)
    if "quoted scalar" in (error.context or "") and began is not None:
        return _Unreadable(began.line + 1, _OPEN_QUOTE)
    if "flow" in (error.context or "") and began is not None:
        return _Unreadable(began.line + 1, _OPEN_BRACKET)
    if "did not find expected" in problem or "mapping values are not allowed" in problem:
        return _Unreadable(line, _INDENT.fill(said=problem))
    said = problem or "?"
    return _Unreadable(line, Text(f"不是有效的YAML：{said}", f"not valid YAML: {said}"))


class _Builder:
    def __init__(self, parsed: Parsed, refuse: Callable[[int, PathKey, Text], None]) -> None:
        self.parsed = parsed
        self.refuse = refuse

    def build(self, node: yaml.Node, path: PathKey) -> Json:
        line = node.start_mark.line + 1
        self.parsed.lines.setdefault(path, line)
        if len(path) > _DEEPEST:
            self.refuse(line, path[:3], Text(f"嵌套超过{_DEEPEST}层", f"nested deeper than {_DEEPEST}"))
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*path, index)) for index, child in enumerate(node.value)]
        return self._scalar(node, path)

    def _mapping(self, node: yaml.MappingNode, path: PathKey) -> Json:
        result: dict[str, Json] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.refuse(line, path, Text("键应为简单的词", "a key must be a plain word"))
                continue
            key = str(key_node.value)
            if key in result:
                self.refuse(line, (*path, key), Text("此键重复出现", "this key stands twice"))
                continue
            self.parsed.lines[(*path, key)] = line
            result[key] = self.build(value_node, (*path, key))
        self._both_languages(result, path)
        return result

    def _both_languages(self, mapping: dict[str, Json], path: PathKey) -> None:
        if not mapping.keys() & {"zh", "en"}:
            return
        line = self.parsed.lines[path]
        for language in ("zh", "en"):
            value = mapping.get(language)
            if not isinstance(value, str) or not value.strip():
                self.refuse(
                    line,
                    (*path, language),
                    Text(f"缺少{_LANGUAGES[language]}文字", f"the text is missing in language {language!r}"),
                )
        english = mapping.get("en")
        if isinstance(english, str) and _CHINESE.search(english):
            line = self.parsed.lines[(*path, "en")]
            self.refuse(
                line, (*path, "en"), Text("英文文字中有汉字", "the English text contains Chinese characters")
            )

    def _scalar(self, node: yaml.Node, path: PathKey) -> Json:
        value = str(node.value)
        if not isinstance(node, yaml.ScalarNode) or node.style not in {None, ""}:
            return value
        if _AMBIGUOUS.fullmatch(value):
            line = node.start_mark.line + 1
            self.refuse(
                line,
                path,
                Text(
                    f"“{value}”有歧义：请写true或false，或加引号",
                    f"{value!r} is ambiguous: write true or false, or quote it",
                ),
            )
            return None
        return _plain(value)


def _plain(value: str) -> Json:
    if value in _WORDS:
        return _WORDS[value]
    if _INTEGER.fullmatch(value):
        return int(value)
    if _DECIMAL.fullmatch(value):
        return float(value)
    return value
