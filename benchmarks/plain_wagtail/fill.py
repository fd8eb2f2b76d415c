"""Fill the peer's store: ``python -m benchmarks.plain_wagtail.fill <sites> <articles in a column>``."""

from __future__ import annotations

import json
import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.plain_wagtail.settings"
django.setup()

from benchmarks.group_of_sites import TITLES, articles, columns, sites  # noqa: E402 - Django first
from benchmarks.plain_wagtail.models import (  # noqa: E402
    ArticlePage,
    ChannelPage,
    ColumnPage,
    SiteHomePage,
)
from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.models import Locale, Page, Site  # noqa: E402


def main(number: int, in_column: int) -> None:
    call_command("migrate", run_syncdb=True, verbosity=0)
    with transaction.atomic():
        Locale.objects.get_or_create(language_code="zh-hans")
        top = Page.add_root(title="Root", slug="root", content_type=ContentType.objects.get_for_model(Page))
        start = top.add_child(instance=SiteHomePage(title="市政府", slug="home"))
        Site.objects.create(hostname="127.0.0.1", root_page=start, is_default_site=True, site_name="市政府")
        for code in sites(number):
            home = start.add_child(instance=SiteHomePage(title=code, slug=code, show_in_menus=True))
            under = {"": home, "open": home.add_child(instance=ChannelPage(title="政务公开", slug="open"))}
            for address in columns():
                above, _, slug = address.rpartition("/")
                column = ColumnPage(title=TITLES[slug], slug=slug, show_in_menus=True)
                fill(under[above].add_child(instance=column), code, address, in_column)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def fill(column: Page, site: str, address: str, number: int) -> None:
    kind = ContentType.objects.get_for_model(ArticlePage)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('wagtailcore_page', 'id')) FROM generate_series(1, %s)",
            [number],
        )
        ids = [int(pk) for (pk,) in cursor.fetchall()]
    now = timezone.now()
    pages = [
        ArticlePage(
            id=pk,
            page_ptr_id=pk,
            content_type=kind,
            path=Page._get_path(column.path, column.depth + 1, place),
            depth=column.depth + 1,
            title=one.title,
            draft_title=one.title,
            slug=one.address,
            url_path=f"{column.url_path}{one.address}/",
            locale_id=column.locale_id,
            first_published_at=now,
            last_published_at=now,
            day=one.day,
            body=json.dumps([{"type": "paragraph", "value": text} for text in one.paragraphs]),
        )
        for place, (pk, one) in enumerate(zip(ids, articles(site, address, number), strict=True), start=1)
    ]
    for model in (Page, ArticlePage):
        model._base_manager._insert(pages, fields=model._meta.local_concrete_fields, using="default")
    Page.objects.filter(pk=column.pk).update(numchild=number)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
