"""Pages: languages, templates, static files, middleware."""

from pathlib import Path

from yiwang.platform import logging as yiwang_logging
from yiwang.platform.environment import ROOT, environment
from yiwang.platform.web import vendor

_platform_web = Path(ROOT, "src", "yiwang", "platform", "web")

ROOT_URLCONF = "yiwang.server.urls"
WSGI_APPLICATION = "yiwang.server.wsgi.application"
# The policies of a page stand outside whatever may refuse a request early, so that refusals bear them too.
MIDDLEWARE = [
    # Looks and lists of departments' systems need nothing of what follows.
    "yiwang.registers.rest.straight.StraightListMiddleware",
    "yiwang.exchange.rest.clients.StraightMiddleware",
    "yiwang.maps.web.straight.StraightTileMiddleware",
    "yiwang.maps.ogc.web.straight.StraightFeatureMiddleware",
    "yiwang.platform.http.middleware.CorrelationMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "yiwang.platform.http.middleware.PackingMiddleware",
    "yiwang.platform.http.middleware.KeepingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "yiwang.portal.sites.web.traditional.TraditionalMiddleware",
    "yiwang.portal.sites.web.hosts.SiteHostMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "yiwang.platform.http.characters.CharacterMiddleware",
    "yiwang.platform.http.errors.ProblemMiddleware",
    "yiwang.identity.web.middleware.SignInMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_platform_web / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "yiwang.platform.web.context.page",
                "yiwang.identity.web.context.reader",
            ]
        },
    }
]

FORM_RENDERER = "yiwang.platform.web.forms.PageRenderer"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = environment().var / "collected"
STATICFILES_DIRS = [
    *(path for path in (_platform_web / "static", environment().var / "static") if path.is_dir()),
    *vendor.static_folders(ROOT / "node_modules"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "yiwang.platform.web.page_files.PageFiles"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = environment().debug

# Django's own lines (errors, security) go through structlog's format as well.
yiwang_logging.configure()
LOGGING = yiwang_logging.django_logging()
