"""Addresses of drafting, below those of registers; no code of a register has a hyphen."""

from django.urls import path

from yiwang.registers.drafting.web import drafts, fields, overview

urlpatterns = [
    path("", overview.show_drafts, name="drafts"),
    path("new/", overview.begin, name="draft_new"),
    path("<slug:code>/begin/", overview.begin_revision, name="draft_begin"),
    path("<slug:code>/template.zip", overview.fetch_template, name="draft_template"),
    path("drafts/<int:draft>/", drafts.show_draft, name="draft"),
    path("drafts/<int:draft>/head/", drafts.edit_head, name="draft_head"),
    path("drafts/<int:draft>/text/", drafts.edit_text, name="draft_text"),
    path("drafts/<int:draft>/publish/", drafts.publish, name="draft_publish"),
    path("drafts/<int:draft>/withdraw/", drafts.withdraw, name="draft_withdraw"),
    path("drafts/<int:draft>/fields/new/", fields.add, name="draft_field_new"),
    path("drafts/<int:draft>/fields/<int:field>/", fields.edit, name="draft_field"),
    path("drafts/<int:draft>/fields/<int:field>/act/", fields.act, name="draft_field_act"),
]
