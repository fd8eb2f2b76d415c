"""The static copy of the whole group: made anew where something was published, by the worker.

One round works for a moment, so that the worker's other loops go on. What is taken away goes first, then what
was just published with the lists above it, then what else shows it, and at last what a whole copy still
lacks. The place in the changes, and the last address that the whole copy reached, are kept on the disk: a
worker that is killed does the last ones again, and misses none.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from itertools import islice

import structlog
from django.db import DatabaseError, connection

from yiwang.platform.contracts import Actor
from yiwang.platform.environment import ROOT, environment
from yiwang.platform.one_reading import one_reading
from yiwang.portal.keeping import copied_pages, copy_files
from yiwang.portal.keeping.commands.report_copy import report_copy
from yiwang.portal.keeping.contracts import PageChange
from yiwang.portal.keeping.looking import look
from yiwang.portal.keeping.rules.affected import affected, itself, order, whole
from yiwang.portal.keeping.rules.progress import Progress
from yiwang.portal.sites import api as sites

log = structlog.get_logger()
#: Seconds of a round; addresses that are read together; seconds between two lines of progress.
_ROUND, _TOGETHER, _TOLD = 0.8, 40, 10.0
#: Seconds after which it is tried again to write where there was no room or no right.
_AGAIN = 5.0
_COPIER = Actor.system("copier")
#: No transaction has this number.
_NONE = 2**62
_PUBLISHED = """
SELECT p.address,
  CASE WHEN t.model = 'homepage' AND s.kind = 'main' THEN 'main' ELSE replace(t.model, 'page', '') END
