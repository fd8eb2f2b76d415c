"""Addresses of meeting notices."""

from django.urls import path

from yiwang.portal.meetings.web import issuing, receiving

app_name = "meetings"
urlpatterns = [
    path("", receiving.show_all, name="received"),
    path("<int:meeting>/", receiving.show, name="meeting"),
    path("<int:meeting>/files/<int:file>/", receiving.file, name="file"),
    path("issued/", issuing.show_all, name="issued"),
    path("issued/new/", issuing.issue, name="issue"),
    path("issued/<int:meeting>/", issuing.overview, name="overview"),
    path("issued/<int:meeting>/change/", issuing.change, name="change"),
    path("issued/<int:meeting>/cancel/", issuing.cancel, name="cancel"),
    path("issued/<int:meeting>/attendees.xlsx", issuing.export, name="attendees"),
]
