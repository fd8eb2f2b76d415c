"""Public addresses of the sites."""

from django.urls import path

from yiwang.portal.sites.web import public

app_name = "sites"
urlpatterns = [
    path("", public.group, name="group"),
    path("<slug:site>/", public.page, name="home"),
    path("<slug:site>/files/<int:file>/", public.file, name="file"),
    path("<slug:site>/<path:address>/", public.page, name="page"),
]
