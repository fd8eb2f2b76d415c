"""Addresses of the exchange in the desk."""

from django.urls import path

from yiwang.exchange.web import (
    asking,
    catalogue,
    elsewhere,
    emergency,
    granting,
    harvests,
    lineage,
    nodes,
    receiving,
    releasing,
    telling,
)

app_name = "exchange"
urlpatterns = [
    path("", catalogue.show_catalogue, name="catalogue"),
    path("our-access/", asking.show_our_access, name="our_access"),
    path("our-access/notices/<int:notice>/", receiving.see_notice, name="see_notice"),
    path("our-access/grants/<int:grant>/credential/", receiving.take_credential, name="take_credential"),
    path("subscriptions/", telling.show_subscriptions, name="subscriptions"),
    path("reviews/", emergency.show_reviews, name="reviews"),
    path("reviews/emergencies/<int:emergency>/", emergency.review, name="review"),
    path("reviews/findings/<int:finding>/", emergency.decide, name="decide_finding"),
    path("harvests/", harvests.show, name="harvests"),
    path("harvests/<slug:source>/stop/", harvests.stop, name="harvest_stop"),
    path("elsewhere/", elsewhere.show_elsewhere, name="elsewhere"),
    path("elsewhere/<slug:node>/<slug:code>/", elsewhere.look_elsewhere, name="look_elsewhere"),
    path("nodes/", nodes.show_nodes, name="nodes"),
    path("nodes/orders/<int:order>/approve/", nodes.approve, name="node_approve"),
    path("nodes/orders/<int:order>/refuse/", nodes.refuse, name="node_refuse"),
    path("nodes/<slug:node>/revoke/", nodes.revoke, name="node_revoke"),
    path("releases/", releasing.show_releases, name="releases"),
    path("releases/<slug:release>/sign/", releasing.sign, name="release_sign"),
    path("releases/<slug:release>/withdraw/", releasing.withdraw, name="release_withdraw"),
    path("releases/<slug:release>/file/", releasing.preview, name="release_preview"),
    path("<slug:code>/release/", releasing.prepare, name="release_new"),
    path("<slug:code>/lineage/", lineage.show, name="lineage"),
    path("<slug:code>/lineage.json", lineage.document, name="lineage_json"),
    path("<slug:code>/", catalogue.show_resource, name="resource"),
    path("<slug:code>/ask/", asking.ask, name="ask"),
    path("<slug:code>/emergency/", emergency.look_in_emergency, name="emergency"),
    path("<slug:code>/grants/new/", granting.issue, name="issue"),
    path("<slug:code>/grants/<int:grant>/revoke/", granting.revoke, name="revoke"),
]
