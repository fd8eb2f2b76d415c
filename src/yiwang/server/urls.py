"""All addresses of an installation: Chinese at ``/…``, English at ``/en/…``."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView

from yiwang.cases.web.days_off import days_off
from yiwang.platform.http.health import healthz, readyz
from yiwang.portal.keeping.web.unavailable import unavailable
from yiwang.server.rest import api as rest

handler404 = "yiwang.platform.http.errors.not_found"
handler500 = "yiwang.platform.http.errors.broken"
urlpatterns = [
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}platform/favicon.svg")),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("calendar/<int:year>/", days_off, name="days-off"),
    path("", include("yiwang.trust.rest.urls")),
    path("", include("yiwang.exchange.rest.tokens")),
    path("", include("yiwang.exchange.rest.urls")),
    path("", include("yiwang.exchange.nodes.rest.urls")),
    path("", include("yiwang.maps.web.urls")),
    path("", include("yiwang.maps.solids.web.urls")),
    path("", include("yiwang.maps.rasters.web.urls")),
    path("api/", rest.urls),
    *i18n_patterns(
        path("", include("yiwang.identity.web.urls")),
        path("desk/evidence/", include("yiwang.exchange.web.evidence_urls")),
        path("catalogue/", include("yiwang.exchange.web.public_urls")),
        path("desk/exchange/", include("yiwang.exchange.web.urls")),
        path("desk/matching/", include("yiwang.registers.matching.web.urls")),
        path("desk/registers/", include("yiwang.registers.web.urls")),
        path("statistics/", include("yiwang.insight.web.public_urls")),
        path("mailbox/", include("yiwang.portal.talking.web.urls")),
        path("desk/talking/", include("yiwang.portal.talking.web.desk_urls")),
        path("kiosk/", include("yiwang.portal.kiosk.web.urls")),
        path("desk/meetings/", include("yiwang.portal.meetings.web.urls")),
        path("desk/kiosk/", include("yiwang.portal.kiosk.web.desk_urls")),
        path("desk/supervision/", include("yiwang.insight.web.urls")),
        path("desk/", include("yiwang.portal.watching.web.urls")),
        path("desk/assessment/", include("yiwang.portal.assessing.web.urls")),
        path("desk/sites/", include("yiwang.portal.sites.web.desk_urls")),
        path("desk/openness/", include("yiwang.portal.openness.web.desk_urls")),
        path("desk/disclosure/", include("yiwang.portal.disclosure.web.urls")),
        path("desk/", include("yiwang.cases.web.urls")),
        path("openness/", include("yiwang.portal.openness.web.urls")),
        path("sites/", include("yiwang.portal.watching.web.public_urls")),
        path("sites/", include("yiwang.portal.sites.web.urls")),
        path("unavailable/", unavailable, name="unavailable"),
        path("proofs/", include("yiwang.portal.proofs.web.urls")),
        path("desk/rasters/", include("yiwang.maps.rasters.web.desk_urls")),
        path("desk/layers/", include("yiwang.maps.making.web.urls")),
        path("map/solids/", include("yiwang.maps.solids.web.page_urls")),
        path("map/", include("yiwang.maps.web.page_urls")),
        path("now/", include("yiwang.insight.situations.web.urls")),
        path("ogc/", include("yiwang.maps.ogc.web.urls")),
        path("desk/addresses/", include("yiwang.maps.addresses.batches.web.urls")),
        path("desk/grids/", include("yiwang.maps.grid.web.urls")),
        path("desk/analysis/", include("yiwang.maps.analysis.web.urls")),
        path("search/", include("yiwang.portal.search.web.urls")),
        path("", include("yiwang.portal.web.urls")),
        path("", include("yiwang.platform.web.urls")),
        prefix_default_language=False,
    ),
]
