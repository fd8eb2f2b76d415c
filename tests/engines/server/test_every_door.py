"""Every route of the installation, tried by four people whom it does not concern.

A route is either named below, with the reason why somebody may pass, or it refuses all of them, also when
what it names is really there. A new route that nobody has thought about therefore fails here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation
from tests.engines.server.belongings import SECRET, things

from yiwang.identity.api import load_city
from yiwang.identity.testing import a_citizen, an_officer, sign_in
from yiwang.packs.api import apply_plan, load, make_plan
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import ROOT
from yiwang.platform.models import JournalEntry
from yiwang.registers.testing import a_person

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
PACKS = [
    "population",
    "legal_entity",
    "licence_catalogue",
    "service_catalogue",
    "investment_approval",
    "supervision",
]
_OF_REGISTERS = ("registers:", "rest:", "exchange:")

NOBODY, CITIZEN, FOREIGN, ROLELESS = "nobody", "citizen", "officer elsewhere", "officer without a role"
_SIGNED_IN = frozenset({CITIZEN, FOREIGN, ROLELESS})
_EVERYBODY = frozenset({NOBODY, *_SIGNED_IN})
_OFFICERS = frozenset({FOREIGN})

#: Open to everybody, and why.
PUBLIC = {
    "favicon.ico": "the sign in a browser's tab",
    "healthz": "whether the process lives; says no more",
    "readyz": "whether the database answers; says no more",
    "days-off": "on which days the offices rest is public",
    "trust-root": "whoever checks a seal needs the root",
    "trust-crl": "whoever checks a seal needs the list of revoked ones",
    "trust-ocsp": "whoever checks a certificate asks whether it counts",
    "trust-ocsp-get": "whoever checks a certificate asks whether it counts",
    "trust-time": "stamps a digest and sees nothing else",
    "trust-orders": "a node orders its certificates; an officer decides",
    "trust-order": "asks for a token that only its node knows",
    "nodes-directory": "who takes part in the exchange is public, and signed",
    "nodes-resources": "a node tells what it offers; its signature says who it is",
    "trust-key": "whoever checks the ledger needs its key",
    "trust-checkpoint": "the ledger is public by its heads",
    "trust-inclusion": "proofs are found by a hash that only holders know",
    "trust-consistency": "anybody may see that nothing was rewritten",
    "rest:openapi-json": "the interface is documented for everybody",
    "situations:all": "lists what is meant for the reader",
    "situations:one": "shows what is meant for the reader, and answers alike of what is not",
    "maps:map": "a map of the layers that the reader may list",
    "maps:near": "lists what the reader may list near an address, whose own place is blurred",
    "maps:features": "lists what the reader may list",
    "maps:print": "prints what the reader may list",
    "maps:print_pdf": "prints what the reader may list",
    "maps:print_preview": "prints what the reader may list",
    "map-still": "draws what the reader may list",
    "map-tiles": "draws what the reader may list, and answers alike of layers that are not there or not his",
    "solids:page": "buildings that the reader may list, in the light of a moment",
    "solids:picture": "draws what the reader may list",
    "solids:view": "draws what the reader may list",
    "solids:shadows": "shadows of what the reader may list",
    "solids:pipes": "pipes whose depths the reader may list",
    "solids:standing": "names what the reader may list, and addresses for who may locate them",
    "solids-tileset": "describes buildings that the reader may list",
    "solids-tile": "gives buildings that the reader may list",
    "solids-cityjson": "gives buildings that the reader may list",
    "map-tilejson": "describes layers that the reader may list",
    "map-style": "draws layers that the reader may list",
    "raster-tile": "draws imagery meant for the reader, and answers alike of what is not there or not his",
    "raster-tilejson": "describes imagery meant for the reader",
    "raster-terrain": "describes heights meant for the reader",
    "raster-still": "draws imagery meant for the reader",
    "ogc:landing": "says where the maps for programs are",
    "ogc:conformance": "which classes of the standards are kept",
    "ogc:api": "how the maps for programs are asked; names no layer",
    "ogc:collections": "lists layers that the reader may list",
    "ogc:collection": "describes a layer that the reader may list",
    "ogc:queryables": "names properties that the reader sees whole",
    "ogc:items": "gives what the reader may list, and answers alike of layers that are not there or not his",
    "ogc:download": "gives what the reader may list, and answers alike of what is not there or not his",
    "ogc:item": "gives what the reader may list",
    "ogc:wfs": "gives what the reader may list, by the older standard",
    "ogc:wmts": "draws what the reader may list, by the older standard",
    "ogc:wmts-capabilities": "names layers and imagery that the reader may see",
    "ogc:wmts-tile": "draws what the reader may list",
    "ogc:matrix-sets": "how the world is cut into tiles is public",
    "ogc:matrix-set": "how the world is cut into tiles is public",
    "ogc:tilesets": "describes a layer that the reader may list",
    "ogc:tileset": "describes a layer that the reader may list",
    "ogc:map-tilesets": "describes imagery meant for the reader",
    "ogc:map-tileset": "describes imagery meant for the reader",
    "ogc:map-tile": "draws imagery meant for the reader",
    "ogc:tile": "draws what the reader may list",
    "oauth-token": "asks for the secret of a client",
    "rest:list_registers": "which registers the city has is public (GB/T 21063)",
    "rest:get_document": "how a register is asked is public, not its entries",
    "rest:get_register": "what a register holds is public, not its entries",
    "rest:landing": "says where the interface of features is",
    "rest:conformance": "which classes of the standard are kept",
    "rest:list_collections": "lists what the reader may list",
    "rest:get_revisions": "how a register was declared is public; whom a change hits is for the owner",
    "rest:get_revision": "how a register was declared is public; whom a change hits is for the owner",
    "rest:get_revision_document": "how a register was asked is public, not its entries",
    "rest:list_resources": "the catalogue of shared resources is public",
    "rest:get_resource": "the catalogue of shared resources is public",
    "rest:find_address": "finds in an open register; without points for who is not an officer",
    "rest:suggest_addresses": "suggests from an open register",
    "rest:twin_keys": "made-up keys",
    "rest:twin_request": "made-up data, for whoever writes a program",
    "rest:twin_batch": "made-up data, for whoever writes a program",
    "rest:twin_verification": "made-up data, for whoever writes a program",
    "catalogue:all": "the catalogue is public, what it lists is not",
    "catalogue:entry": "the catalogue is public, what it lists is not",
    "catalogue-turtle": "the catalogue for programs",
    "catalogue-json-ld": "the catalogue for programs",
    "catalogue-entry-turtle": "the catalogue for programs",
    "catalogue-entry-json-ld": "the catalogue for programs",
    "catalogue-data": "what was released is open; there is nothing else at these addresses",
    "catalogue-openapi": "how a service is asked is public, its answers are not",
    "ckan-action": "the catalogue for programs that speak CKAN; nothing there writes",
    "ckan-action-unversioned": "the catalogue for programs that speak CKAN; nothing there writes",
    "account_login": "where one signs in",
    "account_signup": "where one registers",
    "account_inactive": "says that an account is closed, about no account",
    "account_logout": "asks before it signs out; signs out whoever asks",
    "mfa_authenticate": "the second step of signing in; without a first it leads to it",
    "account_reauthenticate": "asks for the password of the session it is called in",
    "mfa_reauthenticate": "asks for the code of the session it is called in",
    "mfa_reauthenticate_webauthn": "asks for the key of the session it is called in",
    "portal:home": "the front page",
    "portal:services": "the catalogue of services",
    "search:results": "finds what its reader may read",
    "search:suggest": "titles of what its reader may read",
    "portal:guide": "the guide of a service",
    "portal:result_sample": "what a licence of the service looks like",
    "portal:eligibility": "a check that keeps nothing",
    "portal:departments": "who does what",
    "portal:notices": "what the city announces",
    "portal:notice": "what the city announces",
    "sites:group": "the sites of the city",
    "sites:home": "what a body publishes",
    "sites:page": "what a body publishes",
    "sites:feed": "the latest news, for programs",
    "sites:rss": "the latest news, for programs",
    "sites:sitemap_index": "where the pages of every site are listed, for programs",
    "sites:view": "how large a reader wants letters, kept with the reader",
    "sites:sitemap": "the published pages, for programs",
    "site_reports:report": "a yearly report that was signed off",
    "site_reports:file": "a yearly report that was signed off",
    "sites:file": "a picture or attachment that a published page uses",
    "openness:items": "what agencies publish of themselves",
    "openness:site_items": "what an agency publishes of itself",
    "openness:item": "an item that is published",
    "openness:file": "the original of an item that is published",
    "openness:answers": "answers that may be shown, without who asked",
    "openness:answer": "an answer that may be shown, without who asked",
    "openness:answers_feed": "the latest shown answers, for programs",
    "rest:list_categories": "the categories of the law",
    "rest:list_items": "items that are published",
    "rest:get_item": "an item that is published",
    "rest:get_state": "an item that is published",
    "rest:list_answers": "answers that may be shown, without who asked",
    "rest:get_answer": "an answer that may be shown, without who asked",
    "openness:unfollow": "ends what its token, known from a mail alone, follows",
    "openness:follow": "asks for an address, which has to confirm",
    "openness:export": "the published catalogue, as a table",
    "openness:feed": "the latest published items, for programs",
    "unavailable": "says that nothing can be done now",
    "proofs:page": "proofs of a page that is published",
    "proofs:canonical": "what a published page says, as it is hashed",
    "proofs:answer": "a time stamp of a digest, of a page that is published",
    "portal:invest": "what investors need to know",
    "portal:what_if": "a calculation that keeps nothing",
    "portal:track": "asks for number and code",
    "portal:results": "decisions are public; names of people are masked",
    "portal:licence_check": "asks for the code of a licence",
    "portal:licence": "whoever holds the code may check the licence",
    "portal:licence_document": "whoever holds the code holds the licence",
    "statistics:statistics": "figures without people",
    "talking:mailbox": "where one writes to the city",
    "talking:letters": "letters published with their writers' consent",
    "talking:letter": "a letter published with its writer's consent",
    "talking:figures": "figures without people",
    "talking:consultations": "drafts put out for comment",
    "talking:consultation": "a draft put out for comment",
    "talking:surveys": "surveys that are out",
    "talking:survey": "a survey that is out; results once it is over",
    "talking:proposals": "proposals that an officer has read and published",
    "talking:proposal": "a proposal that is published",
    "talking:budgets": "votes on budgets that are out",
    "talking:budget": "a vote on a budget that is out; the result once it is counted",
    "kiosk:start": "the start page of terminals in public places",
    "kiosk:services": "the catalogue of services",
    "kiosk:guide": "the guide of a service",
    "kiosk:guide_pdf": "the guide of a service, for a printer",
    "kiosk:places": "offices and counters",
    "kiosk:jobs": "jobs that communities posted",
    "kiosk:notices": "what communities posted",
    "kiosk:notice": "what a community posted; nothing once it is withdrawn or past",
    "kiosk:track": "asks for number and code",
    "kiosk:idle": "asks whether somebody is there",
    "kiosk:terminal": "asks for the secret of a terminal",
}
#: One's own account and things, whoever one is.
OWN = {
    "account_home", "account_change_password", "account_set_password", "account_standing", "account_firms",
    "account_register_firm",
    "usersessions_list", "mfa_index", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_download_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn",
    "portal:space", "portal:cases", "portal:documents", "portal:looks", "portal:appointments",
    "portal:apply", "portal:book", "rest:own_trace", "portal:looks_file", "portal:object_to",
    "portal:consents", "talking:comment", "talking:answer",
    "talking:propose", "talking:proposal_given", "talking:support", "talking:vote",
}  # fmt: skip
#: What an officer with the role sees of his own organisation, or of what every organisation sees.
OFFICERS = {
    "assessing:all",
    "analysis:study", "analysis:selected", "grids:all", "addresses:batches",
    "disclosure:fee", "disclosure:reports", "disclosure:severing", "openness-desk:answers",
    "exchange:subscriptions",
    "maps:dig",
    "desk:inbox", "desk:search", "desk:counter", "desk:counter_form", "desk:queue", "desk:queue_call",
    "exchange:ask", "exchange:catalogue", "exchange:our_access", "exchange:resource", "exchange:emergency",
    "exchange:elsewhere", "exchange:reviews", "matching:all",
    "exchange:lineage", "exchange:lineage_json", "exchange:releases",
    "registers:drafts", "registers:draft_new", "layers:all", "layers:new", "layers:cases", "layers:file",
    "layers:measure", "rasters:all",
    "registers:all", "registers:fields", "registers:register", "registers:revisions",
    "rest:nearest_addresses", "rest:find_addresses",
    "stand_ins", "supervision:board", "supervision:open", "supervision:cards", "supervision:alerts",
    "supervision:alerts_seen", "supervision:notices", "supervision:scores", "supervision:evidence",
    "talking-desk:letters", "talking-desk:consultations", "talking-desk:new_consultation",
    "meetings:received", "meetings:issued", "meetings:issue",
    "talking-desk:surveys", "talking-desk:new_survey", "talking-desk:proposals", "talking-desk:budgets",
    "talking-desk:new_budget",
    "supervision:items", "supervision:item", "supervision:reports", "supervision:ask_report",
}  # fmt: skip
#: What programs post that have no session here: answers go by what is sent, whoever sends it.
MACHINES = {
    "nodes-xroad", "nodes-resources",
    "openness:unfollow",
    # say in their own form that what is posted is not read
    "ogc:wfs", "ogc:wmts", "ogc:wmts-capabilities", "ogc:wmts-tile",
    # a token counts for itself; what whoever has a session sends needs one against forgery
    "ogc:item", "ogc:items",
    "ckan-action", "ckan-action-unversioned", "oauth-token", "trust-ocsp", "trust-time", "trust-orders",
    "rest:twin_request", "rest:twin_batch", "rest:twin_verification", "rest:ask_job",
    "rest:subscribe_changes", "rest:end_subscription", "rest:replay_delivery",
    "rest:find_address", "rest:suggest_addresses",
}  # fmt: skip
#: What is sent, where an empty form would be refused before anybody asks who sends it.
_WHY = {"kind": "case", "reference": "1"}
BODIES: dict[str, object] = {
    "rest:nearest_addresses": {"longitude": 113.26, "latitude": 23.13},
    "rest:find_addresses": {"texts": ["北京路1号"]},
    "rest:look_up": {"key": a_person()["id_number"]},
    "rest:search_entries": {"equal": {"id_number": a_person()["id_number"]}},
    "rest:request_data": {"key": a_person()["id_number"], "fields": ["name"], "purpose": _WHY},
    "rest:request_many": {"keys": [a_person()["id_number"]], "fields": ["name"], "purpose": _WHY},
    "rest:search_data": {"equal": {"name": "陈大文"}, "fields": ["name"], "purpose": _WHY},
    "rest:verify_data": {"key": a_person()["id_number"], "claims": {"name": "陈大文"}, "purpose": _WHY},
}


@dataclass(frozen=True)
class Door:
    """A route: its name (or its pattern, where it has none) and what it takes."""

    name: str
    route: str
    takes: tuple[str, ...]
    csrf_exempt: bool

    def path(self, things: Mapping[str, object]) -> str:
        """Its address, filled with what is there."""
        found = self.route
        for name in self.takes:
            value = things.get(f"{self.name} {name}", things.get(name))
            assert value is not None, f"say in `things` what {self.name} takes for {name}"
            found = re.sub(rf"<(\w+:)?{name}>", str(value), found)
        return f"/{found}"


def _doors(patterns: list[object], space: str = "", above: str = "") -> Iterator[Door]:
    for pattern in patterns:
        route = above + str(getattr(pattern, "pattern", ""))
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _doors(pattern.url_patterns, inner, route)
        elif isinstance(pattern, URLPattern):
            exempt = bool(getattr(pattern.callback, "csrf_exempt", False))
            takes = tuple(re.findall(r"<(?:\w+:)?(\w+)>", route))
            yield Door(space + pattern.name if pattern.name else route, route, takes, exempt)


with translation.override("zh-hans"):
    DOORS = list(_doors(get_resolver().url_patterns))


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker) -> Iterator[dict[str, object]]:
    """A city with somebody's things in it, taken back at the end."""
    whole = transaction.atomic()
    whole._from_testcase = True  # as Django's own TestCase marks its own: commands may open theirs inside
    with django_db_blocker.unblock(), whole:
        translation.activate("zh-hans")
        load_city(ROOT / "cities" / "guangzhou")
        loaded = load(ROOT / "packs", PACKS).or_refuse()
        apply_plan(actor=Actor.system("tests"), at=LONG_AGO, loaded=loaded, plan=make_plan(loaded))
        yield things() | {
            f"{door.name} code": "persons" for door in DOORS if door.name.startswith(_OF_REGISTERS)
        }
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def actors(city) -> dict[str, Actor | None]:
    return {
        NOBODY: None,
        CITIZEN: a_citizen(name="路人甲", password="x"),
        FOREIGN: an_officer("tourism", roles={"window", "handler", "reviewer", "approver"}, password="x"),
        ROLELESS: an_officer("service_centre", roles=(), password="x"),
    }


