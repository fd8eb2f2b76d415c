"""Acts that run for everybody, for oneself only, or for machines: they have no place to be wrong in.

Others stand here with the word where their wrong place is tried.
"""

from __future__ import annotations

PLACELESS = {
    "exchange.break_glass",  # in the name of the own organisation; with reviews, findings in test_emergencies
    "maps.check_ground",  # in the name of the own organisation; tested with dig checks
    "insight.open_response",  # at the wrong place too, tested with responses to floods
    "insight.close_response",  # the same
    "insight.write_standing",  # a machine's
    "exchange.decide_finding",  # by watchers of the whole city, tested with the watch
    "exchange.give_consent",  # the own data, of whoever consents
    "exchange.review_emergency",  # tested with emergencies
    "exchange.see_notice",  # the own organisation's
    "registers.see_change_notice",  # likewise
    "exchange.warn_of_emergency",  # a machine's
    "exchange.withdraw_consent",
    "exchange.ask_for_access",  # in the name of the own organisation; tested with cases
    "exchange.add_harvest_source",  # the city's administrator, tested with harvests
    "exchange.record_harvest",  # a machine
    "exchange.stop_harvest_source",
    "exchange.prepare_release",  # at the wrong place too, tested with releases
    "exchange.sign_release",
    "exchange.withdraw_release",
    "exchange.request_own_data",  # the own number, of whoever asks
    "identity.link_person",  # at registration, by a machine
    "identity.lock_sign_in",
    "identity.open_account",  # the city's administrator
    "identity.record_sign_in",
    "identity.register_citizen",
    "identity.register_entity",
    "identity.reveal_resident_id",  # by the purpose, tested with cases
    "insight.finish_report",
    "insight.mark_report",
    "insight.see_alerts",  # the own alerts
    "packs.apply_plan",
    "exchange.request_many",  # the same look as request_data, in the own organisation's name
    "exchange.search_data",
    "exchange.fetch_result",  # of a client's own job, tested with batches
    "registers.fetch_export",  # of whoever asked for the file, tested with exports
    "exchange.ask_job",  # of a client's own, tested with batches
    "exchange.answer_part",
    "exchange.subscribe_changes",  # of a client's own, tested with subscriptions
    "exchange.pull_events",
    "exchange.make_delivery",
    "exchange.tell_events",
    "exchange.end_subscription",
    "exchange.replay_delivery",
    "exchange.declare_callbacks",  # at the wrong place too, tested with callbacks
    "exchange._answer",  # another node's message, tested with nodes
    "exchange._refuse",  # as _answer
    "exchange.queue_questions",  # as request_data, each question is checked as it is asked
    "exchange.take_evidence",  # an auditor's, of the whole city, tested with evidence
    "registers.begin_load",  # of the own file, at the wrong hands tested with intakes
    "registers.write_intake",
    "registers.load_file",  # as enter_entry, tested with files
    "registers.find_duplicates",  # a machine's
    "registers.compare_entries",  # at the wrong place too, tested with duplicates
    "registers.dismiss_pair",
    "registers.merge_entries",
    "registers.undo_merge",
    "maps.load_raster",  # in the name of the imagery's owner, tested with rasters
    "maps.announce_raster",  # likewise, at the wrong hands too
    "maps.begin_raster",
    "maps.stop_raster",
    "maps.take_back_edition",
    "maps.put_back_edition",
    "maps.receive_batch",  # the own file of addresses, tested with batches
    "maps.begin_batch",
    "maps.keep_study",  # in the own organisation's register alone, tested with studies
    "maps.begin_layer",  # at the wrong place too, tested with made layers
    "maps.begin_change",
    "maps.save_layer",
    "maps.drop_draft",
    "maps.publish_layer",
    "maps.withdraw_layer",
    "maps.begin_measure",
    "maps.begin_case_layer",
    "maps.receive_layer_file",  # the own file alone, tested with files of layers
    "maps.begin_layer_file",
    "maps.make_layer_of_file",
    "maps.begin_long_study",  # one's own alone, tested with long studies
    "maps.stop_long_study",
    "registers.begin_draft",  # at the wrong place too, tested with drafting
    "registers.begin_revision",
    "registers.drop_field",
    "registers.move_field",
    "registers.publish_draft",
    "registers.put_field",
    "registers.save_head",
    "registers.save_text",
    "registers.withdraw_draft",
    "registers.ask_run",  # at the wrong place too, tested with matching
    "registers.judge_pair",
    "registers.open_all_findings",
    "registers.open_doubts",
    "registers.open_findings",
    "registers.settle_findings",
    "registers.read_lists",  # a machine's
    "registers.record_findings",
    "registers.fail_run",
    "registers.open_entry_by_key",  # as open_entry
    "trust.approve_order",  # whole city, tested with the authority
    "trust.order_certificates",  # concerns nobody yet, tested with the authority
    "trust.refuse_order",  # as approve_order
    "trust.revoke_node",  # whole city, tested with the authority
    "trust.revoke_seal",  # tested with seals
    "portal.answer_comment",  # at the wrong place too, tested with consultations
    "portal.draft_consultation",
    "portal.put_out_consultation",
    "portal.report_consultation",
    "portal.give_comment",  # the own comment, of whoever signs in
    "portal.cast_ballot",  # the own ballot
    "portal.give_proposal",  # the own proposal and support, of whoever signs in
    "portal.support_proposal",
    "portal.publish_proposal",  # at the wrong place too, tested with proposals
    "portal.decline_proposal",
    "portal.answer_proposal",
    "portal.vote_on_budget",  # the own ballot
    "portal.hand_out_paper",  # at any counter, tested with budgets
    "portal.draft_budget",  # at the wrong place too, tested with budgets
    "portal.put_out_budget",
    "portal.count_budget",
    "portal.draft_survey",  # at the wrong place too, tested with surveys
    "portal.put_out_survey",
    "portal.publish_letter",  # at the wrong place too, tested with letters
    "portal.decline_letter",
    "portal.withdraw_letter",
    "portal.begin_page",  # every editor at every other site, tested with the separation of sites
    "portal.keep_file",
    "portal.publish_page",
    "portal.publish_urgently",
    "portal.record_proof",
    "portal.review_page",
    "portal.restore_version",
    "portal.save_page",
    "portal.send_back_page",
    "portal.set_terms",
    "portal.submit_page",
    "portal.carry_out_terms",  # a machine's
    "portal.withdraw_page",
    "portal.load_group",  # a machine's
    "portal.load_articles",
    "portal.want_links",  # concerns nobody
    "portal.write_item",  # at the wrong place too, tested with the catalogue of disclosure
    "portal.publish_item",
    "portal.withdraw_item",
    "portal.enter_act",
    "portal.confirm_act",
    "portal.drop_act",
    "portal.link_policy",
    "portal.unlink_policy",
    "portal.publish_answer",  # at the wrong place too, tested with answers
    "portal.decline_answer",
    "portal.withdraw_answer",
    "portal.follow",  # of whoever has the address
    "portal.confirm_follow",
    "portal.end_follow",
    "portal.make_alerts",  # a machine's
    "portal.take_batch",  # the own agency's, tested with packages of earlier years
    "portal.publish_batch",
    "portal.take_row",  # a job's
    "portal.end_batch",
    "portal.load_catalogue",  # a machine's
    "portal.issue_meeting",  # of the own office, at the wrong hands tested with meetings
    "portal.change_meeting",
    "portal.cancel_meeting",
    "portal.receive_meeting",
    "portal.answer_meeting",
    "portal.remind_reply",  # a machine's
    "portal.register_terminal",  # of the whole city, at the wrong hands tested with terminals
    "portal.renew_terminal",
    "portal.retire_terminal",
    "portal.post_notice",  # at the wrong place too, tested with local notices
    "portal.withdraw_notice",
    "portal.check_pages",  # a machine's
    "portal.report_copy",
    "portal.record_probes",
    "portal.take_day",
    "portal.see_site_alerts",  # the own alerts
    "portal.write_remark",  # at the wrong place too, tested with the assessment
    "portal.sign_report",  # at the wrong place too, tested with yearly reports
    "portal.keep_severed",  # the own organisation's
    "portal.take_document",
    "portal.purge_document",  # a machine's
}
