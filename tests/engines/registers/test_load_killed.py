"""Kill -9 in the middle of a load, again and again: nothing before the end, every good row once after it."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from datetime import UTC, date, datetime

from django.db import connection
from psycopg import sql

from yiwang.kernel.codes import make_resident_id
from yiwang.platform.environment import environment
from yiwang.registers import api
from yiwang.registers.contracts import IntakeState
from yiwang.registers.models import FileLoad
from yiwang.registers.testing import an_officer

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
ROWS, BAD, DEATHS = 20_000, 40, 6
_PROGRAM = """
import sys, django
django.setup()
from django.utils import timezone
from yiwang.platform.command import install_guard
from yiwang.registers import api
from yiwang.registers.testing import DefaultRolesGuard
install_guard(DefaultRolesGuard())
number = int(sys.argv[1])
print("begins", flush=True)
api.load_intake(actor=api.sender_of(number), at=timezone.now(), intake=number)
"""


def a_file() -> bytes:
    lines = ["id_number,name,sex,birth_date,residence_division"]
    for place in range(ROWS):
        born = date(1950 + place // 900 % 60, 1 + place // 900 // 60 % 12, 1)
        sex = "7" if place % (ROWS // BAD) == 0 else "1"
        number = make_resident_id("440199", born, place % 900 + 1)
        lines.append(f"{number},陈大{place},{sex},{born.isoformat()},440103001101")
    return "\n".join(lines).encode()


def worker(intake: int) -> subprocess.Popen[str]:
    found = connection.get_connection_params()
    port = f"&port={found['port']}" if "port" in found else ""
    address = f"postgresql://{found.get('user', '')}@/{found['dbname']}?host={found['host']}{port}"
    given = {"YIWANG_DATABASE_URL": address, "YIWANG_VAR": str(environment().var)}
    begun = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, str(intake)],
        env=os.environ | given,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert begun.stdout is not None
    assert begun.stdout.readline() == "begins\n"
    return begun


def entries() -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT count(*) FROM reg.persons"))
        return int(cursor.fetchone()[0])


def test_d10_nothing_is_lost_or_loaded_twice_when_the_worker_is_killed(committed_city):
    police, content = an_officer("public_security", "handler", account=11), a_file()
    intake = api.receive_file(
        actor=police, at=AT, register="persons", name="people.csv", size=len(content), on_bad_rows="take_good"
    )
    api.append_part(actor=police, intake=intake, offset=0, content=content)
    api.begin_load(actor=police, at=AT, intake=intake)
    chance = random.Random(7)

    for _ in range(DEATHS):
        process = worker(intake)
        time.sleep(chance.uniform(0.05, 0.9))
        process.kill()
        process.communicate()
        # the server may still be at the dead one's last statement
        for _ in range(1_200):
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                    "AND pid <> pg_backend_pid() AND state <> 'idle' AND backend_type = 'client backend'"
                )
                if cursor.fetchone() == (0,):
                    break
            time.sleep(0.1)
        state = api.get_intake(actor=police, intake=intake).state
        assert entries() == (ROWS - BAD if state is IntakeState.DONE else 0)
    process = worker(intake)
    process.communicate()

    report = api.get_intake(actor=police, intake=intake).report
    assert (report.rows, report.loaded, report.bad_rows, entries()) == (ROWS, ROWS - BAD, BAD, ROWS - BAD)
    assert FileLoad.objects.count() == 1
    assert [p.line for p in report.problems][:3] == [2, ROWS // BAD + 2, 2 * ROWS // BAD + 2]
