"""Lists for programs: documents with examples, operators, keyset pages, counts, tags and time limits."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
import schemathesis
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql as composing

from yiwang.exchange.api import caller_of, issue_client, issue_token
from yiwang.exchange.models import Client, ClientToken
from yiwang.identity.testing import an_officer
from yiwang.kernel.codes import make_credit_code, make_resident_id
from yiwang.kernel.text import Text
from yiwang.platform import sql
from yiwang.platform.contracts import Actor, OperationNotAllowed, TimeLimitReached
from yiwang.registers.api import Asked, PlainList, enter_entry, get_register, list_entries, list_straight
from yiwang.registers.contracts import AsOf
from yiwang.registers.models import Register
from yiwang.registers.queries.versions import find_entry
from yiwang.registers.rules.reading import view_of_entry
from yiwang.registers.testing import a_firm, a_person
from yiwang.server.wsgi import application

from .conftest import APPLIED

ENTRIES = "/api/registers/persons/entries"
FIRMS = "/api/registers/legal_entities/entries"


@pytest.fixture
def city(base_registers, db):
    """The base registers, and the city's own law of who may do what."""
    police, registrar = an_officer("public_security"), an_officer("industry_commerce")
    for number in range(1, 8):
        enter_entry(actor=police, at=APPLIED, register="persons", values=a_person(number))
        enter_entry(actor=registrar, at=APPLIED, register="legal_entities", values=a_firm(number))
    return police


def bearer(organisation="public_security"):
    issued = issue_client(
        actor=Actor.system("tests"),
        at=timezone.now(),
        organisation=organisation,
        title=Text("系统", "System"),
    )
    found = issue_token(
        at=timezone.now(), address="203.0.113.9", client_id=issued.client.client_id, secret=issued.secret
    )
    return {"HTTP_AUTHORIZATION": f"Bearer {found.token}"}


def test_d13_each_register_has_its_document_with_real_examples(client, city):
    said = client.get("/api/registers/persons/openapi.json").json()

    assert said["openapi"] == "3.1.0"
    look_up = said["paths"]["/api/registers/persons/look-ups"]["post"]
    assert look_up["requestBody"]["content"]["application/json"]["example"] == {"key": "440100198503129011"}
    example = look_up["responses"]["200"]["content"]["application/json"]["example"]
    assert example["values"]["name"] == "陈小明"
    listed = said["paths"][ENTRIES]["get"]
    names = [parameter["name"] for parameter in listed["parameters"]]
    assert names[6:] == ["residence_division", "residence_division.prefix"]
    assert (
        listed["responses"]["200"]["content"]["application/json"]["example"]["entries"][0]["values"]["name"]
        is None
    )


@pytest.mark.parametrize("register", ["persons", "legal_entities", "licences"])
@pytest.mark.usefixtures("one_connection")
def test_d13_what_a_register_s_document_says_is_what_it_answers(city, register):
    document = schemathesis.openapi.from_wsgi(f"/api/registers/{register}/openapi.json", application)
    operations = [found.ok() for found in document.get_all_operations()]
    for operation in operations:

        @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
        @given(case=operation.as_strategy())
        def judge(case):
            declared = set(case.operation.definition.raw["responses"])
            # a body that is no JSON and a method that nobody has are refused before any document is read
            assert str(case.call().status_code) in declared | {"400", "405"}

        judge()

    assert len(operations) == 4


def test_operators_are_those_of_the_kind(client, city):
    def size(query):
        return client.get(f"{FIRMS}?{query}").json()

    assert size(f"credit_code={make_credit_code('440101', 3)}")["size"] == 1
    assert size("name=广州测试科技2")["size"] == 1
    assert size("name.eq=广州测试科技2")["size"] == 0
    refused = client.get(f"{FIRMS}?name.from=x")
    assert refused.status_code == 422
    assert refused.json()["type"] == "urn:yiwang:problem:registers.operator_refused"
    assert "prefix, eq" in refused.json()["detail"]["en"]


def test_d37_pages_follow_one_another_by_keyset_without_gap_or_double(client, city):
    seen, after, headers = [], 0, bearer()
    while after is not None:
        page = client.get(f"{ENTRIES}?limit=3&after={after}", **headers).json()
        seen += [entry["entry"] for entry in page["entries"]]
        after = page["after"]

    assert len(seen) == len(set(seen)) == 7
    assert seen == sorted(seen)


def test_d39_a_count_says_by_which_policy_it_was_made(client, city):
    def counted(policy):
        page = client.get(f"{ENTRIES}?limit=2&count={policy}", **bearer()).json()
        return page["count"], page["count_policy"], page["count_is_exact"]

    assert counted("none") == (None, "none", False)
    assert counted("exact") == (7, "exact", True)
    assert counted("bounded") == (7, "bounded", True)
    assert counted("estimated")[1:] == ("estimated", False)


