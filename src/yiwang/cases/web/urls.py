"""Addresses of the desk."""

from django.urls import path

from yiwang.cases.web import (
    ask_change,
    case_page,
    counter,
    documents,
    inbox,
    prefills,
    queue,
    search,
    special_acts,
    task_acts,
)

app_name = "desk"
urlpatterns = [
    path("", inbox.show_inbox, name="inbox"),
    path("search/", search.show_search, name="search"),
    path("counter/", counter.choose_service, name="counter"),
    path("counter/<slug:code>/", counter.take_in, name="counter_form"),
    path("queue/", queue.show_queue, name="queue"),
    path("queue/call/", queue.call, name="queue_call"),
    path("queue/<int:appointment_id>/finish/", queue.finish, name="queue_finish"),
    path("tasks/<int:task_id>/claim/", inbox.claim, name="claim"),
    path("tasks/<int:task_id>/release/", inbox.release, name="release"),
    path("register-changes/<slug:code>/<int:entry>/", ask_change.ask_change, name="ask_change"),
    path("cases/<str:number>/", case_page.show_case, name="case"),
    path("cases/<str:number>/prefills/<slug:resource>/", prefills.look_again, name="prefill"),
    path("cases/<str:number>/process/", case_page.show_process, name="process"),
    path("cases/<str:number>/process.bpmn", documents.diagram, name="diagram"),
    path("cases/<str:number>/log/", case_page.show_log, name="log"),
    path("cases/<str:number>/clocks/<int:clock_id>/", case_page.show_clock, name="clock"),
    path("cases/<str:number>/files/<int:file_id>/", documents.case_file, name="file"),
    path("cases/<str:number>/tasks/<int:task_id>/complete/", task_acts.complete, name="complete"),
    path("cases/<str:number>/tasks/<int:task_id>/transfer/", task_acts.transfer, name="transfer"),
    path("cases/<str:number>/tasks/<int:task_id>/return/", task_acts.send_back, name="return"),
    path("cases/<str:number>/acts/<slug:key>/", special_acts.act, name="act"),
]
