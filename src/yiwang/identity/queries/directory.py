"""The directory held in memory: organisations, roles and grants, read again when their mark changes.

A city has some 3,100 organisations; permission is asked many times a request. The mark is looked at once
a second at most (a quarter of a millisecond), so another process sees a change within that second.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections import defaultdict

from yiwang.identity.contracts import OrganisationKind, OrganisationUnknown, OrganisationView, Reach, RoleView
from yiwang.identity.models import DirectoryState, Organisation, Role, RoleGrant
from yiwang.identity.rules.permission import Directory
from yiwang.identity.rules.roles import BUILT_IN
from yiwang.kernel.text import Text

_LOOK_AGAIN_SECONDS = 1.0


class _Cache:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.mark: uuid.UUID | None = None
        self.directory: Directory | None = None
        self.children: dict[str, tuple[str, ...]] = {}
        self.looked_at = 0.0


_cache = _Cache()


def directory() -> Directory:
    """The directory as it stands now."""
    with _cache.lock:
        fresh = time.monotonic() - _cache.looked_at < _LOOK_AGAIN_SECONDS
        if _cache.directory is not None and fresh:
            return _cache.directory
        mark = DirectoryState.objects.filter(pk=1).values_list("mark", flat=True).first()
        if _cache.directory is None or mark != _cache.mark:
            _cache.directory = _read()
            _cache.children = _children_of(_cache.directory)
            _cache.mark = mark
        _cache.looked_at = time.monotonic()
        return _cache.directory


def directory_mark() -> uuid.UUID | None:
    """What changes whenever organisations, divisions or roles do: a key for caches built from them."""
    directory()
    return _cache.mark


def forget_directory() -> None:
    """Look at the database at the next question: called by every change in this process."""
    with _cache.lock:
        _cache.looked_at = 0.0
        _cache.directory = None


def mark_changed() -> None:
    """Give the directory a new mark in the present transaction, so that every process reads it again."""
    DirectoryState.objects.update_or_create(pk=1, defaults={"mark": uuid.uuid4()})
    forget_directory()


def _read() -> Directory:
    rows = list(Organisation.objects.select_related("parent"))
    organisations = {row.code: _view(row) for row in rows}
    roles = dict(BUILT_IN)
    for role in Role.objects.all():
        title = Text(role.title_zh, role.title_en)
        roles[role.code] = RoleView(code=role.code, title=title, reach=Reach(role.reach))
    grants: defaultdict[str, set[str]] = defaultdict(set)
    for code, operation in RoleGrant.objects.values_list("role", "operation"):
        grants[operation].add(code)
    frozen = {operation: frozenset(codes) for operation, codes in grants.items()}
    return Directory(organisations=organisations, roles=roles, grants=frozen)


def _view(row: Organisation) -> OrganisationView:
    return OrganisationView(
        id=row.pk,
        code=row.code,
        name=Text(row.name_zh, row.name_en),
        short_name=Text(row.short_zh, row.name_en),
        kind=OrganisationKind(row.kind),
        parent=row.parent.code if row.parent else "",
        path=tuple(row.path.strip("/").split("/")),
        division_code=row.division_code,
        active=row.active,
    )


def _children_of(whole: Directory) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for code in sorted(whole.organisations):
        found[whole.organisations[code].parent].append(code)
    return {parent: tuple(codes) for parent, codes in found.items()}


def organisation(code: str) -> OrganisationView:
    """Give one organisation or raise OrganisationUnknown."""
    found = directory().organisations.get(code)
    if found is None:
        raise OrganisationUnknown(organisation=code)
    return found


def find_organisation(code: str) -> OrganisationView | None:
    """Give one organisation or None."""
    return directory().organisations.get(code)


def organisation_names(codes: list[str] | tuple[str, ...] | set[str] | frozenset[str]) -> dict[str, Text]:
    """Short names by code, for pages; an unknown code is named by itself."""
    known = directory().organisations
    return {
        code: known[code].short_name if code in known else Text(code, code) for code in dict.fromkeys(codes)
    }


def children(code: str) -> tuple[OrganisationView, ...]:
    """The organisations directly below one; ``""`` gives the roots."""
    known = directory().organisations
    return tuple(known[child] for child in _cache.children.get(code, ()))


def subtree(code: str) -> tuple[OrganisationView, ...]:
    """An organisation and everything below it, parents first."""
    found = [organisation(code)]
    for below in children(code):
        found.extend(subtree(below.code))
    return tuple(found)


def roles() -> tuple[RoleView, ...]:
    """All roles, sorted by code."""
    known = directory().roles
    return tuple(known[code] for code in sorted(known))
