"""What a log line says of a fault: kind and place, never what somebody typed."""

from __future__ import annotations

import json
import logging
import sys

import psycopg
import structlog
from django.test import RequestFactory

from yiwang.platform import logging as yiwang_logging
from yiwang.platform.contracts import OperationNotAllowed

NUMBER = "440103199001011234"


def written(**record: object) -> dict[str, object]:
    """A line of Django or of a library as it would be written."""
    declared = yiwang_logging.django_logging()["formatters"]["json"]
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=declared["processors"], foreign_pre_chain=declared["foreign_pre_chain"]
    )
    made = logging.makeLogRecord({"levelname": "ERROR", "levelno": logging.ERROR, **record})
    assert yiwang_logging.WithoutAddress().filter(made) is True
    found = json.loads(formatter.format(made))
    assert isinstance(found, dict)
    return found


def raised(error: BaseException) -> yiwang_logging.ExcInfo:
    try:
        raise error
    except type(error):
        return sys.exc_info()


def test_an_exception_is_told_without_its_message_and_without_the_values_around_it():
    told = yiwang_logging.told(raised(ValueError(f"no such person {NUMBER}")))

    assert [set(part) for part in told] == [{"kind", "at"}]
    assert told[0]["kind"] == "builtins.ValueError"
    assert [place.rpartition(" ")[2] for place in told[0]["at"]] == ["raised"]
    assert NUMBER not in json.dumps(told)


def test_what_led_to_an_exception_is_told_too():
    refused = OperationNotAllowed(operation="cases.case.read")
    refused.__cause__ = KeyError(NUMBER)
    told = yiwang_logging.told(raised(refused))

    assert [(part["kind"], part.get("code")) for part in told] == [
        ("yiwang.platform.contracts.OperationNotAllowed", "platform.operation_not_allowed"),
        ("builtins.KeyError", None),
    ]
    assert NUMBER not in json.dumps(told)


def test_a_fault_of_the_database_tells_its_code_and_no_row():
    told = yiwang_logging.told(
        raised(psycopg.errors.UniqueViolation(f"Key (id_number)=({NUMBER}) already exists."))
    )

    assert (told[0]["sqlstate"], told[0]["constraint"]) == ("23505", None)
    assert NUMBER not in json.dumps(told)


def test_lines_about_a_request_name_no_address():
    request = RequestFactory().get(f"/licences/ABCD-EFGH/?q={NUMBER}")
    missed = written(
        name="django.request",
        msg="%s: %s",
        args=("Not Found", request.path),
        status_code=404,
        request=request,
    )
    forged = written(
        name="django.security.DisallowedHost", msg="Invalid HTTP_HOST header: %r.", args=(NUMBER,)
    )
    broken = written(
        name="django.request", msg="%s: %s", args=("Internal Server Error", request.path), status_code=500,
        request=request, exc_info=raised(ValueError(NUMBER)),
    )  # fmt: skip

    assert [line["event"] for line in (missed, forged, broken)] == ["404 on -", "- on -", "500 on -"]
    (told,) = broken["exception"]
    assert told["kind"] == "builtins.ValueError"
    assert len(told["at"]) == 1
    assert "ABCD" not in json.dumps([missed, forged, broken])
    assert NUMBER not in json.dumps([missed, forged, broken])


def test_structlog_tells_exceptions_in_the_same_way():
    yiwang_logging.configure()
    event: object = {
        "event": "worker.loop_failed",
        "exc_info": raised(ValueError(NUMBER)),
        "name": "陈大文",
    }
    for processor in structlog.get_config()["processors"]:
        event = processor(None, "error", event)

    assert NUMBER not in str(event)
    found = json.loads(str(event))
    assert (found["event"], found["name"]) == ("worker.loop_failed", "[dropped]")
    assert found["exception"][0]["kind"] == "builtins.ValueError"
