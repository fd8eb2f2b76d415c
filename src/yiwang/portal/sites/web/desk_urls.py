"""Addresses of the editors' desk."""

from django.urls import path

from yiwang.portal.sites.web import desk, editing, files, review, terms, versions

app_name = "site_desk"
urlpatterns = [
    path("", desk.sites, name="sites"),
    path("<slug:site>/", desk.pages, name="pages"),
    path("<slug:site>/new/<int:parent>/<slug:kind>/", editing.begin, name="begin"),
    path("<slug:site>/pages/<int:page>/", editing.edit, name="edit"),
    path("<slug:site>/pages/<int:page>/english/", editing.edit_english, name="edit_english"),
    path("<slug:site>/pages/<int:page>/preview/", desk.preview, name="preview"),
    path("<slug:site>/pages/<int:page>/review/", review.review, name="review"),
    path("<slug:site>/pages/<int:page>/review/step/", review.step, name="step"),
    path("<slug:site>/pages/<int:page>/versions/", versions.versions, name="versions"),
    path("<slug:site>/pages/<int:page>/versions/compare/", versions.compare, name="compare"),
    path("<slug:site>/pages/<int:page>/versions/restore/", versions.restore, name="restore"),
    path("<slug:site>/pages/<int:page>/terms/", terms.terms, name="terms"),
    path("<slug:site>/pages/<int:page>/publish/", review.publish, name="publish"),
    path("<slug:site>/pages/<int:page>/withdraw/", review.withdraw, name="withdraw"),
    path("<slug:site>/files/", files.files, name="files"),
    path("<slug:site>/files/<int:file>/", files.file, name="own_file"),
]
