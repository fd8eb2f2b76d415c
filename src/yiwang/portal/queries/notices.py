"""The city's notices, read once from its file."""

from __future__ import annotations

from functools import cache

from yiwang.kernel.errors import DefinitionProblem, DefinitionRefused
from yiwang.packs.api import read_model, read_source
from yiwang.platform.environment import ROOT, environment
from yiwang.portal.contracts import NoticeNotFound
from yiwang.portal.definitions import Notice, Notices


@cache
def notices() -> tuple[Notice, ...]:
    """All notices, the latest first; a city without the file has none."""
    shown = f"cities/{environment().city}/notices.yaml"
    path = ROOT / shown
    if not path.is_file():
        return ()
    problems: list[DefinitionProblem] = []
    source = read_source(path, shown, "", problems)
    model = None
    if source is not None:
        model, faults = read_model(Notices, source)
        problems.extend(faults)
    if model is None:
        raise DefinitionRefused(problems=tuple(problems))
    return tuple(sorted(model.notices, key=lambda notice: (notice.published, notice.code), reverse=True))


def notice(code: str) -> Notice:
    """One notice; raises NoticeNotFound."""
    for found in notices():
        if found.code == code:
            return found
    raise NoticeNotFound
