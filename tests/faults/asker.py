"""Programs that run in a node's environment, for :mod:`tests.faults.test_nodes`."""

#: At the provider: who is asked, and the grant for the asker.
GRANT = """
import django; django.setup()
from datetime import date
from django.utils import timezone
from yiwang.exchange.api import issue_grant
from yiwang.identity.models import Account
from yiwang.identity.queries.actors import actor_of_account
from yiwang.kernel.text import Text
from yiwang.platform import sql
now = timezone.now()
owner = actor_of_account(Account.objects.get(username="public_security.approver"), at=now, acting_for="")
issue_grant(actor=owner, at=now, resource="person_basic", grantee="labour", fields=("id_number", "name"),
    purpose="statistics", legal_basis=Text("统计法", "Statistics Law"), valid_from=now.date(),
    valid_until=date(now.year + 1, 12, 31))
issue_grant(actor=owner, at=now, resource="person_basic", grantee="labour", fields=("name",),
    purpose="supervision", legal_basis=Text("劳动法第八十五条", "Labour Law, article 85"),
    valid_from=now.date(), valid_until=date(now.year + 1, 12, 31))
[(key,)] = sql.fetch("SELECT id_number FROM reg.persons ORDER BY id_number LIMIT 1")
print(key)
"""

#: At the provider: whether its register knows a person.
REGISTERED = """
import django, sys; django.setup()
from yiwang.registers.api import find_standing
print(find_standing("persons", key=sys.argv[1]) is not None)
"""

#: At the asker: fails until the directory that it holds names the provider.
KNOWN = """
import django; django.setup()
from yiwang.exchange.nodes.queries.standing import held_directory
print(held_directory().peer("district-b").node)
"""

#: At the asker: a batch of so many questions about one person; prints its number.
QUEUE = """
import django, sys; django.setup()
from django.utils import timezone
from yiwang.exchange.contracts import Purpose
from yiwang.exchange.nodes.api import queue_questions
from yiwang.platform.contracts import Actor
print(queue_questions(actor=Actor.system("batch"), at=timezone.now(), resource="district-b:person_basic",
    keys=[sys.argv[1]] * int(sys.argv[2]), fields=("name",), purpose=Purpose(kind="statistics"),
    organisation="labour"))
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
