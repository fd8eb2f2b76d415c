"""Addresses of disclosure on the desk."""

from django.urls import path

from yiwang.portal.disclosure.web import case_documents, challenges, fees, repeats, report, severing

app_name = "disclosure"
urlpatterns = [
    path("report/", report.choose_year, name="reports"),
    path("report/<int:year>/", report.show_report, name="report"),
    path("report/<int:year>/cases/", report.show_cases, name="report_cases"),
    path("report/<int:year>/file.<slug:form>", report.have_file, name="report_file"),
    path("cases/<str:number>/repeats/", repeats.show_repeats, name="repeats"),
    path("cases/<str:number>/documents/", case_documents.show_documents, name="documents"),
    path("cases/<str:number>/documents/<int:file_id>/", case_documents.mark_document, name="document"),
    path(
        "cases/<str:number>/documents/<int:file_id>/<int:page>.png",
        case_documents.show_picture,
        name="document_page",
    ),
    path("cases/<str:number>/challenges/", challenges.show_challenges, name="challenges"),
    path("fee/", fees.show_fee, name="fee"),
    path("severing/", severing.choose_document, name="severing"),
    path("severing/<int:file_id>/", severing.mark_document, name="severing_document"),
    path("severing/<int:file_id>/<int:page>.png", severing.show_picture, name="severing_page"),
]
