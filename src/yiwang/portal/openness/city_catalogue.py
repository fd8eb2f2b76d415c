"""A city's file of what it discloses, read and checked; nothing is written here."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from yiwang.identity.api import organisations_of
from yiwang.kernel.errors import DefinitionProblem, DefinitionRefused
from yiwang.kernel.text import Text
from yiwang.packs.api import read_model, read_source
from yiwang.platform.environment import ROOT, environment
from yiwang.portal.openness.definitions import OpennessDefinition
from yiwang.portal.openness.rules.categories import CATEGORIES


def read_catalogue(folder: Path) -> OpennessDefinition | None:
    """The file of a city; None for a city without one.

    Raises:
        DefinitionRefused: with file and line of everything that is wrong.
    """
    path = folder / "openness.yaml"
    if not path.is_file():
        return None
    problems: list[DefinitionProblem] = []
    source = read_source(path, f"cities/{folder.name}/openness.yaml", "", problems)
    model = None
    if source is not None:
        model, faults = read_model(OpennessDefinition, source)
        problems.extend(faults)
        if model is not None:
            known = organisations_of(folder)
            named = {item.organisation for item in model.items} | {model.owner, *model.codes}
            for code in sorted((named | set(model.owners.values())) - set(known)):
                reason = Text(f"城市没有机构“{code}”", f"the city has no organisation {code!r}")
                problems.append(source.problem((), reason))
            for key in sorted(set(model.owners) - set(CATEGORIES)):
                reason = Text(f"没有目录类别“{key}”", f"there is no category {key!r}")
                problems.append(source.problem(("owners",), reason))
    if problems or model is None:
        raise DefinitionRefused(problems=tuple(problems))
    return model


@cache
def category_owners() -> dict[str, str]:
    """Who answers for each category in this city, by the category's key; empty where nobody has said."""
    found = read_catalogue(ROOT / "cities" / environment().city)
    if found is None:
        return {}
    return {key: found.owners.get(key, found.owner) for key in CATEGORIES}
