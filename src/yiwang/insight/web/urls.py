"""Addresses of supervision in the desk."""

from django.urls import path

from yiwang.insight.web import alerts, board, cards, items, notices, reports, scores

app_name = "supervision"
urlpatterns = [
    path("", board.show_board, name="board"),
    path("open/", board.show_open, name="open"),
    path("cards/", cards.show_cards, name="cards"),
    path("alerts/", alerts.show_alerts, name="alerts"),
    path("alerts/seen/", alerts.mark_seen, name="alerts_seen"),
    path("notices/", notices.show_notices, name="notices"),
    path("scores/", scores.show_scores, name="scores"),
    path("scores/evidence/", scores.show_evidence, name="evidence"),
    path("scores/<slug:organisation>/", scores.show_department, name="department"),
    path("scores/<slug:organisation>/<int:officer_id>/", scores.show_officer, name="officer"),
    path("items/", items.show_items, name="items"),
    path("items/<slug:code>/", items.show_item, name="item"),
    path("reports/", reports.show_reports, name="reports"),
    path("reports/ask/", reports.ask, name="ask_report"),
    path("reports/<int:report_id>/", reports.show_report, name="report"),
    path("reports/<int:report_id>/<slug:form>/", reports.have_file, name="report_file"),
]
