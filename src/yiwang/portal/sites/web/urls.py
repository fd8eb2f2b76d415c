"""Public addresses of the sites."""

from django.urls import path

from yiwang.portal.sites.web import feeds, public, views

app_name = "sites"
urlpatterns = [
    path("", public.group, name="group"),
    path("sitemap.xml", feeds.sitemap_index, name="sitemap_index"),
    path("<slug:site>/", public.page, name="home"),
    path("<slug:site>/view/", views.choose, name="view"),
    path("<slug:site>/feed/", feeds.feed, name="feed"),
    path("<slug:site>/feed/rss/", feeds.rss, name="rss"),
    path("<slug:site>/sitemap.xml", feeds.sitemap, name="sitemap"),
    path("<slug:site>/files/<int:file>/", public.file, name="file"),
    path("<slug:site>/<path:address>/", public.page, name="page"),
]
