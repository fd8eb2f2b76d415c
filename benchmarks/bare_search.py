"""Floor and peer of ``bench search``: Django and nothing else on the same server.

The floor reads ten documents of the index by their number. The peer is PostgreSQL's own way without Chinese
words, pg_trgm: titles and texts that hold what was typed, by the likeness of the title.
"""

from __future__ import annotations

import random

import django
from benchmarks.django_database import database_at
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    DATABASES=database_at("YIWANG_DATABASE_URL"),
)
django.setup()

_COLUMNS = "kind, title_zh, title_en, summary_zh, address, dated"
_TEN = f"SELECT json_agg(v)::text FROM (SELECT {_COLUMNS} FROM search_indexed WHERE id = ANY(%s) LIMIT 10) v"
_LIKE = (
    f"SELECT coalesce(json_agg(v), '[]')::text FROM (SELECT {_COLUMNS} FROM bench_plain "
    "WHERE said ILIKE %s ORDER BY similarity(title_zh, %s) DESC, id LIMIT 10) v"
)


def _give(statement: str, *parameters: object) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        ((body,),) = cursor.fetchall()
    return HttpResponse(body, content_type="application/json")


def ten(request: HttpRequest) -> HttpResponse:
    first = random.Random().randrange(100_000)
    return _give(_TEN, list(range(first, first + 10)))


def like(request: HttpRequest) -> HttpResponse:
    query = request.GET["q"]
    return _give(_LIKE, f"%{query}%", query)


urlpatterns = [path("ten/", ten), path("like/", like)]
application = WSGIHandler()
