"""The supervision board at 100,000 cases: milliseconds of SQL, against 150 ms and a plain count.

The peer is ``SELECT count(*)`` over the open cases' limits with the same joins, asked in the same run.
The rows are made up by the server itself and stay in a database of their own, which must be empty:
``createdb yiwang_boards``, then
``YIWANG_DATABASE_URL=…/yiwang_boards PYTHONPATH=src python -m benchmarks.boards [cases]``
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yiwang.server.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from yiwang.cases.api import (  # noqa: E402
    applied_types,
    cards,
    daily,
    item_figures,
    last_answers,
    standing,
    standing_cases,
    step_figures,
    tallies,
)
from yiwang.cases.contracts.figures import Indicator  # noqa: E402
from yiwang.identity.testing import an_officer  # noqa: E402
from yiwang.insight.rules.months import ZONE, month_of  # noqa: E402
from yiwang.platform.contracts import Actor  # noqa: E402
from yiwang.server import city  # noqa: E402

_LIMIT_MS = 150
#: The whole board may cost as much as so many plain counts; holds on a busy machine too.
_MOST_PEERS = 4.0
_ROUNDS = 7
_OFFICERS = 400
# Arrivals spread over a year; one in eight is still open, and of those most are young.
_CASES = """
INSERT INTO cases_case (id, number, type_version_id, type_code, ancestors, applicant_kind, person_id,
  applicant_name, organisation, division_code, channel, title, urgent, answers, data, phase, outcome,
  tracking_code, version, last_token, opened_at, accepted_at, decided_at, closed_at)
SELECT g, t.prefix || to_char(opened, 'YYYYMMDD') || '-' || lpad(g::text, 6, '0'), t.version_id, t.code, '{}',
  'person', g, '示例申请人' || g, t.body,
  '4401' || substr('0304050611121314151718', 1 + 2 * (g * 7919 %% 11)::int, 2) || '001',
  'online', t.title, false, jsonb_build_object('text', repeat('x', 600)),
  '{}', CASE WHEN is_open THEN 'in_review' ELSE 'closed' END, CASE WHEN is_open THEN '' ELSE 'approve' END,
  'ABCDEFGH', 1, 5, opened, opened + interval '3 hours', ended, ended
FROM (
  SELECT g, g %% 8 = 0 AS is_open,
    CASE WHEN g %% 8 = 0 THEN %(at)s - (g * 31 %% 420) * interval '1 hour'
      ELSE %(at)s - ((g * 31 %% 8760) * interval '1 hour') - interval '14 days' END AS opened
  FROM generate_series(1, %(cases)s) g
) s
CROSS JOIN LATERAL (SELECT * FROM bench_type WHERE place = s.g %% (SELECT count(*) FROM bench_type)) t
CROSS JOIN LATERAL (SELECT CASE WHEN NOT is_open
    THEN opened + interval '3 hours' + (1 + (g * 13 %% 17)) * interval '18 hours' END AS ended) e
"""
_TASKS = """
INSERT INTO cases_task (id, case_id, token, node, role, organisation, state, outcome, note, ended_by,
  opened_at, ended_at)
SELECT c.id * 6 + n, c.id, n, t.nodes[n], 'handler',
  CASE WHEN n = 2 THEN (SELECT body FROM bench_type
      WHERE place = (c.id * 7) %% (SELECT count(*) FROM bench_type)) ELSE c.organisation END,
  CASE WHEN c.closed_at IS NULL AND n = least(2, array_length(t.nodes, 1)) THEN 'open' ELSE 'done' END,
  '', '', CASE WHEN c.closed_at IS NULL AND n = least(2, array_length(t.nodes, 1)) THEN NULL
    ELSE %(first_officer)s + (c.id * 7 + n) %% %(officers)s END,
  start, CASE WHEN c.closed_at IS NULL AND n = least(2, array_length(t.nodes, 1)) THEN NULL
    ELSE start + span END
FROM cases_case c JOIN bench_type t ON t.code = c.type_code
CROSS JOIN LATERAL generate_series(1, least(5, array_length(t.nodes, 1))) n
CROSS JOIN LATERAL (SELECT (coalesce(c.closed_at, c.opened_at + interval '6 days') - c.opened_at)
  / least(5, array_length(t.nodes, 1)) AS span) p
