"""The floor of ``bench registers_http``: Django and nothing else, passing on JSON that the database made.

No rights, no mask, no trace, no middleware: one statement and one answer.
"""

from __future__ import annotations

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

_ONE = (
    "SELECT row_to_json(v)::text FROM (SELECT id_number, name, birth_date, residence_division "
    "FROM reg.persons WHERE id_number = %s) v"
)
_PAGE = (
    "SELECT json_agg(v)::text FROM (SELECT id_number, name, birth_date, residence_division, _entry "
    "FROM reg.persons WHERE _district = %s AND _entry > %s ORDER BY _entry LIMIT 100) v"
)


def _give(statement: str, *parameters: object) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        ((body,),) = cursor.fetchall()
    return HttpResponse(body, content_type="application/json")


def one(request: HttpRequest, key: str) -> HttpResponse:
    return _give(_ONE, key)


def page(request: HttpRequest, district: str, after: int) -> HttpResponse:
    return _give(_PAGE, district, after)


urlpatterns = [path("one/<str:key>", one), path("page/<str:district>/<int:after>", page)]
application = WSGIHandler()
