"""The files of a city's sites, read and checked; nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from yiwang.identity.api import organisations_of
from yiwang.kernel.errors import DefinitionProblem, DefinitionRefused
from yiwang.kernel.text import Text
from yiwang.packs.api import read_model, read_source
from yiwang.portal.sites.definitions import PageDefinition, SiteDefinition
from yiwang.portal.sites.page_kinds import PAGE_KINDS
from yiwang.portal.sites.rules import declared, details
from yiwang.portal.sites.rules.reviews import DEFAULT

_Path = tuple[str | int, ...]
_NO_KIND = Text("没有“{kind}”这类页面", "There is no kind of pages {kind}")
_NOT_HERE = Text("这类页面不能放在这里", "A page of this kind cannot stand here")
_NO_BODY = Text("这类页面没有正文", "A page of this kind has no body")
_LACKS = Text("这类页面要有正文", "A page of this kind has a body")
_NO_FILE = Text("sites/files 下没有文件 {name}", "no file {name} under sites/files")
_LACKS_DAY = Text("这类页面要有日期", "A page of this kind has a date")


def read_sites(folder: Path) -> tuple[SiteDefinition, ...]:
    """Every site of a city in the order of the group; a city without the folder has none.

    Raises:
        DefinitionRefused: with file and line of everything that is wrong.
    """
    problems: list[DefinitionProblem] = []
    found: dict[str, SiteDefinition] = {}
    known = organisations_of(folder)
    for path in sorted((folder / "sites").glob("*.yaml")):
        shown = f"cities/{folder.name}/sites/{path.name}"
        source = read_source(path, shown, "", problems)
        if source is None:
            continue
        site, faults = read_model(SiteDefinition, source)
        problems.extend(faults)
        if site is None:
            continue
        if site.organisation not in known:
            reason = Text(
                f"城市没有机构“{site.organisation}”", f"the city has no organisation {site.organisation!r}"
            )
            problems.append(source.problem(("organisation",), reason))
        for kind in sorted(set(site.checks) - {key for key, _ in PAGE_KINDS} - {DEFAULT}):
            reason = Text(f"没有“{kind}”这一类页面", f"there is no kind of page {kind!r}")
            problems.append(source.problem(("checks", kind), reason))
        if site.code != path.stem:
            reason = Text("代码应与文件同名", "the code is the file's name")
            problems.append(source.problem(("code",), reason))
        problems.extend(source.problem(path, reason) for path, reason in _misfits(site.pages, ("pages",)))
        for name in sorted(files_of(site.pages)):
            if not (folder / "sites" / "files" / site.code / name).is_file():
                problems.append(source.problem((), _NO_FILE.fill(name=name)))
        found[site.code] = site
    if problems:
        raise DefinitionRefused(problems=tuple(problems))
    return tuple(sorted(found.values(), key=lambda site: (site.order, site.code)))


def files_of(pages: Iterable[PageDefinition]) -> frozenset[str]:
    """The files that pages name, here and below."""
    found: set[str] = set()
    for page in pages:
        fields = PAGE_KINDS.get(page.kind).fields if page.kind in PAGE_KINDS else ()
        found |= page.file_names
        found |= set(declared.file_names(fields, declared.details_of(fields, page.declared)))
        found |= files_of(page.pages)
    return frozenset(found)


def _misfits(
    pages: tuple[PageDefinition, ...], at: _Path, under: str = "home"
) -> Iterator[tuple[_Path, Text]]:
    """What does not fit the kind of a page, here and below."""
    for number, page in enumerate(pages):
        here = (*at, number)
        if page.kind not in PAGE_KINDS:
            yield (*here, "kind"), _NO_KIND.fill(kind=page.kind)
            continue
        kind = PAGE_KINDS.get(page.kind)
        if under not in kind.under:
            yield (*here, "kind"), _NOT_HERE
        if page.body and not kind.has_body:
            yield (*here, "body"), _NO_BODY
        if kind.needs_body and not page.body:
            yield (*here, "title"), _LACKS
        if kind.dated and page.day is None:
            yield (*here, "title"), _LACKS_DAY
        given = declared.details_of(kind.fields, page.declared)
        for problem in (
            *declared.unknown(kind.fields, page.declared),
            *details.faults(kind.fields, given),
            *details.gaps(kind.fields, given),
        ):
            yield here, Text(f"{problem.path}：{problem.text.zh}", f"{problem.path}: {problem.text.en}")
        yield from _misfits(page.pages, (*here, "pages"), page.kind)