FROM sites_sitepage p JOIN wagtailcore_page w ON w.id = p.page_ptr_id
JOIN django_content_type t ON t.id = w.content_type_id JOIN sites_groupsite s ON s.id = p.site_id
WHERE w.live AND s.active
"""


class Copier:
    """What still has to be made anew; lives as long as the worker."""

    def __init__(self) -> None:
        self._position: int | None = None
        #: Just published with what lists it; what else shows it; the rest of a whole copy.
        self._fresh: dict[str, None] = {}
        self._wide: dict[str, None] = {}
        self._rest: dict[str, None] = {}
        self._swept: dict[str, None] = {}
        self._sites: dict[str, None] = {}
        self._whole: Progress | None = None
        #: Whether all that the copy has is as it was at the position.
        self._is_sure = True
        self._published: dict[str, str] = {}
        self._taken_up: frozenset[PageChange] = frozenset()
        #: Why nothing can be written, and until when it is not tried.
        self._problem, self._paused = "", float("-inf")

    @property
    def waiting(self) -> int:
        """How many addresses, sites and changes wait."""
        queues = (self._fresh, self._wide, self._rest, self._swept, self._sites, self._taken_up)
        return sum(map(len, queues))

    def copy_changes(self, at: datetime) -> int:
        """Work for one round; gives how many addresses were written or taken away."""
        try:
            self._look()  # also while nothing can be written: what was withdrawn goes away
            if time.monotonic() < self._paused:
                return 0
            done = self._work(time.monotonic() + _ROUND)
            self._write_down()
        except OSError as problem:  # no room or no right: what lies there stays, and this is tried again
            self._tell(at, problem.strerror or type(problem).__name__)
            return 0
        if self._problem and done:
            self._tell(at, "")
        return done

    def _tell(self, at: datetime, problem: str) -> None:
        """Say once that the copy stands still, or that it goes on."""
        if problem and time.monotonic() >= self._paused:
            self._paused = time.monotonic() + _AGAIN
            place = str(copy_files.folder())
            log.warning("keeping.copy_not_written", problem=problem, waiting=self.waiting, folder=place)
        if problem != self._problem:
            report_copy(actor=_COPIER, at=at, problem=problem, waiting=self.waiting)
            self._problem = problem
            log.info("keeping.copy_told", stands_still=bool(problem))

    def _look(self) -> None:
        if self._position is None:
            self._begin()
        assert self._position is not None  # noqa: S101 - set by _begin
        found = look(_rows, self._position)
        # a transaction that stays open holds the position back, and what was taken up is told again
        fresh = [change for change in found.changes if change not in self._taken_up]
        self._take_up(fresh)
        self._taken_up, self._position = frozenset(found.changes), found.position

    def _begin(self) -> None:
        """Go on where the worker before this one stopped, or from the beginning."""
        state = copy_files.read_state()
        # a copy from the beginning needs none of the changes that were before it
        position = int(str(state.get("seen", look(_rows, _NONE).position)))
        if state.get("build") != build():
            self._is_sure = bool(state) or not copied_pages.sites_there()
            self._copy_whole(after="")
        elif "unfinished" in state:
            self._is_sure = state.get("position") != 0
            self._copy_whole(after=str(state["unfinished"]))
        self._position = position  # only now: where nothing could be written this is done again

    def _take_up(self, changes: Sequence[PageChange]) -> None:
        if any(not change.address for change in changes):
            self._copy_whole(after="")
            return
        if not changes:
            return
        pages = published()
        for change in changes:
            near = dict.fromkeys(itself(change))
            self._fresh |= near
            self._wide |= {one: None for one in affected(change, pages) if one not in near}
            site = change.address.partition("/")[0]
            self._sites[site] = None
            if change.address == f"{site}/" and not change.is_leaf:  # also its name, its place in the group
                self._published, self._swept[site] = pages, None
                copied_pages.copy_group()
            if change.address not in pages:
                copied_pages.take_away(change.address)

    def _copy_whole(self, after: str) -> None:
        pages = published()
        wanted = list(whole(pages))
        if after:
            wanted = [address for address in wanted if order(address) > order(after)]
        else:
            copied_pages.copy_static()
        self._published, self._rest = pages, dict.fromkeys(wanted)
        there = copied_pages.sites_there()
        self._swept = dict.fromkeys(sorted(there))
        self._sites = dict.fromkeys(sorted(there | {address.partition("/")[0] for address in pages}))
        self._whole = Progress(wanted=len(wanted), after=after, begun=time.monotonic())
        log.info("keeping.whole_copy_begun", addresses=len(wanted), resumed=bool(after))

    def _work(self, until: float) -> int:
        done = 0
        while self._swept and time.monotonic() < until:
            site = next(iter(self._swept))
            done += copied_pages.sweep(site, self._published)
            del self._swept[site]
        for queue in (self._fresh, self._wide, self._rest):
            while queue and time.monotonic() < until:
                done += self._copy_some(queue, until)
        while self._sites and not (self._fresh or self._wide or self._rest) and time.monotonic() < until:
            copied_pages.copy_site_files(next(iter(self._sites)))
            del self._sites[next(iter(self._sites))]
        return done

    def _copy_some(self, queue: dict[str, None], until: float) -> int:
        """The next ones of a queue, from one snapshot that is younger than the look."""
        together, failed, done = list(islice(queue, _TOGETHER)), [], 0
        try:
            with one_reading():
                sites.read_ahead(together)
                for address in together:
                    if time.monotonic() > until and done:
                        break
                    done += 1
                    if not self._copy_one(address, queue):
                        failed.append(address)
            if failed:
                _rows("SELECT 1", {})
        except DatabaseError:  # it is not the pages that are at fault: they are tried again
            queue |= dict.fromkeys(failed)
            raise
        return done

    def _copy_one(self, address: str, queue: dict[str, None]) -> bool:
        try:
            screens = copied_pages.copy_address(address)
        except RuntimeError as problem:  # one faulty page keeps no other out
            log.warning("keeping.page_not_copied", problem=str(problem))
            del queue[address]
            return False
        del queue[address]
        later = self._rest if queue is self._rest else self._wide
        later |= dict.fromkeys(screens)
        if queue is self._rest and self._whole is not None:
            self._whole.reached(address)
        return True

    def _write_down(self) -> None:
        """Say on the disk, and now and then in the log, how far the copy is."""
        if self._fresh or self._wide or self._swept:
            return
        state: dict[str, object] = {"seen": self._position, "build": build()}
        state["position"] = self._position if self._is_sure or not self._rest else 0
        if self._whole is not None and (self._rest or self._sites):
            state["unfinished"] = self._whole.after
            if self._whole.is_to_be_told(time.monotonic(), _TOLD):
                log.info("keeping.whole_copy", **self._whole.told(time.monotonic(), len(self._rest)))
        elif self._whole is not None:
            log.info("keeping.whole_copy_done", **self._whole.told(time.monotonic(), 0))
            self._whole, self._is_sure, self._published = None, True, {}
        if copy_files.read_state() != state:
            copy_files.write_state(**state)


def published() -> dict[str, str]:
    """Every published address with its kind."""
    return {str(address): str(kind) for address, kind in _rows(_PUBLISHED, {})}


@cache
def build() -> str:
    """A digest of the code and templates that make pages: a copy of others is made anew."""
    total = hashlib.sha256()
    for place in (ROOT / "src" / "yiwang", ROOT / "cities" / environment().city):
        for path in sorted(place.rglob("*")):
            if path.suffix in {".py", ".html", ".xml", ".yaml", ".csv", ".svg", ".js"}:
                found = path.stat()
                total.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return total.hexdigest()[:32]


def _rows(statement: str, params: dict[str, int]) -> Sequence[Sequence[object]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        found: list[tuple[object, ...]] = cursor.fetchall()
    return found
