"""Addresses of registers in the desk."""

from django.urls import include, path

from yiwang.registers.web import (
    change_notices,
    duplicates,
    entry,
    exporting,
    granted_export,
    listing,
    loading,
    parts,
    quality,
    revisions,
    writing,
)

app_name = "registers"
urlpatterns = [
    path("", listing.show_registers, name="all"),
    path("drawn-up/", include("yiwang.registers.drafting.web.urls")),
    path("<slug:code>/", listing.show_register, name="register"),
    path("changes/<int:notice>/seen/", change_notices.see_notice, name="see_notice"),
    path("<slug:code>/revisions/", revisions.show_revisions, name="revisions"),
    path("<slug:code>/fields/", listing.show_fields, name="fields"),
    path("<slug:code>/new/", writing.enter, name="enter"),
    path("<slug:code>/load/", loading.load, name="load"),
    path("<slug:code>/load/<int:intake>/", loading.show_intake, name="intake"),
    path("<slug:code>/load/parts/", parts.announce, name="load_announce"),
    path("<slug:code>/load/<int:intake>/parts/", parts.part, name="load_part"),
    path("<slug:code>/export/", exporting.ask, name="export"),
    path("<slug:code>/export/<slug:resource>/", granted_export.ask, name="export_granted"),
    path("<slug:code>/exports/<int:export>/", exporting.show, name="export_made"),
    path("<slug:code>/exports/<int:export>/file", exporting.fetch, name="export_file"),
    path("<slug:code>/loads/<int:load>/report.csv", loading.report, name="report"),
    path("<slug:code>/quality/", quality.show_quality, name="quality"),
    path("<slug:code>/duplicates/", duplicates.show_queue, name="duplicates"),
    path("<slug:code>/duplicates/<int:pair>/", duplicates.show_pair, name="pair"),
    path("<slug:code>/merges/<int:merge>/", duplicates.show_merge, name="merge"),
    path("<slug:code>/entries/<int:entry>/", entry.show_entry, name="entry"),
    path("<slug:code>/entries/<int:entry>/amend/", writing.amend, name="amend"),
    path("<slug:code>/entries/<int:entry>/retire/", writing.retire, name="retire"),
]