@pytest.fixture
def people(actors) -> dict[str, Client]:
    """Signed in anew for each door: one of them signs out."""
    return {who: _browser(actor) for who, actor in actors.items()}


def _browser(actor: Actor | None) -> Client:
    client = Client(raise_request_exception=False)
    if actor is not None:
        sign_in(client, actor)
    return client


def _allowed(door: Door) -> frozenset[str]:
    if door.name in PUBLIC:
        return _EVERYBODY
    if door.name in OWN:
        return _SIGNED_IN
    return _OFFICERS if door.name in OFFICERS else frozenset()


def _is_refusal(answer) -> bool:
    if answer.status_code in {401, 403, 404, 405}:
        return True
    # where one signs in, signs in again, or chooses for whom one acts
    sent_to = ("/account/login/", "/account/standing/", "/account/confirm/")
    return answer.status_code == 302 and answer.headers["Location"].startswith(sent_to)


def _asked(client: Client, method: str, path: str, door: Door, city: Mapping[str, object]):
    why = {"Yiwang-Purpose": "x"}
    if method == "post" and door.name in BODIES:
        return client.post(path, BODIES[door.name], content_type="application/json", headers=why)
    if method == "post":
        return client.post(path, {"entity": city["entity_id"], "reason": "x"}, headers=why)
    return getattr(client, method)(path, headers=why)


