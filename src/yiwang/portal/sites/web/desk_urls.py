"""Addresses of the editors' desk."""

from django.urls import path

from yiwang.portal.sites.web import desk, editing, files

app_name = "site_desk"
urlpatterns = [
    path("", desk.sites, name="sites"),
    path("<slug:site>/", desk.pages, name="pages"),
    path("<slug:site>/new/<int:parent>/<slug:kind>/", editing.begin, name="begin"),
    path("<slug:site>/pages/<int:page>/", editing.edit, name="edit"),
    path("<slug:site>/pages/<int:page>/english/", editing.edit_english, name="edit_english"),
    path("<slug:site>/pages/<int:page>/preview/", desk.preview, name="preview"),
    path("<slug:site>/pages/<int:page>/publish/", desk.publish, name="publish"),
    path("<slug:site>/pages/<int:page>/withdraw/", desk.withdraw, name="withdraw"),
    path("<slug:site>/files/", files.files, name="files"),
    path("<slug:site>/files/<int:file>/", files.file, name="own_file"),
]