CROSS JOIN LATERAL (SELECT c.opened_at + (n - 1) * span AS start) q
WHERE c.closed_at IS NOT NULL OR n <= 2
"""
_CASE_CLOCKS = """
INSERT INTO cases_clock (case_id, kind, organisation, limit_key, amount, unit, started_at, consumed,
  extended_by, state, due_at, warn_at, yellow_at, red_at, rung, silence, calendar_key, calendar_version,
  ended_at)
SELECT c.id, k.kind, c.organisation, '', k.days, 'working_days', c.accepted_at,
  CASE WHEN c.closed_at IS NOT NULL THEN extract(day FROM c.closed_at - c.accepted_at)::int * 5 / 7 END, 0,
  CASE WHEN c.closed_at IS NOT NULL THEN 'done' WHEN c.id %% 40 = 0 THEN 'stopped' ELSE 'running' END,
  due, due - interval '2 days', due - interval '1 day', due, 0, '', 'city', 0, c.closed_at
FROM cases_case c
CROSS JOIN LATERAL (VALUES ('case_promised', 10), ('case_statutory', 20)) k(kind, days)
CROSS JOIN LATERAL (SELECT c.accepted_at + k.days * interval '33 hours' AS due) d
"""
_TASK_CLOCKS = """
INSERT INTO cases_clock (case_id, task_id, kind, organisation, limit_key, amount, unit, started_at, consumed,
  extended_by, state, due_at, warn_at, yellow_at, red_at, rung, silence, calendar_key, calendar_version,
  ended_at)
SELECT t.case_id, t.id, 'task', t.organisation, 'step', 5, 'working_days', t.opened_at,
  CASE WHEN t.state = 'done' THEN 2 END, 0, CASE WHEN t.state = 'done' THEN 'done' ELSE 'running' END,
  due, due - interval '2 days', due - interval '1 day', due, 0, '', 'city', 0, t.ended_at
FROM cases_task t
CROSS JOIN LATERAL (SELECT t.opened_at + (60 + t.id * 17 %% 300) * interval '1 hour' AS due) d
"""
_CARDS = """
INSERT INTO cases_card (level, clock_id, case_id, task_id, organisation, officer_id, at)
SELECT level, k.id, k.case_id, k.task_id, k.organisation, t.ended_by, card_at
FROM cases_clock k LEFT JOIN cases_task t ON t.id = k.task_id
CROSS JOIN LATERAL (VALUES ('yellow', k.yellow_at), ('red', k.red_at)) v(level, card_at)
WHERE k.kind <> 'case_statutory' AND card_at <= coalesce(k.ended_at, %(at)s) AND k.state <> 'stopped'
"""
_RATINGS = """
INSERT INTO cases_rating (case_id, organisation, level, comment, at, reply)
SELECT id, organisation, 5 - (id * 11 %% 23 / 6)::int %% 5, '', closed_at, '' FROM cases_case
WHERE closed_at IS NOT NULL AND id %% 3 = 0
"""
_SUPPLEMENTS = """
INSERT INTO cases_supplement (case_id, items, note, organisation, issued_by, issued_at, answer_until, state,
  before)
SELECT id, '[]', '', organisation, %(first_officer)s + id %% %(officers)s, opened_at,
  opened_at + interval '30 days', 'answered', '{}' FROM cases_case WHERE id %% 9 = 0
"""
_NOTICES = """
INSERT INTO cases_notice (case_id, card_id, organisation, opened_by_organisation, body, opened_at, due_at,
  state, closing)
SELECT DISTINCT ON (c.case_id) c.case_id, c.id, c.organisation, 'supervision', '请说明超期原因和整改措施。',
  c.at, c.at + interval '5 days', CASE WHEN c.id %% 3 = 0 THEN 'open' ELSE 'replied' END, ''
