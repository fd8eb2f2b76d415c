"""The door of the exchange."""

from yiwang.exchange.access import ACCESS_DESKS, DESK, AskedAccess, Narrowing, RequestState, Terms
from yiwang.exchange.batch_looks import MARK, close_batch_look, mark_of, write_batch_trace
from yiwang.exchange.callbacks.rules.addresses import may_be_called, networks_of
from yiwang.exchange.catalogue.harvesting import harvest, harvest_due
from yiwang.exchange.catalogue.indexing import publisher_of
from yiwang.exchange.catalogue.indexing import put as put_entry
from yiwang.exchange.catalogue.indexing import take_out as take_out_entry
from yiwang.exchange.catalogue.items import Distribution, Item, ItemLine, Origin
from yiwang.exchange.catalogue.metadata import Category, OpenType
from yiwang.exchange.catalogue.publishing import check_published
from yiwang.exchange.clients.bearers import (
    BEARER,
    PACED,
    SECURITY_SCHEMES,
    client_bearer,
    find_asker,
    get_asker,
    get_caller,
    keep_pace,
)
from yiwang.exchange.commands.add_harvest_source import add_harvest_source, stop_harvest_source
from yiwang.exchange.commands.ask_for_access import ask_for_access
from yiwang.exchange.commands.break_glass import break_glass
from yiwang.exchange.commands.decide_finding import decide_finding
from yiwang.exchange.commands.give_consent import give_consent, withdraw_consent
from yiwang.exchange.commands.issue_client import issue_client
from yiwang.exchange.commands.issue_grant import issue_grant, record_grant
from yiwang.exchange.commands.issue_token import issue_token
from yiwang.exchange.commands.prepare_release import prepare_release
from yiwang.exchange.commands.request_data import request_data, request_within
from yiwang.exchange.commands.request_own_data import request_own_data
from yiwang.exchange.commands.review_emergency import review_emergency
from yiwang.exchange.commands.revoke_client import revoke_client
from yiwang.exchange.commands.revoke_grant import end_case_grants, revoke_grant
from yiwang.exchange.commands.see_notice import see_notice
from yiwang.exchange.commands.sign_release import sign_release, withdraw_release
from yiwang.exchange.commands.take_evidence import take_evidence
from yiwang.exchange.commands.verify_data import verify_data, verify_within
from yiwang.exchange.given import refuse_ended
from yiwang.exchange.looking import Look, open_look, write_trace
from yiwang.exchange.providers import ENTRY_SUBJECTS, PROVIDERS, PURPOSE_CHECKS, SqlPurposeCheck
from yiwang.exchange.queries.access import list_requests, may_ask, may_issue_clients
from yiwang.exchange.queries.catalogue import get_resource, list_resources
from yiwang.exchange.queries.clients import Caller, caller_of, list_clients
from yiwang.exchange.queries.consents import grants_that_need_consent, own_consents
from yiwang.exchange.queries.emergencies import list_emergencies, may_break_glass, own_emergencies
from yiwang.exchange.queries.evidence import evidence_file, proofs_of
from yiwang.exchange.queries.findings import list_findings, may_decide_findings
from yiwang.exchange.queries.grants import fields_open_to, get_grant, grant_counts, list_grants, may_issue
from yiwang.exchange.queries.harvests import get_source, list_sources
from yiwang.exchange.queries.law import LAW_MARK, LAWFUL, SAME_LAW, law_mark
from yiwang.exchange.queries.lineage import impact_of, lineage_of
from yiwang.exchange.queries.notices import count_unseen_notices, list_notices
from yiwang.exchange.queries.releases import get_release, list_releases, published_file, release_file
from yiwang.exchange.queries.search import (
    FACETS,
    Asked,
    Matches,
    all_entries,
    catalogue_mark,
    get_entry,
    search,
)
from yiwang.exchange.queries.traces import own_trace, trace_of
from yiwang.exchange.rules.purposes import GRANTABLE, PURPOSES, purpose_text
from yiwang.exchange.rules.purposes import is_sound as is_sound_purpose
from yiwang.exchange.rules.terms import narrowed, refuse_unsound_terms
from yiwang.exchange.straight import forget_caller, look_straight, remembered_caller
from yiwang.exchange.subjects import entity_reference, own_subjects, person_reference, subject_reference
from yiwang.exchange.subscriptions.contracts import Change, FeedTrimmed, Place
from yiwang.exchange.subscriptions.providers import FEEDS, Watched
from yiwang.exchange.subscriptions.queries import is_listened_to, subscribers_of, told_up_to
from yiwang.exchange.twin.answering import MOST_KEYS as MOST_TWIN_KEYS
from yiwang.exchange.twin.answering import twin_answer, twin_answers, twin_keys, twin_verification
from yiwang.exchange.twin.providers import TWINS
from yiwang.kernel.memory import Memory

