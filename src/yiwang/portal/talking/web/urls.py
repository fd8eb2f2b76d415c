"""Addresses of talking, for everybody."""

from django.urls import path

from yiwang.portal.talking.web import consultations, letters, surveys

app_name = "talking"
urlpatterns = [
    path("", letters.mailbox, name="mailbox"),
    path("letters/", letters.list_letters, name="letters"),
    path("letters/<int:letter>/", letters.show_letter, name="letter"),
    path("figures/", letters.show_figures, name="figures"),
    path("consultations/", consultations.list_consultations, name="consultations"),
    path("consultations/<int:consultation>/", consultations.show_consultation, name="consultation"),
    path("consultations/<int:consultation>/<int:section>/", consultations.comment, name="comment"),
    path("surveys/", surveys.list_surveys, name="surveys"),
    path("surveys/<int:survey>/", surveys.show_survey, name="survey"),
    path("surveys/<int:survey>/answer/", surveys.answer, name="answer"),
]
