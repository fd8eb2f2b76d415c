"""The door of the exchange."""

from yiwang.exchange.access import ACCESS_DESKS
from yiwang.exchange.catalogue.publishing import check_published
from yiwang.exchange.commands.ask_for_access import ask_for_access
from yiwang.exchange.commands.issue_client import issue_client
from yiwang.exchange.commands.issue_grant import issue_grant, record_grant
from yiwang.exchange.commands.issue_token import issue_token
from yiwang.exchange.commands.request_data import request_data, request_within
from yiwang.exchange.commands.request_own_data import request_own_data
from yiwang.exchange.commands.revoke_client import revoke_client
from yiwang.exchange.commands.revoke_grant import end_case_grants, revoke_grant
from yiwang.exchange.commands.take_evidence import take_evidence
from yiwang.exchange.commands.verify_data import verify_data, verify_within
from yiwang.exchange.looking import write_trace
from yiwang.exchange.providers import PROVIDERS, PURPOSE_CHECKS, TRACE_SINKS, SqlPurposeCheck
from yiwang.exchange.queries.access import list_requests, may_ask
from yiwang.exchange.queries.catalogue import get_resource, list_resources
from yiwang.exchange.queries.clients import Caller, caller_of, list_clients
from yiwang.exchange.queries.evidence import evidence_file, proofs_of
from yiwang.exchange.queries.grants import get_grant, grant_counts, list_grants, may_issue
from yiwang.exchange.queries.search import FACETS, Asked, Matches, all_entries, get_entry, search
from yiwang.exchange.queries.traces import own_trace, trace_of
from yiwang.exchange.rules.purposes import PURPOSES, purpose_text
from yiwang.exchange.rules.purposes import is_sound as is_sound_purpose
from yiwang.exchange.rules.terms import narrowed, refuse_unsound_terms
from yiwang.exchange.straight import forget_caller, look_straight, remembered_caller
from yiwang.exchange.subjects import entity_reference, own_subjects, person_reference, subject_reference

__all__ = [
    "ACCESS_DESKS",
    "FACETS",
    "PROVIDERS",
    "PURPOSES",
    "PURPOSE_CHECKS",
    "TRACE_SINKS",
    "Asked",
    "Caller",
    "Matches",
    "SqlPurposeCheck",
    "all_entries",
    "ask_for_access",
    "caller_of",
    "check_published",
    "end_case_grants",
    "entity_reference",
    "evidence_file",
    "forget_caller",
    "get_entry",
    "get_grant",
    "get_resource",
    "grant_counts",
    "is_sound_purpose",
    "issue_client",
    "issue_grant",
    "issue_token",
    "list_clients",
    "list_grants",
    "list_requests",
    "list_resources",
    "look_straight",
    "may_ask",
    "may_issue",
    "narrowed",
    "own_subjects",
    "own_trace",
    "person_reference",
    "proofs_of",
    "purpose_text",
    "record_grant",
    "refuse_unsound_terms",
    "remembered_caller",
    "request_data",
    "request_own_data",
    "request_within",
    "revoke_client",
    "revoke_grant",
    "search",
    "subject_reference",
    "take_evidence",
    "trace_of",
    "verify_data",
    "verify_within",
    "write_trace",
]
