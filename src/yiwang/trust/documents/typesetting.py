"""Typst, closed in: no packages from the network, no files outside the template's folder, data as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import typst

from yiwang.platform.contracts import Json
from yiwang.trust.contracts import FontsMissing, RenderedDocument, SealPlace, TemplateFaulty

TEMPLATES = Path(__file__).parent / "templates"
PACKAGES = TEMPLATES / "packages"
_FOREIGN_PACKAGE = re.compile(r'"@(?!yiwang/)')
_LONGEST_REASON = 400
#: What the templates are set in; package fonts-noto-cjk.
FAMILIES = frozenset({"Noto Serif CJK SC", "Noto Sans CJK SC"})


@dataclass(frozen=True, slots=True)
class Template:
    """A ``.typ`` file; it may read the files of its own folder and import ``@yiwang/documents:0.1.0``."""

    path: Path

    @property
    def name(self) -> str:
        """How errors call it."""
        return self.path.name


LICENCE = Template(TEMPLATES / "licence.typ")
LETTER = Template(TEMPLATES / "letter.typ")


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Read the machine's fonts once a process: 0.2 s.

    Without Chinese type every letter would be a row of empty boxes under a valid seal, so nothing is set.
    """
    fonts = typst.Fonts()
    missing = FAMILIES - set(fonts.families())
    if missing:
        raise FontsMissing(families=", ".join(sorted(missing)))
    return fonts


def render(template: Template, data: Mapping[str, Json]) -> RenderedDocument:
    """Set a document; the template reads the data with ``json(bytes(sys.inputs.data))``.

    Raises:
        TemplateFaulty: it does not compile, or reaches for a package from the network.
    """
    compiler = _compiler(template, {"data": json.dumps(data, ensure_ascii=False)})
    try:
        content = compiler.compile(format="pdf")
        marks = json.loads(compiler.query("<seal-place>", field="value"))
    except typst.TypstError as error:
        raise TemplateFaulty(template=template.name, reason=error.message[:_LONGEST_REASON]) from None
    if not isinstance(content, bytes):
        raise TemplateFaulty(template=template.name, reason="no pages")
    return RenderedDocument(content=content, seal_place=_place(marks))


def draw_png(template: Template, data: Mapping[str, Json], *, ppi: int) -> bytes:
    """Set a document of one page as a picture, at so many points an inch.

    Raises:
        TemplateFaulty: as :func:`render`, or it has more pages.
    """
    compiler = _compiler(template, {"data": json.dumps(data, ensure_ascii=False)})
    try:
        content = compiler.compile(format="png", ppi=ppi)
    except typst.TypstError as error:
        raise TemplateFaulty(template=template.name, reason=error.message[:_LONGEST_REASON]) from None
    if not isinstance(content, bytes):
        raise TemplateFaulty(template=template.name, reason="not one page")
    return content


def set_source(source: bytes, data: Mapping[str, str]) -> bytes:
    """Set a small document of our own, e.g. a seal, whose strings come as ``sys.inputs``."""
    compiler = typst.Compiler(source, font_paths=_fonts(), sys_inputs=dict(data), package_path=PACKAGES)
    content = compiler.compile(format="pdf")
    if not isinstance(content, bytes):
        raise TemplateFaulty(template="inline", reason="no pages")
    return content


def _compiler(template: Template, inputs: dict[str, str]) -> typst.Compiler:
    for file in template.path.parent.glob("*.typ"):
        if _FOREIGN_PACKAGE.search(file.read_text(encoding="utf-8")):
            raise TemplateFaulty(template=file.name, reason="only @yiwang packages may be imported")
    return typst.Compiler(
        template.path,
        root=template.path.parent,
        font_paths=_fonts(),
        sys_inputs=inputs,
        package_path=PACKAGES,
        package_cache_path=PACKAGES,
    )


def _place(marks: list[dict[str, float]]) -> SealPlace | None:
    if not marks:
        return None
    mark = marks[-1]
    return SealPlace(int(mark["page"]) - 1, mark["x"], mark["y"], mark["diameter"])
