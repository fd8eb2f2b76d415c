"""The door of identity: who acts, who may, and what there is to know of organisations and people."""

from yiwang.identity.city_load import load_city, organisations_of, read_city
from yiwang.identity.client_failures import client_seconds_locked, count_client_failure
from yiwang.identity.commands.appoint_officer import appoint_officer
from yiwang.identity.commands.delegate import delegate
from yiwang.identity.commands.end_delegation import end_delegation
from yiwang.identity.commands.end_posting import end_posting
from yiwang.identity.commands.grant_mandate import grant_mandate
from yiwang.identity.commands.link_person import link_person
from yiwang.identity.commands.open_account import open_account
from yiwang.identity.commands.record_person import record_person
from yiwang.identity.commands.record_sign_in import record_sign_in
from yiwang.identity.commands.recover_account import recover_account
from yiwang.identity.commands.register_citizen import register_citizen
from yiwang.identity.commands.register_entity import register_entity
from yiwang.identity.commands.reveal_resident_id import reveal_resident_id
from yiwang.identity.commands.revoke_mandate import revoke_mandate
from yiwang.identity.demonstration import demonstration_sign_ins, ensure_administrator, set_up_demonstration
from yiwang.identity.landing import landing_for, set_landing, set_special_landing
from yiwang.identity.pack_roles import pack_role_faults, set_pack_roles
from yiwang.identity.queries.accounts import (
    account,
    delegations_of,
    find_account_id,
    find_accounts,
    find_person_by_name_and_number,
    mandate_holders,
    postings_of,
)
from yiwang.identity.queries.actors import actor_of_account, standings
from yiwang.identity.queries.directory import (
    children,
    find_organisation,
    organisation,
    organisation_names,
    roles,
    subtree,
)
from yiwang.identity.queries.divisions import boundary, division, division_names, divisions_below
from yiwang.identity.queries.people import (
    account_names,
    entities,
    entities_of,
    entity,
    entity_reference,
    find_entity_by_credit_code,
    find_person_by_resident_id,
    find_resident_reference,
    mandate_includes,
    mandates_of,
    officers_of,
    officers_over,
    own_resident_id,
    person,
    persons,
    resident_reference,
)
from yiwang.identity.request_actor import (
    actor_as,
    actor_for,
    choose_standing,
    current_standing,
    drop_standing,
    find_actor,
    has_second_factor,
    needs_officer,
    needs_sign_in,
    signed_in_account,
    standings_of,
)
from yiwang.identity.rules.roles import BUILT_IN
from yiwang.identity.session_officers import remember_officer, remembered_officer
from yiwang.identity.sign_in import count_address_failure, count_failure, refuse_if_locked, store_password

__all__ = [
    "BUILT_IN",
    "account",
    "account_names",
    "actor_as",
    "actor_for",
    "actor_of_account",
    "appoint_officer",
    "boundary",
    "children",
    "choose_standing",
    "client_seconds_locked",
    "count_address_failure",
    "count_client_failure",
    "count_failure",
    "current_standing",
    "delegate",
    "delegations_of",
    "demonstration_sign_ins",
    "division",
    "division_names",
    "divisions_below",
    "drop_standing",
    "end_delegation",
    "end_posting",
    "ensure_administrator",
    "entities",
    "entities_of",
    "entity",
    "entity_reference",
    "find_account_id",
    "find_accounts",
    "find_actor",
    "find_entity_by_credit_code",
    "find_organisation",
    "find_person_by_name_and_number",
    "find_person_by_resident_id",
    "find_resident_reference",
    "grant_mandate",
    "has_second_factor",
    "landing_for",
    "link_person",
    "load_city",
    "mandate_holders",
    "mandate_includes",
    "mandates_of",
    "needs_officer",
    "needs_sign_in",
    "officers_of",
    "officers_over",
    "open_account",
    "organisation",
    "organisation_names",
    "organisations_of",
    "own_resident_id",
    "pack_role_faults",
    "person",
    "persons",
    "postings_of",
    "read_city",
    "record_person",
    "record_sign_in",
    "recover_account",
    "refuse_if_locked",
    "register_citizen",
    "register_entity",
    "remember_officer",
    "remembered_officer",
    "resident_reference",
    "reveal_resident_id",
    "revoke_mandate",
    "roles",
    "set_landing",
    "set_pack_roles",
    "set_special_landing",
    "set_up_demonstration",
    "signed_in_account",
    "standings",
    "standings_of",
    "store_password",
    "subtree",
]
