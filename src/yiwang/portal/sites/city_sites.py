"""The files of a city's sites, read and checked; nothing is written here."""

from __future__ import annotations

from pathlib import Path

from yiwang.identity.api import organisations_of
from yiwang.kernel.errors import DefinitionProblem, DefinitionRefused
from yiwang.kernel.text import Text
from yiwang.packs.api import read_model, read_source
from yiwang.portal.sites.definitions import SiteDefinition


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
        if site.code != path.stem:
            reason = Text("代码应与文件同名", "the code is the file's name")
            problems.append(source.problem(("code",), reason))
        found[site.code] = site
    if problems:
        raise DefinitionRefused(problems=tuple(problems))
    return tuple(sorted(found.values(), key=lambda site: (site.order, site.code)))
