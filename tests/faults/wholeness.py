"""Whether every case is whole: questions in SQL whose answer must be empty, each with what it would mean."""

from __future__ import annotations

from django.db import connection

#: Over all cases of the city. Asking for corrections, and silence, complete a task by commands of their own.
BROKEN: dict[str, str] = {
    "an open token of a task has no open task, or more than one": """
        SELECT k.case_id, k.number FROM cases_token k
        LEFT JOIN cases_task t ON t.case_id = k.case_id AND t.token = k.number
          AND t.state IN ('open', 'claimed')
        WHERE k.state = 'open' AND k.opens = 'task'
        GROUP BY k.case_id, k.number HAVING count(t.id) <> 1""",
    "an open task stands on no open token": """
        SELECT t.id FROM cases_task t
        WHERE t.state IN ('open', 'claimed') AND NOT EXISTS (
          SELECT FROM cases_token k
          WHERE k.case_id = t.case_id AND k.number = t.token AND k.state = 'open')""",
    "an open task under a limit has no clock that counts or stands": """
        SELECT t.id FROM cases_task t LEFT JOIN cases_clock c ON c.task_id = t.id
        WHERE t.state IN ('open', 'claimed') GROUP BY t.id
        HAVING count(*) FILTER (WHERE c.state IN ('running', 'stopped')) <> 1""",
    "a task that ended has a clock that runs on": """
        SELECT t.id FROM cases_task t JOIN cases_clock c ON c.task_id = t.id
        WHERE t.state IN ('done', 'cancelled') AND c.state <> 'done'""",
    "a case that ended still has open work": """
        SELECT c.id FROM cases_case c WHERE c.closed_at IS NOT NULL AND (
          EXISTS (SELECT FROM cases_token k WHERE k.case_id = c.id AND k.state = 'open')
          OR EXISTS (SELECT FROM cases_task t WHERE t.case_id = c.id AND t.state IN ('open', 'claimed'))
          OR EXISTS (SELECT FROM cases_clock k WHERE k.case_id = c.id AND k.state <> 'done')
          OR EXISTS (SELECT FROM cases_timer r WHERE r.case_id = c.id AND r.done_at IS NULL)
          OR EXISTS (SELECT FROM cases_case x WHERE x.parent_id = c.id AND x.closed_at IS NULL))""",
    "an open case waits for nothing": """
        SELECT c.id FROM cases_case c WHERE c.closed_at IS NULL
          AND NOT EXISTS (SELECT FROM cases_token k WHERE k.case_id = c.id AND k.state = 'open')""",
    "a parent waits for a child that has ended, or has lost it": """
        SELECT k.case_id, k.number FROM cases_token k
        LEFT JOIN cases_case x ON x.parent_id = k.case_id AND x.parent_token = k.number
        WHERE k.state = 'open' AND k.opens = 'case'
        GROUP BY k.case_id, k.number HAVING count(*) FILTER (WHERE x.closed_at IS NULL) <> 1""",
    "two opinions of one department at one step": """
        SELECT case_id, node, organisation FROM cases_opinion
        GROUP BY case_id, node, organisation HAVING count(*) > 1""",
    "a task of an opinion was done and the opinion is missing": """
        SELECT t.id FROM cases_task t LEFT JOIN cases_opinion o ON o.task_id = t.id
        WHERE t.state = 'done' AND t.node IN ('opinions', 'answer', 'decide')
          AND t.outcome IN ('approve', 'conditional', 'refuse') AND o.id IS NULL""",
    "a task was done other than exactly once by the log": """
        SELECT t.id FROM cases_task t
        LEFT JOIN cases_caseevent e ON e.case_id = t.case_id AND e.act = 'task_completed'
          AND (e.detail ->> 'task')::bigint = t.id
        GROUP BY t.id, t.state HAVING count(e.id) <> (t.state = 'done')::int""",
    "the journal and the logs tell of different numbers of tasks": """
        SELECT j.n, e.n FROM
          (SELECT count(*) n FROM platform_journalentry
           WHERE operation = 'cases.task.complete' AND outcome = 'done') j,
          (SELECT count(*) n FROM cases_caseevent
           WHERE act = 'task_completed' AND actor_kind = 'officer'
             AND detail ->> 'outcome' <> 'supplement') e
        WHERE j.n <> e.n""",
    "a decided case has other than one decision, or a granted one no licence": """
        SELECT c.id FROM cases_case c JOIN cases_casetypeversion v ON v.id = c.type_version_id
        WHERE c.decided_at IS NOT NULL AND (
          (SELECT count(*) FROM cases_decision d WHERE d.case_id = c.id) <> 1
          OR (c.closed_at IS NOT NULL AND c.outcome = 'approve' AND c.parent_id IS NULL
              AND (SELECT count(*) FROM cases_licence l WHERE l.case_id = c.id) <> 1))""",
    "a timer is due and did not fire": """
        SELECT id FROM cases_timer WHERE done_at IS NULL AND fires_at < now() - interval '5 seconds'""",
    "a timer fired twice, or fired and left no line": """
        SELECT r.case_id, count(DISTINCT r.id), count(DISTINCT e.id) FROM cases_timer r
        JOIN cases_case c ON c.id = r.case_id AND c.phase = 'lapsed'
        LEFT JOIN cases_caseevent e ON e.case_id = r.case_id AND e.act = 'timer_fired'
        GROUP BY r.case_id HAVING count(DISTINCT r.id) <> count(DISTINCT e.id)""",
    "a card is due and was not issued, or was issued twice": """
        SELECT c.id FROM cases_clock c LEFT JOIN cases_card d ON d.clock_id = c.id AND d.level = 'red'
        WHERE (c.state = 'running' AND c.red_at < now() - interval '10 seconds') OR d.id IS NOT NULL
        GROUP BY c.id HAVING count(d.id) <> 1""",
    "a letter was not made": "SELECT id, kind FROM cases_letter WHERE made_at IS NULL OR file_id IS NULL",
    "a letter was made other than exactly once": """
        SELECT l.id FROM cases_letter l LEFT JOIN cases_caseevent e
          ON e.case_id = l.case_id AND e.act = 'letter_made' AND (e.detail ->> 'letter')::bigint = l.id
        GROUP BY l.id HAVING count(e.id) <> 1""",
    "a licence has no document": "SELECT id FROM cases_licence WHERE file_id IS NULL",
    "two files of one letter": """
        SELECT file_id FROM cases_letter WHERE file_id IS NOT NULL GROUP BY file_id HAVING count(*) > 1""",
    "a line of a log is not in the ledger": """
        SELECT e.id FROM cases_caseevent e LEFT JOIN trust_ledgerleaf l ON l.id = e.leaf
        WHERE l.id IS NULL OR l.index IS NULL""",
    "a fact is stuck in the outbox": "SELECT id, name, last_problem FROM platform_outboxentry",
    "a job is lost": "SELECT id, task_name, status, attempts FROM procrastinate_jobs",
}


def faults() -> dict[str, list[tuple[object, ...]]]:
    """What is broken, with the rows that show it; empty when all is whole."""
    found = {}
    with connection.cursor() as cursor:
        for meaning, question in BROKEN.items():
            cursor.execute(question)
            rows = cursor.fetchmany(5)
            if rows:
                found[meaning] = rows
    return found
