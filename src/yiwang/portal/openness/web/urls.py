"""Public addresses of openness."""

from django.urls import path

from yiwang.portal.openness.web import catalogue

app_name = "openness"
urlpatterns = [
    path("", catalogue.show_items, name="items"),
    path("sites/<slug:site>/", catalogue.show_site_items, name="site_items"),
    path("items/<int:item>/", catalogue.show_item, name="item"),
    path("items/<int:item>/file/", catalogue.have_file, name="file"),
    path("catalogue.csv", catalogue.export, name="export"),
    path("feed/", catalogue.feed, name="feed"),
]