FROM cases_card c WHERE c.level = 'red' AND c.id %% 20 = 0
"""
_REPLIES = """
INSERT INTO cases_noticereply (notice_id, at, organisation, body)
SELECT id, opened_at + (1 + id %% 6) * interval '1 day', organisation, '已查明原因，正在加快办理。'
FROM cases_notice WHERE state = 'replied'
"""


def fill(cases: int) -> None:
    """Apply the city and make up its cases."""
    call_command("migrate", verbosity=0)
    at = timezone.now()
    if not applied_types():
        city.apply(city.read(), actor=Actor.system("benchmark"), at=at)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_case")
        if cursor.fetchone()[0]:
            return
        first = min(reader("planning", "handler").account_id or 0 for _ in range(_OFFICERS))
        cursor.execute(
            "CREATE TEMP TABLE bench_type (place int, code text, version_id bigint, body text, prefix text,"
            " title text, nodes text[]) ON COMMIT DROP"
        )
        kinds = [kind for kind in applied_types() if kind.process and kind.definition.catalogue != "internal"]
        for place, kind in enumerate(kinds):
            assert kind.process is not None
            nodes = [node.id for node in kind.process.nodes if node.kind == "user_task"]
            cursor.execute(
                "INSERT INTO bench_type VALUES (%s, %s, %s, %s, %s, %s, %s)",
                [
                    place,
                    kind.code,
                    kind.id,
                    kind.definition.body,
                    kind.definition.prefix,
                    kind.title.zh,
                    nodes,
                ],
            )
        values = {"cases": cases, "at": at, "first_officer": first, "officers": _OFFICERS}
        for statement in (
            _CASES,
            _TASKS,
            _CASE_CLOCKS,
            _TASK_CLOCKS,
            _CARDS,
            _RATINGS,
            _SUPPLEMENTS,
            _NOTICES,
            _REPLIES,
        ):
            cursor.execute(statement, values)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def reader(organisation: str, role: str) -> Actor:
    """An officer who is new in every run."""
    return an_officer(organisation, roles=(role,), name="示例人员", username=f"bench_{uuid4().hex[:12]}")


def sql_milliseconds(work: Callable[[], object]) -> float:
    """The least over some rounds of what the statements of one call took: the machine has other work too."""
    taken = []
    for _ in range(_ROUNDS):
        with CaptureQueriesContext(connection) as captured:
            work()
        taken.append(sum(float(query["time"]) for query in captured.captured_queries) * 1000)
    return min(taken)


def main() -> int:
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    begun = time.perf_counter()
    fill(cases)
    print(f"{cases:,} cases, filled in {time.perf_counter() - begun:.0f} s\n")
    watcher = reader("supervision", "supervisor")
    bureau = reader("planning", "approver")
    at = timezone.now()
    month = month_of(at - timedelta(days=10))
    span = {"since": month.since, "until": month.until}
    today = at.astimezone(ZONE).date()

    def board(actor: Actor) -> None:
        now = month_of(at)
        standing(actor=actor, at=at)
        tallies(actor=actor, at=at, since=now.since, until=now.until, indicators=(Indicator.ON_TIME,))
        cards(actor=actor, most=8)

    def plain() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT c.organisation, count(DISTINCT c.id) FROM cases_case c"
                " JOIN cases_clock k ON k.case_id = c.id WHERE c.closed_at IS NULL GROUP BY 1"
            )
            cursor.fetchall()

    jobs: dict[str, Callable[[], object]] = {
        "peer: one plain count of open cases": plain,
        "board, whole city": lambda: board(watcher),
        "board, one department": lambda: board(bureau),
        "list of open cases, first page": lambda: standing_cases(actor=watcher, at=at),
        "30 days of received and ended": lambda: daily(
            actor=watcher,
            since=at - timedelta(days=30),
            until=at,
            first=today - timedelta(days=29),
            last=today,
        ),
        "scores of departments, a month": lambda: tallies(actor=watcher, at=at, **span),
        "scores of officers, a month": lambda: tallies(actor=watcher, at=at, by_officer=True, **span),
        "service items, a month": lambda: item_figures(actor=watcher, **span),
        "steps, a month": lambda: step_figures(actor=watcher, **span),
        "who answered last, a month": lambda: last_answers(actor=watcher, **span),
    }
    measured = {name: sql_milliseconds(work) for name, work in jobs.items()}
    print("| what | SQL ms |\n|---|---|")
    for name, milliseconds in measured.items():
        print(f"| {name} | {milliseconds:.0f} |")
    ratio = measured["board, whole city"] / measured["peer: one plain count of open cases"]
    print(f"\nboard / peer: {ratio:.2f} (at most {_MOST_PEERS}); on a quiet machine at most {_LIMIT_MS} ms")
    return int(ratio > _MOST_PEERS)


if __name__ == "__main__":
    sys.exit(main())
