"""Addresses of talking, for everybody."""

from django.urls import path

from yiwang.portal.talking.web import budgets, consultations, letters, proposals, surveys

app_name = "talking"
urlpatterns = [
    path("", letters.mailbox, name="mailbox"),
    path("letters/", letters.list_letters, name="letters"),
    path("letters/<int:letter>/", letters.show_letter, name="letter"),
    path("figures/", letters.show_figures, name="figures"),
    path("consultations/", consultations.list_consultations, name="consultations"),
    path("consultations/<int:consultation>/", consultations.show_consultation, name="consultation"),
    path("consultations/<int:consultation>/<int:section>/", consultations.comment, name="comment"),
    path("proposals/", proposals.list_proposals, name="proposals"),
    path("proposals/new/", proposals.propose, name="propose"),
    path("proposals/given/", proposals.given, name="proposal_given"),
    path("proposals/<int:proposal>/", proposals.show_proposal, name="proposal"),
    path("proposals/<int:proposal>/support/", proposals.support, name="support"),
    path("budgets/", budgets.list_budgets, name="budgets"),
    path("budgets/<int:budget>/", budgets.show_budget, name="budget"),
    path("budgets/<int:budget>/vote/", budgets.vote, name="vote"),
    path("surveys/", surveys.list_surveys, name="surveys"),
    path("surveys/<int:survey>/", surveys.show_survey, name="survey"),
    path("surveys/<int:survey>/answer/", surveys.answer, name="answer"),
]
