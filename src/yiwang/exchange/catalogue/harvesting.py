"""Reads another catalogue from beginning to end; the worker's work, outside of any transaction."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from datetime import datetime
from urllib.parse import urlencode

import structlog
from pydantic import TypeAdapter, ValidationError

from yiwang.exchange.catalogue.contracts import HarvestSourceInfo
from yiwang.exchange.catalogue.fetching import Fetched, NotFetched, fetch
from yiwang.exchange.commands.record_harvest import record_harvest
from yiwang.exchange.queries.harvests import get_source
from yiwang.exchange.rules.foreign import ForeignEntry
from yiwang.exchange.rules.foreign_ckan import entries_of_page
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import environment

log = structlog.get_logger()
MACHINE = Actor.system("harvest")
_ENTRIES = TypeAdapter(list[ForeignEntry])
_SECONDS = 180
_ROWS, _MOST_ENTRIES = 100, 20_000
_FORMS = {"text/turtle": "turtle", "application/ld+json": "json-ld", "application/json": "json-ld"}
_UNREADABLE = Text("内容不是可读的目录", "it holds no catalogue that can be read")


def harvest_due(source: str, *, at: datetime) -> None:
    """Read a source if it is due: a job that was asked for twice finds nothing to do the second time."""
    known = get_source(source)
    if known.due_at is not None and known.due_at <= at:
        harvest(source, at=at)


def harvest(source: str, *, at: datetime) -> HarvestSourceInfo:
    """Read a source and write down what came of it.

    Raises:
        SourceNotFound: there is none, or it was stopped meanwhile.
    """
    known = get_source(source)
    site, inside = environment().address(), environment().inner_hosts()
    try:
        found, digest = _ckan(known.url, inside) if known.protocol == "ckan" else _dcat(known.url, inside)
    except NotFetched as fault:
        log.warning("exchange.harvest_failed", source=source)
        return record_harvest(actor=MACHINE, at=at, source=source, site=site, found=None, fault=fault.reason)
    return record_harvest(actor=MACHINE, at=at, source=source, site=site, found=found, sha256=digest)


def _dcat(url: str, inside: frozenset[str]) -> tuple[list[ForeignEntry], str]:
    document = fetch(url, inside=inside)
    form = _FORMS.get(document.media_type) or ("json-ld" if url.endswith((".jsonld", ".json")) else "turtle")
    entries = _read_rdf(document, form)
    if not entries:
        # an empty answer is more often a fault of theirs than the end of a catalogue
        raise NotFetched(reason=Text("目录是空的", "the catalogue is empty"))
    return entries, hashlib.sha256(document.body).hexdigest()


def _read_rdf(document: Fetched, form: str) -> list[ForeignEntry]:
    asked = [sys.executable, "-m", "yiwang.exchange.catalogue.rdf_reading", form]
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the document goes to its standard input
            asked, input=document.body, capture_output=True, check=True, timeout=_SECONDS
        )
        return _ENTRIES.validate_json(done.stdout)
    except (subprocess.SubprocessError, ValidationError):
        raise NotFetched(reason=_UNREADABLE) from None


def _ckan(url: str, inside: frozenset[str]) -> tuple[list[ForeignEntry], str]:
    """Page by page through ``package_search`` of the site whose address is given."""
    base, digest = url.rstrip("/"), hashlib.sha256()
    found: list[ForeignEntry] = []
    while len(found) < _MOST_ENTRIES:
        query = urlencode({"q": "*:*", "rows": _ROWS, "start": len(found), "sort": "name asc"})
        page = fetch(f"{base}/api/3/action/package_search?{query}", inside=inside)
        digest.update(page.body)
        try:
            count, entries = entries_of_page(json.loads(page.body), base)
        except (ValueError, RecursionError):
            raise NotFetched(reason=_UNREADABLE) from None
        found += entries
        if not entries or len(found) >= count:
            break
    if not found:
        raise NotFetched(reason=Text("目录是空的", "the catalogue is empty"))
    return found, digest.hexdigest()
