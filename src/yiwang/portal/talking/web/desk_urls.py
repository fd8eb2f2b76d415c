"""Addresses of talking at the desk."""

from django.urls import path

from yiwang.portal.talking.web import budget_desk, consultation_desk, letter_desk, proposal_desk, survey_desk

app_name = "talking-desk"
urlpatterns = [
    path("letters/", letter_desk.show_all, name="letters"),
    path("letters/<str:number>/", letter_desk.judge, name="judge_letter"),
    path("letters/<str:number>/withdraw/", letter_desk.withdraw, name="withdraw_letter"),
    path("consultations/", consultation_desk.show_all, name="consultations"),
    path("consultations/new/", consultation_desk.begin, name="new_consultation"),
    path("consultations/<int:consultation>/", consultation_desk.show, name="consultation"),
    path("consultations/<int:consultation>/put-out/", consultation_desk.put_out, name="put_out"),
    path("consultations/<int:consultation>/report/", consultation_desk.report, name="report"),
    path("comments/<int:comment>/", consultation_desk.answer, name="answer_comment"),
    path("proposals/", proposal_desk.show_all, name="proposals"),
    path("proposals/<int:proposal>/", proposal_desk.show, name="proposal"),
    path("budgets/", budget_desk.show_all, name="budgets"),
    path("budgets/new/", budget_desk.begin, name="new_budget"),
    path("budgets/<int:budget>/", budget_desk.show, name="budget"),
    path("budgets/<int:budget>/put-out/", budget_desk.put_out, name="put_out_budget"),
    path("budgets/<int:budget>/hand-out/", budget_desk.hand_out, name="hand_out"),
    path("surveys/", survey_desk.show_all, name="surveys"),
    path("surveys/new/", survey_desk.begin, name="new_survey"),
    path("surveys/<int:survey>/", survey_desk.show, name="survey"),
    path("surveys/<int:survey>/put-out/", survey_desk.put_out, name="put_out_survey"),
]
