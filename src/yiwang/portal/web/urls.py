"""Addresses of the portal."""

from django.urls import path

from yiwang.portal.web import booking, eligibility, guide, home, invest, results, services, track
from yiwang.portal.web.apply import check, page, papers, pick, start, tasks
from yiwang.portal.web.space import acts, case_page, overview, own_data, supplement

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("services/", services.services, name="services"),
    path("services/<slug:code>/", guide.guide, name="guide"),
    path("services/<slug:code>/sample.pdf", guide.sample, name="result_sample"),
    path("services/<slug:code>/check/", eligibility.eligibility, name="eligibility"),
    path("services/<slug:code>/apply/", start.start, name="apply"),
    path("services/<slug:code>/book/", booking.book, name="book"),
    path("departments/", home.departments, name="departments"),
    path("notices/", home.notices, name="notices"),
    path("notices/<slug:code>/", home.notice, name="notice"),
    path("invest/", invest.invest, name="invest"),
    path("invest/what-if/", invest.what_if, name="what_if"),
    path("track/", track.track, name="track"),
    path("results/", results.results, name="results"),
    path("licences/", results.licence_check, name="licence_check"),
    path("licences/<str:code>/", results.licence, name="licence"),
    path("licences/<str:code>/document/", results.licence_document, name="licence_document"),
    path("apply/<int:draft_id>/", tasks.application, name="application"),
    path("apply/<int:draft_id>/pages/<slug:key>/", page.page, name="application_page"),
    path("apply/<int:draft_id>/pages/<slug:key>/pick/<slug:question>/", pick.pick, name="application_pick"),
    path("apply/<int:draft_id>/papers/<slug:key>/", papers.paper, name="application_paper"),
    path("apply/<int:draft_id>/files/<int:file_id>/", tasks.draft_file, name="draft_file"),
    path("apply/<int:draft_id>/check/", check.check, name="application_check"),
    path("apply/<int:draft_id>/discard/", tasks.discard, name="discard"),
    path("space/", overview.space, name="space"),
    path("space/cases/", overview.cases, name="cases"),
    path("space/cases/<int:case_id>/", case_page.case, name="case"),
    path("space/cases/<int:case_id>/receipt/", case_page.receipt, name="receipt"),
    path("space/cases/<int:case_id>/clocks/<int:clock_id>/", case_page.clock, name="clock"),
    path("space/cases/<int:case_id>/files/<int:file_id>/", case_page.file, name="case_file"),
    path("space/cases/<int:case_id>/message/", acts.message, name="message"),
    path("space/cases/<int:case_id>/withdraw/", acts.withdraw, name="withdraw"),
    path("space/cases/<int:case_id>/rate/", acts.rate, name="rate"),
    path("space/cases/<int:case_id>/corrections/", supplement.supplement, name="supplement"),
    path(
        "space/cases/<int:case_id>/corrections/files/<int:file_id>/",
        supplement.supplement_file,
        name="supplement_file",
    ),
    path("space/documents/", overview.documents, name="documents"),
    path("space/looks/", overview.looks, name="looks"),
    path("space/looks/file.<slug:form>", own_data.looks_file, name="looks_file"),
    path("space/looks/objection/", own_data.object_to, name="object_to"),
    path("space/consents/", own_data.consents, name="consents"),
    path("space/consents/<int:consent>/withdraw/", own_data.withdraw, name="withdraw_consent"),
    path("space/appointments/", booking.appointments, name="appointments"),
    path("space/appointments/<int:appointment_id>/", booking.ticket, name="ticket"),
    path("space/appointments/<int:appointment_id>/cancel/", booking.cancel, name="cancel_appointment"),
]
