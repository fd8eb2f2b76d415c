"""The database of the run, as floors and peers of it name it to Django."""

from __future__ import annotations

import os

from psycopg.conninfo import conninfo_to_dict


def database_at(variable: str) -> dict[str, dict[str, object]]:
    """What stands in ``DATABASES`` for the address in a variable of the environment."""
    found = conninfo_to_dict(os.environ[variable])
    return {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": found["dbname"],
            "USER": found.get("user", ""),
            "HOST": found.get("host", ""),
            "PORT": found.get("port", ""),
            "CONN_MAX_AGE": 600,
        }
    }
