"""Addresses of talking, for everybody."""

from django.urls import path

from yiwang.portal.talking.web import letters

app_name = "talking"
urlpatterns = [
    path("", letters.mailbox, name="mailbox"),
    path("letters/", letters.list_letters, name="letters"),
    path("letters/<int:letter>/", letters.show_letter, name="letter"),
    path("figures/", letters.show_figures, name="figures"),
]