def test_every_door_that_is_named_is_there():
    assert {*PUBLIC, *OWN, *OFFICERS} <= {door.name for door in DOORS}
    assert not {*PUBLIC} & {*OWN} | {*OWN} & {*OFFICERS} | {*PUBLIC} & {*OFFICERS}
    assert len(DOORS) >= 130


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_whom_it_does_not_concern_is_refused(people, city, door: Door):
    path, passed = door.path(city), {}
    done = JournalEntry.objects.filter(outcome="done").count()
    for who, client in people.items():
        for method in ("get", "post", "delete") if who == FOREIGN else ("get", "post"):
            answer = _asked(client, method, path, door, city)
            assert answer.status_code < 500 or door.name == "readyz", f"{method} {path} by {who}"
            if not _is_refusal(answer):
                passed.setdefault(who, []).append((method, answer.status_code))
            if door.name not in PUBLIC and not answer.streaming:
                assert SECRET not in answer.content.decode(errors="replace"), f"{method} {path} by {who}"

    allowed = _allowed(door)
    assert {who: did for who, did in passed.items() if who not in allowed} == {}
    if not allowed:
        assert JournalEntry.objects.filter(outcome="done").count() == done


def test_only_programs_may_post_without_a_token(people, city):
    """Pages refuse a post without a token before anything else; programs are checked where they sign in."""
    citizen = Client(enforce_csrf_checks=True, raise_request_exception=False)
    citizen.cookies = people[CITIZEN].cookies
    officer = Client(enforce_csrf_checks=True, raise_request_exception=False)
    officer.cookies = people[FOREIGN].cookies
    exempt = {door.name for door in DOORS if door.csrf_exempt}
    statuses = {}
    for door in DOORS:
        for who in (citizen, officer):
            sent = BODIES.get(door.name, {})
            answer = who.post(door.path(city), sent, content_type="application/json")
            statuses.setdefault(door.name, set()).add(answer.status_code)

    assert all(name.startswith("rest:") for name in exempt - MACHINES)
    statuses = {name: codes for name, codes in statuses.items() if name not in MACHINES}
    assert {name: codes for name, codes in statuses.items() if not codes <= {403, 405}} == {}
