"""Addresses of the assessment on the desk."""

from django.urls import path

from yiwang.portal.assessing.web import scores

app_name = "assessing"
urlpatterns = [
    path("", scores.show_all, name="all"),
    path("<slug:organisation>/", scores.show_one, name="one"),
    path("<slug:organisation>/rows/<slug:measure>/", scores.show_rows, name="rows"),
]
