"""Who gets in and what a page may do."""

from csp.constants import NONE, SELF

from yiwang.platform.environment import environment
from yiwang.server.settings.city import YIWANG_SITE_HOSTS

_environment = environment()

SECRET_KEY = _environment.secret()
DEBUG = _environment.debug
ALLOWED_HOSTS = ["*"] if DEBUG else ["127.0.0.1", "localhost", "[::1]", _environment.host]
_public_host = _environment.address().split("//", 1)[-1].split(":", 1)[0]
ALLOWED_HOSTS += YIWANG_SITE_HOSTS
if _public_host not in ALLOWED_HOSTS:
    ALLOWED_HOSTS.append(_public_host)

AUTH_USER_MODEL = "identity.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# 19 MiB, 2 passes, 1 lane: OWASP's Argon2id figures; Django's default allows 3.5 sign-ins a second a core.
PASSWORD_HASHERS = ["yiwang.identity.password_hashers.CityArgon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
CSRF_COOKIE_HTTPONLY = True
_https = _environment.address().startswith("https://")
SESSION_COOKIE_SECURE = _https
CSRF_COOKIE_SECURE = _https
CSRF_TRUSTED_ORIGINS = [_environment.address()]
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
# Only the last proxy is believed, and only where there is one: others could be written by anybody.
ALLAUTH_TRUSTED_PROXY_COUNT = _environment.trusted_proxies()
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# Uploads are checked by content in platform.files; these bound what a request may hold in memory.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "yiwang.platform.http.uploads.BoundedUploadHandler",
]
