"""The door of the exchange."""

from yiwang.exchange.commands.issue_grant import issue_grant
from yiwang.exchange.commands.request_data import request_data, request_within
from yiwang.exchange.commands.request_own_data import request_own_data
from yiwang.exchange.commands.revoke_grant import revoke_grant
from yiwang.exchange.commands.verify_data import verify_data, verify_within
from yiwang.exchange.looking import write_trace
from yiwang.exchange.providers import PROVIDERS, PURPOSE_CHECKS, TRACE_SINKS
from yiwang.exchange.queries.catalogue import get_resource, list_resources
from yiwang.exchange.queries.grants import get_grant, grant_counts, list_grants, may_issue
from yiwang.exchange.queries.traces import own_trace, trace_of
from yiwang.exchange.rules.purposes import PURPOSES, purpose_text
from yiwang.exchange.rules.purposes import is_sound as is_sound_purpose
from yiwang.exchange.subjects import entity_reference, own_subjects, person_reference, subject_reference

__all__ = [
    "PROVIDERS",
    "PURPOSES",
    "PURPOSE_CHECKS",
    "TRACE_SINKS",
    "entity_reference",
    "get_grant",
    "get_resource",
    "grant_counts",
    "is_sound_purpose",
    "issue_grant",
    "list_grants",
    "list_resources",
    "may_issue",
    "own_subjects",
    "own_trace",
    "person_reference",
    "purpose_text",
    "request_data",
    "request_own_data",
    "request_within",
    "revoke_grant",
    "subject_reference",
    "trace_of",
    "verify_data",
    "verify_within",
    "write_trace",
]
