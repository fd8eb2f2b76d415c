"""Every way to ask for a resource over HTTP, as its document tells of it.

A test holds the paths against the routers, so that no way is left out and none is made up.
"""

from __future__ import annotations

from dataclasses import dataclass

from yiwang.kernel.text import Text

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Act:
    """One way to ask. ``taken`` and ``given`` name schemas; ``type`` is what a body of no JSON has."""

    title: Text
    taken: str = ""
    given: str = ""
    status: int = 200
    takes: str = JSON
    gives: str = JSON
    parameters: tuple[tuple[str, str, str], ...] = ()
    #: Schema of what is posted to ``callback_url``.
    told: str = ""


_ASYNC = ("Prefer", "header", "respond-async: a job answers later (202, JobOut), told by callback_url")
_AFTER = ("after", "query", "Place after which events are given; empty for the first")
_REFUSAL = ("Yiwang-Twin-Refusal", "header", "Asks for a refusal that only a grant brings about")
EXCHANGE, TWIN = "/api/exchange", "/api/twin"
ACTS: dict[tuple[str, str], Act] = {
    ("/resources/{code}", "get"): Act(Text("资源", "The resource"), given="ResourceOut"),
    ("/resources/{code}/requests", "post"): Act(Text("查询", "Look up"), "RequestIn", "AnswerOut"),
    ("/resources/{code}/verifications", "post"): Act(
        Text("核验", "Verify"), "VerificationIn", "VerificationOut"
    ),
    ("/resources/{code}/batches", "post"): Act(
        Text("批量查询，可异步", "Look up many, later if you like"), "BatchIn", "ManyOut",
        parameters=(_ASYNC,), told="JobEnded",
    ),
    ("/resources/{code}/searches", "post"): Act(
        Text("按字段查找", "Look for entries by their values"), "SearchIn", "ManyOut"
    ),
    ("/resources/{code}/jobs", "post"): Act(
        Text("送号码文件，首行如 JobHead，其后每行一个号码", "Send a file: JobHead, then a key a line"),
        "JobHead", "JobOut", 202, takes="application/x-ndjson",
        parameters=(("Content-Digest", "header", "RFC 9530, sha-256"),), told="JobEnded",
    ),
    ("/jobs/{job}", "get"): Act(Text("任务进度", "How far a job is"), given="JobOut"),
    ("/jobs/{job}/result", "get"): Act(
        Text("任务结果文件", "The file of answers"), given="JobResult", gives="application/x-ndjson"
    ),
    ("/resources/{code}/subscriptions", "post"): Act(
        Text("订阅变更", "Be told of changes"), "SubscriptionIn", "SubscriptionOut", 201, told="EventsTold"
    ),
    ("/subscriptions", "get"): Act(Text("本系统的订阅", "Own subscriptions"), given="Subscriptions"),
    ("/subscriptions/{subscription}", "get"): Act(
        Text("订阅状态", "How it stands"), given="SubscriptionOut"
    ),
    ("/subscriptions/{subscription}", "delete"): Act(Text("结束订阅", "End it"), status=204),
    ("/subscriptions/{subscription}/events", "get"): Act(
        Text("拉取变更", "Pull events"), given="EventsOut",
        parameters=(_AFTER, ("limit", "query", "Events a page, at most 1000")),
    ),
    ("/subscriptions/{subscription}/deliveries/{delivery}/replay", "post"): Act(
        Text("重发", "Send a dead delivery again"), status=204
    ),
}  # fmt: skip
TWIN_ACTS: dict[tuple[str, str], Act] = {
    ("/resources/{code}/keys", "get"): Act(
        Text("孪生：虚构编号", "Twin: made-up keys"), given="KeysOut",
        parameters=(("first", "query", "Place of the first"), ("number", "query", "How many")),
    ),
    ("/resources/{code}/requests", "post"): Act(
        Text("孪生：查询", "Twin: look up"), "RequestIn", "AnswerOut", parameters=(_REFUSAL,)
    ),
    ("/resources/{code}/verifications", "post"): Act(
        Text("孪生：核验", "Twin: verify"), "VerificationIn", "VerificationOut", parameters=(_REFUSAL,)
    ),
    ("/resources/{code}/batches", "post"): Act(
        Text("孪生：批量查询", "Twin: look up many"), "BatchIn", "ManyOut", parameters=(_REFUSAL,)
    ),
}  # fmt: skip
