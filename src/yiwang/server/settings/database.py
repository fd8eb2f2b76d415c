"""The one server that an installation needs: PostgreSQL."""

from urllib.parse import parse_qs, unquote, urlsplit

from yiwang.platform.environment import environment

_url = urlsplit(environment().database_url or "postgresql:///yiwang")
_query = {key: values[-1] for key, values in parse_qs(_url.query).items()}

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(_url.path.lstrip("/")) or "yiwang",
        "USER": unquote(_url.username or "") or _query.pop("user", ""),
        "PASSWORD": unquote(_url.password or ""),
        "HOST": unquote(_url.hostname or "") or _query.pop("host", ""),
        "PORT": str(_url.port or _query.pop("port", "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "yiwang", **_query},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
