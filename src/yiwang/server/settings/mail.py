"""Mail: by the server that the environment names, else into files that somebody may read."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from yiwang.platform.environment import environment

_server = urlsplit(environment().mail_url)
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if _server.hostname
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = environment().var / "mail"
EMAIL_HOST = _server.hostname or "localhost"
EMAIL_USE_SSL = _server.scheme == "smtps"
EMAIL_PORT = _server.port or (465 if EMAIL_USE_SSL else 25)
EMAIL_USE_TLS = _server.scheme == "smtp" and EMAIL_PORT == 587
EMAIL_HOST_USER = unquote(_server.username or "")
EMAIL_HOST_PASSWORD = unquote(_server.password or "")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = environment().mail_from
