"""Addresses of openness at the desk."""

from django.urls import path

from yiwang.portal.openness.web import answer_desk, batches, desk, desk_reports

app_name = "openness-desk"
urlpatterns = [
    path("items/", desk.show_items, name="items"),
    path("items/new/", desk.begin, name="new_item"),
    path("items/<int:item>/", desk.show_item, name="item"),
    path("items/<int:item>/write/", desk.write, name="write_item"),
    path("items/<int:item>/publish/", desk.publish, name="publish_item"),
    path("items/<int:item>/withdraw/", desk.withdraw, name="withdraw_item"),
    path("items/<int:item>/acts/", desk.enter_act, name="enter_act"),
    path("items/<int:item>/acts/<int:act>/", desk.judge_act, name="judge_act"),
    path("items/<int:item>/links/", desk.link, name="link"),
    path("items/<int:item>/links/<int:link>/", desk.unlink, name="unlink"),
    path("answers/", answer_desk.show_all, name="answers"),
    path("answers/<str:number>/", answer_desk.judge, name="judge_answer"),
    path("batches/", batches.show_all, name="batches"),
    path("batches/<int:batch>/", batches.show, name="batch"),
    path("batches/<int:batch>/report.csv", batches.report, name="batch_report"),
    path("batches/<int:batch>/publish/", batches.publish, name="publish_batch"),
    path("waiting/", desk_reports.show_waiting, name="waiting"),
    path("links/", desk_reports.show_lacking, name="lacking"),
]
