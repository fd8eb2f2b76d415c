"""Addresses of talking at the desk."""

from django.urls import path

from yiwang.portal.talking.web import letter_desk

app_name = "talking-desk"
urlpatterns = [
    path("letters/", letter_desk.show_all, name="letters"),
    path("letters/<str:number>/", letter_desk.judge, name="judge_letter"),
    path("letters/<str:number>/withdraw/", letter_desk.withdraw, name="withdraw_letter"),
]
