"""Programs that run in a node's environment, for :mod:`tests.faults.test_nodes`."""

#: At the provider: the grants for the asker, and who is asked; the person of the word is registered too.
GRANT = """
import django, sys; django.setup()
from datetime import date
from django.utils import timezone
from yiwang.exchange.api import issue_grant
from yiwang.identity.models import Account
from yiwang.identity.queries.actors import actor_of_account
from yiwang.kernel.text import Text
from yiwang.platform import sql
from yiwang.registers.api import find_standing
now = timezone.now()
owner = actor_of_account(Account.objects.get(username="public_security.approver"), at=now, acting_for="")
issue_grant(actor=owner, at=now, resource="person_basic", grantee="labour", fields=("id_number", "name"),
    purpose="statistics", legal_basis=Text("统计法", "Statistics Law"), valid_from=now.date(),
    valid_until=date(now.year + 1, 12, 31))
issue_grant(actor=owner, at=now, resource="person_basic", grantee="labour", fields=("name",),
    purpose="supervision", legal_basis=Text("劳动法第八十五条", "Labour Law, article 85"),
    valid_from=now.date(), valid_until=date(now.year + 1, 12, 31))
assert find_standing("persons", key=sys.argv[1]) is not None
[(key,)] = sql.fetch("SELECT id_number FROM reg.persons ORDER BY id_number LIMIT 1")
print(key)
"""

#: At the asker, for as long as the test lasts, since a program takes seconds to begin: a line "known" is
#: answered with whether the directory that it holds names the provider; a person and a number, with the
#: number of the batch of so many questions.
ASKER = """
import django, sys; django.setup()
from django.db import connection
from django.utils import timezone
from yiwang.exchange.contracts import Purpose
from yiwang.exchange.nodes.api import queue_questions
from yiwang.exchange.nodes.queries.standing import held_directory
from yiwang.kernel.errors import YiwangError
from yiwang.platform.contracts import Actor

def is_known():
    try:
        return held_directory().peer("district-b").node == "district-b"
    except YiwangError:
        return False

def queue(key, number):
    return queue_questions(actor=Actor.system("batch"), at=timezone.now(), resource="district-b:person_basic",
        keys=[key] * int(number), fields=("name",), purpose=Purpose(kind="statistics"), organisation="labour")

for line in sys.stdin:
    connection.close()  # the database may have been killed meanwhile
    words = line.split()
    print(is_known() if words == ["known"] else queue(*words), flush=True)
"""

#: At either: what the log and the trace count of a batch. Asked of the database: a program takes two seconds.
COUNT = """
WITH first AS (
  SELECT * FROM exchange_nodemessage WHERE starts_with(message, %(job)s || '.') AND repeats IS NULL)
SELECT json_build_object(
  'asks', (SELECT coalesce(json_object_agg(state, number), '{}') FROM (
    SELECT state, count(*) AS number FROM exchange_nodeask WHERE job::text = %(job)s GROUP BY state) a),
  'messages', (SELECT count(*) FROM first),
  'unanswered', (SELECT count(*) FROM first WHERE status <> 200),
  'traces', (SELECT count(*) FROM exchange_traceline WHERE system = 'node:district-a'),
  'unstamped', (SELECT count(*) FROM exchange_nodebatch WHERE token IS NULL)
    + (SELECT count(*) FROM exchange_nodemessage WHERE batch_id IS NULL),
  'one', (SELECT message FROM first ORDER BY id LIMIT 1))
"""