__all__ = [
    "ACCESS_DESKS",
    "BEARER",
    "DESK",
    "ENTRY_SUBJECTS",
    "FACETS",
    "FEEDS",
    "GRANTABLE",
    "LAWFUL",
    "LAW_MARK",
    "MARK",
    "MOST_TWIN_KEYS",
    "PACED",
    "PROVIDERS",
    "PURPOSES",
    "PURPOSE_CHECKS",
    "SAME_LAW",
    "SECURITY_SCHEMES",
    "TWINS",
    "Asked",
    "AskedAccess",
    "Caller",
    "Category",
    "Change",
    "Distribution",
    "FeedTrimmed",
    "Item",
    "ItemLine",
    "Look",
    "Matches",
    "Memory",
    "Narrowing",
    "OpenType",
    "Origin",
    "Place",
    "RequestState",
    "SqlPurposeCheck",
    "Terms",
    "Watched",
    "add_harvest_source",
    "all_entries",
    "ask_for_access",
    "break_glass",
    "caller_of",
    "catalogue_mark",
    "check_published",
    "client_bearer",
    "close_batch_look",
    "count_unseen_notices",
    "decide_finding",
    "end_case_grants",
    "entity_reference",
    "evidence_file",
    "fields_open_to",
    "find_asker",
    "forget_caller",
    "get_asker",
    "get_caller",
    "get_entry",
    "get_grant",
    "get_release",
    "get_resource",
    "get_source",
    "give_consent",
    "grant_counts",
    "grants_that_need_consent",
    "harvest",
    "harvest_due",
    "impact_of",
    "is_listened_to",
    "is_sound_purpose",
    "issue_client",
    "issue_grant",
    "issue_token",
    "keep_pace",
    "law_mark",
    "lineage_of",
    "list_clients",
    "list_emergencies",
    "list_findings",
    "list_grants",
    "list_notices",
    "list_releases",
    "list_requests",
    "list_resources",
    "list_sources",
    "look_straight",
    "mark_of",
    "may_ask",
    "may_be_called",
    "may_break_glass",
    "may_decide_findings",
    "may_issue",
    "may_issue_clients",
    "narrowed",
    "networks_of",
    "open_look",
    "own_consents",
    "own_emergencies",
    "own_subjects",
    "own_trace",
    "person_reference",
    "prepare_release",
    "proofs_of",
    "published_file",
    "publisher_of",
    "purpose_text",
    "put_entry",
    "record_grant",
    "refuse_ended",
    "refuse_unsound_terms",
    "release_file",
    "remembered_caller",
    "request_data",
    "request_own_data",
    "request_within",
    "review_emergency",
    "revoke_client",
    "revoke_grant",
    "search",
    "see_notice",
    "sign_release",
    "stop_harvest_source",
    "subject_reference",
    "subscribers_of",
    "take_evidence",
    "take_out_entry",
    "told_up_to",
    "trace_of",
    "twin_answer",
    "twin_answers",
    "twin_keys",
    "twin_verification",
    "verify_data",
    "verify_within",
    "withdraw_consent",
    "withdraw_release",
    "write_batch_trace",
    "write_trace",
]
