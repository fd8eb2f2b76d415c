"""Pages, files and signs of the copy: each written as it is now, or taken away."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage

from yiwang.platform.files import path_of
from yiwang.portal.keeping import copy_files, making
from yiwang.portal.sites import api as sites

#: Chinese, English, Traditional characters.
LANGUAGES = ("", "/en", "/hant")
_PAGES = re.compile(rb'href="[^"]*\?page=([0-9]{1,4})"')
_STATIC = ("theme/", "platform/", "portal/")
_GROUP = ("/sites/", "/en/sites/", "/hant/sites/", "/sites/sitemap.xml", "/unavailable/", "/en/unavailable/")


def copy_address(address: str) -> list[str]:
    """Write what an address says now, in each language; gives its further screens, to be copied next.

    ``environment/news/``, or ``environment/news/?page=2`` for one of them.
    """
    inner, _, screen = address.partition("?")
    most = 1
    for host, path in places(inner):
        body = making.page(host, path, screen)
        file = copy_files.file_of(host, path, screen)
        if file is None:
            continue
        if body is None:
            copy_files.take_away(host, path)
            continue
        copy_files.write(file, body)
        if not screen:
            most = max((int(number) for number in _PAGES.findall(body)), default=1)
            copy_files.take_screens_after(file, most)
    return [f"{address}?page={number}" for number in range(2, most + 1)]


def take_away(address: str) -> None:
    """Remove an address from the copy at once."""
    for host, path in places(address):
        copy_files.take_away(host, path)


def copy_site_files(site: str) -> None:
    """Have the pictures and attachments that published pages of a site use, and no others."""
    wanted = dict(sites.files_in_use(site))
    for host, path in places(f"{site}/", languages=("",)):
        inside = copy_files.file_of(host, f"{path}files/")
        if inside is None:
            continue
        for there in inside.parent.glob("*/index.*"):
            if not there.parent.name.isdigit() or int(there.parent.name) not in wanted:
                there.unlink(missing_ok=True)
        for file, stored in wanted.items():
            ending = Path(stored.name).suffix.lower() or ".bin"
            copy_files.link(inside.parent / str(file) / f"index{ending}", path_of(stored))


def sweep(site: str, published: Collection[str]) -> int:
    """Take away what the copy has of a site at addresses that are not published; gives how many."""
    gone = 0
    for host, path in places(f"{site}/"):
        top = copy_files.file_of(host, path)
        for address in copy_files.addresses_below(top.parent) if top else ():
            if f"{site}/{address}" not in published:
                copy_files.take_away(host, f"{path}{address}")
                gone += 1
    return gone


def sites_there() -> set[str]:
    """The sites of which the copy has something."""
    top = copy_files.folder() / "pages" / copy_files.HERE / "sites"
    return {one.name for one in top.iterdir() if one.is_dir()} if top.is_dir() else set()


def copy_static() -> None:
    """Have style sheets, scripts and signs, and what is no site's."""
    target = copy_files.folder() / "pages" / copy_files.HERE / "static"
    for finder in get_finders():
        for name, storage in finder.list(None):
            if name.startswith(_STATIC):
                with storage.open(name) as source:
                    copy_files.write(target / name, source.read())
                sent = staticfiles_storage.url(name).removeprefix(settings.STATIC_URL)
                if sent != name:
                    copy_files.write(target / sent, Path(staticfiles_storage.path(sent)).read_bytes())
    copy_group()


def copy_group() -> None:
    """Have the list of all sites, for people and programs, and the page for when nothing works."""
    for path in _GROUP:
        body, file = making.plain(path), copy_files.file_of("", path)
        if body is not None and file is not None:
            copy_files.write(file, body)


def places(address: str, languages: Iterable[str] = LANGUAGES) -> Iterator[tuple[str, str]]:
    """Hosts and paths at which an address stands, in each language."""
    site, _, inner = address.partition("/")
    hosts = [host for host, code in settings.YIWANG_SITE_HOSTS.items() if code == site]
    for language in languages:
        yield "", f"{language}/sites/{address}"
        yield from ((host, f"{language}/{inner}") for host in hosts)
