"""Requests for many entries: batches, searches, and jobs with a file (D23)."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC, datetime

import pytest
from django.utils import timezone
from tests.engines.registers.exchanging import WHY, a_grant, asking, keys, people

from yiwang.exchange.api import person_reference, revoke_grant, trace_of
from yiwang.exchange.batches import api as batches
from yiwang.exchange.batches import jobs as running
from yiwang.exchange.batches.files import folder
from yiwang.exchange.models import AnswerJob, AnswerPart, GrantDay, Subscription, TraceLine
from yiwang.platform.models import JournalEntry
from yiwang.registers.testing import a_person, an_officer
from yiwang.trust.models import LedgerLeaf

AT = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
BATCHES = "/api/exchange/resources/person_basic/batches"
JOBS = "/api/exchange/resources/person_basic/jobs"
SUBSCRIPTIONS = "/api/exchange/resources/person_basic/subscriptions"
SEARCHES = "/api/exchange/resources/person_basic/searches"
FIELDS = ["name", "residence_division"]


@pytest.fixture
def somebody(city, client):
    people(5, at=AT)
    return asking(client, at=AT, quota_per_day=3_000)


def post(client, path, body, somebody, **headers):
    return client.post(path, body, content_type="application/json", headers=somebody.headers | headers)


def used():
    return sum(GrantDay.objects.values_list("used", flat=True))


def batch(*wanted):
    return {"keys": list(wanted), "fields": FIELDS, "purpose": WHY}


def test_d23_a_batch_is_one_trace_line_that_each_person_finds(client, somebody):
    nobody = a_person(77)["id_number"]
    leaves = LedgerLeaf.objects.count()

    answer = post(client, BATCHES, batch(*keys(3), nobody, keys(1)[0]), somebody)

    said = answer.json()
    assert answer.status_code == 200
    assert [one["values"] and one["values"]["name"] for one in said["answers"]] == [
        "陈大文", "陈大文2", "陈大文3", None, "陈大文",
    ]  # fmt: skip
    assert set(said["answers"][0]["values"]) == set(FIELDS)
    assert used() == 5
    line = TraceLine.objects.get()
    assert (line.kind, line.size, line.subject, line.pk) == ("batch", 4, "", said["trace"])
    for key in [*keys(3), nobody]:
        assert [entry.id for entry in trace_of(person_reference(key))] == [said["trace"]]
    assert trace_of(person_reference(keys(4)[3])) == []
    assert LedgerLeaf.objects.count() == leaves + 2
    digest = base64.b64encode(hashlib.sha256(answer.content).digest()).decode()
    assert answer.headers["Repr-Digest"] == f"sha-256=:{digest}:"
    assert keys(1)[0] not in str(JournalEntry.objects.filter(subject="resource:person_basic").values())


def test_a_batch_over_the_quota_gives_nothing_and_uses_nothing(client, city):
    people(2, at=AT)
    somebody = asking(client, at=AT, quota_per_day=2)

    assert post(client, BATCHES, batch(*keys(3)), somebody).status_code == 429
    assert (used(), TraceLine.objects.count()) == (0, 0)
    assert post(client, BATCHES, batch(*keys(2)), somebody).status_code == 200
    assert post(client, BATCHES, batch(keys(1)[0]), somebody).status_code == 429
    assert used() == 2


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"fields": ["phone"]}, 403), ({"fields": ["no_such"]}, 403),
        ({"purpose": {"kind": "statistics"}}, 403),
        ({"keys": []}, 422), ({"keys": ["x"] * 1001}, 422), ({"keys": ["a\nb"]}, 422),
    ],
)  # fmt: skip
def test_what_is_not_granted_is_not_given_in_batches_either(client, somebody, change, status):
    assert post(client, BATCHES, batch(*keys(2)) | change, somebody).status_code == status
    assert (used(), TraceLine.objects.count()) == (0, 0)


def test_rows_that_are_not_granted_are_as_if_they_were_not_there(client, city):
    people(2, at=AT)
    somebody = asking(client, at=AT, row_filter={"residence_division": ["440106"]})

    said = post(client, BATCHES, batch(*keys(2)), somebody).json()

    assert said["answers"] == [{"values": None, "version": 0}] * 2


def test_d21_a_grant_that_needs_consent_has_neither_batches_nor_subscriptions(client, city):
    people(1, at=AT)
    somebody = asking(client, at=AT, needs_consent=True)

    # each person consents for oneself: nobody could for a batch, a file of keys, a search or a subscription
    refused = [
        post(client, BATCHES, batch(*keys(1)), somebody),
        post(client, BATCHES, batch(*keys(1)), somebody, Prefer="respond-async"),
        post(client, SEARCHES, {"equal": {"name": "陈大文"}, "fields": ["name"], "purpose": WHY}, somebody),
        post(client, SUBSCRIPTIONS, {"fields": ["name"], "purpose": WHY, "keys": keys(1)}, somebody),
    ]
    assert {(answer.status_code, answer.json()["detail"]["zh"]) for answer in refused} == {
        (403, "该项授权须逐人取得同意，不能批量查询。")
    }
    assert (TraceLine.objects.count(), AnswerJob.objects.count(), Subscription.objects.count()) == (0, 0, 0)
    assert used() == 0


def test_a_search_is_by_granted_fields_and_bounded(client, somebody):
    wanted = {"equal": {"residence_division": "440103001101"}, "fields": ["name"], "purpose": WHY, "limit": 2}

    said = post(client, SEARCHES, wanted, somebody).json()

    assert ([one["values"]["name"] for one in said["answers"]], said["more"]) == (["陈大文", "陈大文2"], True)
    assert (TraceLine.objects.get().kind, used()) == ("search", 2)
    for equal in ({}, {"phone": "13800138000"}, {"name": "  "}, {"no_such": "1"}):
        assert post(client, SEARCHES, wanted | {"equal": equal}, somebody).status_code in {403, 422}
    assert used() == 2


def test_d23_respond_async_gives_a_file_with_the_same_evidence(client, somebody, monkeypatch):
    monkeypatch.setattr("yiwang.exchange.batches.queries.MOST_AT_ONCE", 2)
    monkeypatch.setattr("yiwang.exchange.batches.files.MOST_AT_ONCE", 2)
    taken = post(client, BATCHES, batch(*keys(5)), somebody, Prefer="respond-async")
    assert (taken.status_code, taken.json()["state"]) == (202, "waiting")
    assert used() == 0
    code = taken.json()["job"]
    assert taken.headers["Location"] == f"/api/exchange/jobs/{code}"

    batches.answer_job(code=code, now=timezone.now)
    assert batches.answer_job(code=code, now=timezone.now) is None

    said = client.get(taken.headers["Location"], headers=somebody.headers).json()
    assert (said["state"], said["keys"], said["answered"], len(said["traces"])) == ("done", 5, 5, 3)
    assert used() == 5
    result = client.get(said["result"], headers=somebody.headers)
    content = b"".join(result.streaming_content)
    assert [json.loads(line)["values"]["name"] for line in content.splitlines()][4] == "陈大文5"
    assert (len(content), hashlib.sha256(content).hexdigest()) == (said["size"], said["sha256"])
    assert LedgerLeaf.objects.filter(kind="exchange.answered", subject=f"job:{code}").count() == 1
    for key in keys(5):
        assert len(trace_of(person_reference(key))) == 1
    part = client.get(said["result"], headers=somebody.headers | {"Range": "bytes=10-29"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, content[10:30])
    assert part.headers["Content-Range"] == f"bytes 10-29/{len(content)}"
    last = client.get(said["result"], headers=somebody.headers | {"Range": "bytes=-7"})
    assert b"".join(last.streaming_content) == content[-7:]
    beyond = client.get(said["result"], headers=somebody.headers | {"Range": f"bytes={len(content)}-"})
    assert beyond.status_code == 416
    assert sorted(path.name for path in folder(code).iterdir()) == ["answers.jsonl"]


def test_d23_a_grant_that_ends_in_mid_batch_leaves_what_was_given_and_refuses_the_rest(
    client, somebody, monkeypatch
):
    monkeypatch.setattr("yiwang.exchange.batches.queries.MOST_AT_ONCE", 2)
    monkeypatch.setattr("yiwang.exchange.batches.files.MOST_AT_ONCE", 2)
    code = post(client, BATCHES, batch(*keys(5)), somebody, Prefer="respond-async").json()["job"]
    first = running.answer_part

    def then_revoke(**words):
        first(**words)
        revoke_grant(
            actor=an_officer("public_security", "approver", account=31), at=timezone.now(),
            grant=somebody.grant.id, because="no longer needed",
        )  # fmt: skip
        monkeypatch.setattr(running, "answer_part", first)

    monkeypatch.setattr(running, "answer_part", then_revoke)
    batches.answer_job(code=code, now=timezone.now)

    said = client.get(f"/api/exchange/jobs/{code}", headers=somebody.headers).json()
    assert (said["state"], said["answered"], len(said["traces"])) == ("partly", 2, 1)
    assert "not in force" in said["refusal"]["en"]
    assert used() == 2
    assert client.get(said["result"], headers=somebody.headers).status_code == 403
    assert len((folder(code) / "answers.jsonl").read_bytes().splitlines()) == 2
    assert [len(trace_of(person_reference(key))) for key in keys(5)] == [1, 1, 0, 0, 0]


def test_d23_a_worker_that_dies_between_parts_answers_nothing_twice(client, somebody, monkeypatch):
    monkeypatch.setattr("yiwang.exchange.batches.queries.MOST_AT_ONCE", 2)
    monkeypatch.setattr("yiwang.exchange.batches.files.MOST_AT_ONCE", 2)
    code = post(client, BATCHES, batch(*keys(5)), somebody, Prefer="respond-async").json()["job"]
    first, number = running.answer_part, []

    def dies(**words):
        number.append(words["number"])
        if len(number) == 2:
            raise SystemExit
        return first(**words)

    monkeypatch.setattr(running, "answer_part", dies)
    with pytest.raises(SystemExit):
        batches.answer_job(code=code, now=timezone.now)
    batches.answer_job(code=code, now=timezone.now)

    assert number == [0, 1, 0, 1, 2]
    assert (used(), TraceLine.objects.count(), AnswerPart.objects.count()) == (5, 3, 3)
    assert AnswerJob.objects.get().state == "done"


def test_d23_a_file_of_keys_over_ten_megabytes(client, somebody, monkeypatch):
    monkeypatch.setattr("yiwang.exchange.batches.jobs.parts_of", lambda code: range(1))
    padding = [f"{'x' * 190}{number:08}" for number in range(52_000)]
    head = {"fields": FIELDS, "purpose": WHY}
    body = "\n".join(json.dumps(line) for line in [head, *keys(5), *padding]).encode()
    assert len(body) > 10_000_000
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()

    wrong = client.post(
        JOBS, body + b'\n"y"', content_type="application/x-ndjson",
        headers=somebody.headers | {"Content-Digest": f"sha-256=:{digest}:"},
    )  # fmt: skip
    assert (wrong.status_code, AnswerJob.objects.count()) == (422, 0)
    assert "Content-Digest" in wrong.json()["detail"]["en"]
    taken = client.post(
        JOBS, body, content_type="application/x-ndjson",
        headers=somebody.headers | {"Content-Digest": f"sha-256=:{digest}:"},
    )  # fmt: skip

    assert (taken.status_code, taken.json()["keys"]) == (202, 52_005)
    batches.answer_job(code=taken.json()["job"], now=timezone.now)
    said = client.get(taken.headers["Location"], headers=somebody.headers).json()
    assert (said["state"], said["answered"]) == ("done", 1_000)


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (b"", 1), (b"[]\n", 1), (b'{"fields": ["name"]}\n', 1), (b"\xff\xfe\n", 1),
        (b'HEAD\n"ok"\n12\n', 2), (b'HEAD\n"ok"\n""\n', 2), (b'HEAD\n"ok"\n"a\\u0000"\n', 2),
        (b'HEAD\n"' + b"k" * 5_000, 1), (b"HEAD\n", 1),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_by_its_line(client, somebody, body, line):
    head = json.dumps({"fields": FIELDS, "purpose": WHY}).encode()

    said = client.post(
        JOBS, body.replace(b"HEAD", head), content_type="application/x-ndjson", headers=somebody.headers
    )

    assert said.status_code == 422
    assert f"Line {line}:" in said.json()["detail"]["en"]
    assert AnswerJob.objects.count() == 0


def test_d23_a_revoked_grant_closes_the_file_of_a_job_at_once_and_its_evidence_stays(client, somebody):
    code = post(client, BATCHES, batch(*keys(2)), somebody, Prefer="respond-async").json()["job"]
    batches.answer_job(code=code, now=timezone.now)
    result = f"/api/exchange/jobs/{code}/result"
    given = b"".join(client.get(result, headers=somebody.headers).streaming_content)
    done = JournalEntry.objects.filter(subject=f"job:{code}").latest("id")
    assert done.detail["answers_sha256"] == hashlib.sha256(given).hexdigest()
    evidence = (TraceLine.objects.count(), LedgerLeaf.objects.filter(subject=f"job:{code}").count())
    revoke_grant(
        actor=an_officer("public_security", "approver", account=31), at=timezone.now(),
        grant=somebody.grant.id, because="no longer needed",
    )  # fmt: skip
    # another grant for the same fields does not stand in: it has other rows
    a_grant(at=AT, row_filter={"residence_division": ["440104"]})

    for more in ({}, {"Range": "bytes=0-1"}):
        refused = client.get(result, headers=somebody.headers | more)
        assert (refused.status_code, "今天无效" in refused.json()["detail"]["zh"]) == (403, True)

    said = client.get(f"/api/exchange/jobs/{code}", headers=somebody.headers).json()
    assert (said["state"], said["sha256"]) == ("done", hashlib.sha256(given).hexdigest())
    assert (TraceLine.objects.count(), LedgerLeaf.objects.filter(subject=f"job:{code}").count()) == evidence
    assert JournalEntry.objects.filter(subject=f"job:{code}").latest("id").outcome == "refused"


def test_a_job_is_its_clients_own(client, somebody):
    code = post(client, BATCHES, batch(*keys(2)), somebody, Prefer="respond-async").json()["job"]
    batches.answer_job(code=code, now=timezone.now)
    other = asking(client, at=AT, purpose="supervision")

    for path in (f"/api/exchange/jobs/{code}", f"/api/exchange/jobs/{code}/result"):
        assert client.get(path).status_code == 401
        assert client.get(path, headers=other.headers).status_code == 404


def test_files_are_kept_for_seven_days(client, somebody):
    code = post(client, BATCHES, batch(*keys(2)), somebody, Prefer="respond-async").json()["job"]
    batches.answer_job(code=code, now=timezone.now)
    until = AnswerJob.objects.get().kept_until

    assert batches.drop_old_jobs(timezone.now()) == 0
    assert batches.drop_old_jobs(until) == 1

    assert not folder(code).exists()
    assert client.get(f"/api/exchange/jobs/{code}/result", headers=somebody.headers).status_code == 404
    assert client.get(f"/api/exchange/jobs/{code}", headers=somebody.headers).json()["state"] == "deleted"