def test_d40_readers_with_different_rights_never_share_a_tag(client, city):
    empty = "?district=440199&after=999999999"
    mine = client.get(FIRMS + empty, **bearer("industry_commerce"))
    public = client.get(FIRMS + empty)

    assert mine.content == public.content
    assert mine.headers["ETag"] != public.headers["ETag"]
    again = client.get(FIRMS + empty, HTTP_IF_NONE_MATCH=public.headers["ETag"])
    other = client.get(
        FIRMS + empty, HTTP_IF_NONE_MATCH=public.headers["ETag"], **bearer("industry_commerce")
    )
    assert (again.status_code, other.status_code) == (304, 200)


def test_d40_a_changed_definition_changes_the_tag(client, city):
    before = client.get(FIRMS).headers["ETag"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE registers_register SET revision = revision + 1 WHERE code = 'legal_entities'")

    assert client.get(FIRMS).headers["ETag"] != before


def test_a_system_of_another_department_sees_no_list(client, city):
    answer = client.get(ENTRIES, **bearer("planning"))

    assert answer.status_code == 403


def test_a_query_is_stopped_at_its_time_limit(db):
    with pytest.raises(TimeLimitReached) as stopped:
        sql.fetch_within(30, [("SELECT 1", []), ("SELECT pg_sleep(5)", [])])

    assert (stopped.value.status, stopped.value.seconds) == (503, 0.03)


def test_d43_a_plain_page_of_a_system_is_one_statement_and_any_other_one_round_trip(client, city):
    headers = bearer()

    def statements(query):
        client.get(f"{ENTRIES}?{query}", **headers)
        with CaptureQueriesContext(connection) as said:
            assert client.get(f"{ENTRIES}?{query}", **headers).status_code == 200
        # outside a test no transaction is open, so that a remembered statement needs no savepoint
        return len([one for one in said if "SAVEPOINT" not in one["sql"]])

    assert statements("count=bounded&district=440103") == 1
    assert statements("after=3&limit=2") == 1
    # the token, the definition for the filter and for the page, and in one round trip limit, page and count
    assert statements("count=exact&residence_division=440103001101") == 6


PLAIN = st.fixed_dictionaries(
    {},
    optional={
        "district": st.sampled_from(["440103", "440199", "110101"]),
        "after": st.integers(0, 9) | st.just(10**18 - 1),
        "limit": st.integers(1, 9) | st.just(1000),
        "count": st.sampled_from(["none", "bounded"]),
    },
)


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(asked=PLAIN, register=st.sampled_from(["persons", "legal_entities"]))
def test_d37_one_statement_gives_what_the_view_gives(city, asked, register):
    for organisation in ("public_security", "industry_commerce", "planning"):
        caller = caller_of(bearer(organisation)["HTTP_AUTHORIZATION"][7:], at=timezone.now())
        first = first_entry(register)
        after = asked.get("after", 0) if asked.get("after", 0) > 9 else first + asked.get("after", -1)
        plain = PlainList(
            register=register,
            district=asked.get("district", ""),
            after=after,
            limit=asked.get("limit", 100),
            counted=asked.get("count") == "bounded",
        )
        wanted = Asked(
            district=plain.district, after=after, limit=plain.limit, count=asked.get("count", "none")
        )
        try:
            said = list_entries(actor=caller.actor, register=register, asked=wanted, at=timezone.now())
        except OperationNotAllowed:
            said = None
        assert list_straight(caller=caller, at=timezone.now(), asked=plain) == said


def first_entry(register):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT min(_entry) FROM reg.{register}")
        ((first,),) = cursor.fetchall()
    return first


def test_a_plain_list_ends_with_its_credential_and_follows_the_register(client, city):
    headers = bearer()
    client.get(ENTRIES, **headers)
    tag = client.get(ENTRIES, **headers).headers["ETag"]
    Register.objects.filter(code="persons").update(revision=F("revision") + 1)

    assert client.get(ENTRIES, HTTP_IF_NONE_MATCH=tag, **headers).status_code == 200

    Register.objects.filter(code="persons").update(closed_at=timezone.now())
    assert client.get(ENTRIES, **headers).status_code == 404

    Register.objects.filter(code="persons").update(closed_at=None)
    assert client.get(ENTRIES, **headers).status_code == 200
    Client.objects.update(revoked_at=timezone.now())
    assert client.get(ENTRIES, **headers).status_code == 401
    Client.objects.update(revoked_at=None)
    ClientToken.objects.update(expires_at=timezone.now())
    assert client.get(ENTRIES, **headers).status_code == 401


@pytest.mark.parametrize(
    "query", ["after=-1", "limit=0", "limit=1001", "after=1&after=2", "district=44", "limit=x"]
)
def test_an_odd_address_is_judged_by_the_view(client, city, query):
    with_token, by_nobody = (
        client.get(f"{FIRMS}?{query}", **bearer("industry_commerce")),
        client.get(f"{FIRMS}?{query}"),
    )

    assert with_token.status_code == by_nobody.status_code
    assert with_token.status_code in (200, 422)
    if with_token.status_code == 422:
        assert with_token.json() == by_nobody.json()


@pytest.mark.parametrize("mode", ["generic", "custom"])
def test_d43_plans_go_by_index_and_touch_a_page_of_rows_whatever_the_size(city, mode):
    grow()
    caller = caller_of(bearer()["HTTP_AUTHORIZATION"][7:], at=timezone.now())
    far = first_entry("persons") + 15_000
    for district, after, counted in (
        ("440103", 0, False), ("440103", far, False), ("440199", 0, False), ("", 0, False),
        ("", far, False), ("", 0, True), ("440103", 0, True),
    ):  # fmt: skip
        plain = PlainList(register="persons", district=district, after=after, limit=100, counted=counted)
        with planned(mode) as plans:
            assert list_straight(caller=caller, at=timezone.now(), asked=plain) is not None
        page, *count = sorted(touched(plans, "persons"))
        assert page <= 100
        assert len(count) == counted
        assert not counted or count == [10_001]
        assert counted or "Seq Scan" not in kinds(plans, "persons")


@pytest.mark.parametrize("mode", ["generic", "custom"])
def test_d43_a_look_up_by_key_goes_by_index_now_and_as_of_then(city, mode):
    grow()
    definition = get_register("persons")
    give_versions(definition, 5)
    view = view_of_entry(definition, sensitive=True)
    now = timezone.now()
    key = make_resident_id("440198", date(1960, 1, 10), 400)
    today, then = now.date(), now - timedelta(days=700)
    pages = []
    for as_of, version, read in (
        (None, 1, 1),
        (AsOf(valid=today - timedelta(days=700), known=now), -2, 1),
        (AsOf(valid=today - timedelta(days=1500), known=now), -5, 1),
        (AsOf(valid=today, known=now), 1, 1),
        # what was believed then of today: the present row is read in vain
        (AsOf(valid=today, known=then), -2, 2),
    ):
        with planned(mode) as plans:
            found = find_entry(definition, view, key=key, as_of=as_of)
        assert found is not None
        assert found.version == version
        assert "Seq Scan" not in kinds(plans, "persons") + kinds(plans, "persons_history")
        assert sum(touched(plans, "persons") + touched(plans, "persons_history")) == read
        pages.append(
            sum(plan["Plan"]["Shared Hit Blocks"] + plan["Plan"]["Shared Read Blocks"] for plan in plans)
        )
    present, *of_history, still, _ = pages
    # of five times the rows the index may be a level higher, and those of one key may lie on two of its pages
    assert max(of_history) <= present + 2
    assert still <= 2 * present + 1


def grow() -> None:
    """20,000 more people, made by the database."""
    with connection.cursor() as cursor:
        numbers = [make_resident_id("440198", date(1960, 1, 1 + day), serial)
                   for day in range(25) for serial in range(1, 801)]  # fmt: skip
        cursor.execute(
            "INSERT INTO reg.persons (_version, _source, _district, _valid_from, _known_from, id_number, "
            "name, sex, birth_date, residence_division) "
            "SELECT 1, 'public_security', '440103', current_date, now(), n, '某人', '1', '1960-01-01', "
            "'440103001101' FROM unnest(%s::text[]) n",
            [numbers],
        )
        cursor.execute("ANALYZE reg.persons")


def give_versions(definition, number):
    """So many superseded versions of every entry, each true for a year, ending today."""
    columns = ", ".join(definition.names)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO reg.persons_history (_entry, _version, _source, _district, _valid_from, "
            f"_known_from, _recorded_by, _basis, _valid_to, _ended_at, _known_to, _act, {columns}) "
            "SELECT _entry, -v, _source, _district, current_date - 365 * v, now() - interval '365 days' * v, "
            "_recorded_by, _basis, current_date - 365 * (v - 1), now() - interval '365 days' * (v - 1), "
            f"'infinity', 'change', {columns} FROM reg.persons, generate_series(1, %s) v",
            [number],
        )
        cursor.execute("ANALYZE reg.persons_history")


@contextmanager
def planned(mode):
    """Plans, with what they touched, of the statements on registers that the engines keep; nothing else."""
    plans = []
    run = sql._run

    def explain(cursor, statement, params):
        if 'FROM "reg".' in statement:
            kept = sql.keep(statement)
            values = [params[name] for name in kept.names] if kept.names else params
            with connection.cursor() as said:
                said.execute(f"SET LOCAL plan_cache_mode = force_{mode}_plan")
                raw = said.cursor.connection
                raw.execute(f"PREPARE planned AS {kept.text}")
                given = composing.SQL(", ").join(map(composing.Literal, values))
                found = raw.execute(
                    composing.SQL("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE planned({})").format(given)
                )
                plans.extend(found.fetchone()[0])
                raw.execute("DEALLOCATE planned")
        run(cursor, statement, params)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sql, "_run", explain)
        yield plans


def nodes_of(node):
    yield node
    for below in node.get("Plans", ()):
        yield from nodes_of(below)


def scans(plans, table):
    return [
        node for plan in plans for node in nodes_of(plan["Plan"]) if node.get("Relation Name") == table
    ]  # fmt: skip


def kinds(plans, table):
    return [node["Node Type"] for node in scans(plans, table)]


def touched(plans, table):
    """Rows read by each scan of a table, with those that it threw away."""
    return [
        (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
        for node in scans(plans, table)
    ]
