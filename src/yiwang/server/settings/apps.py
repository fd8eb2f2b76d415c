"""Engines and libraries that are installed."""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django.contrib.humanize",
    # Before allauth, so that its pages are found in our dress.
    "yiwang.identity.apps.IdentityConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    # Its tree of pages, revisions and bodies; not its admin (docs/decisions/0050).
    "wagtail",
    "yiwang.platform.apps.PlatformConfig",
    "yiwang.packs.apps.PacksConfig",
    "yiwang.trust.apps.TrustConfig",
    "yiwang.cases.apps.CasesConfig",
    "yiwang.exchange.apps.ExchangeConfig",
    "yiwang.registers.apps.RegistersConfig",
    "yiwang.registers.matching.apps.MatchingConfig",
    "yiwang.maps.apps.MapsConfig",
    "yiwang.maps.addresses.apps.AddressesConfig",
    "yiwang.portal.apps.PortalConfig",
    "yiwang.portal.talking.apps.TalkingConfig",
    "yiwang.portal.publishing.apps.PublishingConfig",
    "yiwang.portal.kiosk.apps.KioskConfig",
    "yiwang.portal.meetings.apps.MeetingsConfig",
    "yiwang.portal.sites.apps.SitesConfig",
    "yiwang.portal.keeping.apps.KeepingConfig",
    "yiwang.portal.openness.apps.OpennessConfig",
    "yiwang.portal.watching.apps.WatchingConfig",
    "yiwang.portal.proofs.apps.ProofsConfig",
    "yiwang.portal.assessing.apps.AssessingConfig",
    "yiwang.portal.search.apps.SearchConfig",
    "yiwang.insight.apps.InsightConfig",
]
# Nothing of ours was ever on an older Wagtail: its tables are made in one step, not in the 98 of its history.
MIGRATION_MODULES = {"wagtailcore": "yiwang.portal.sites.migrations.wagtailcore"}
