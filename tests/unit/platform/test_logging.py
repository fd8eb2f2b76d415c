"""What a log line says of a fault: kind and place, never what somebody typed."""

from __future__ import annotations

import io
import json
import logging
import sys

import psycopg
import pytest
import structlog
from django.test import RequestFactory

from yiwang.platform import logging as yiwang_logging
from yiwang.platform.contracts import OperationNotAllowed

NUMBER = "440103199001011234"


@pytest.fixture
def lines():
    """Lines of Django and of libraries as they would be written."""
    written = io.StringIO()
    declared = yiwang_logging.django_logging()
    handler = logging.StreamHandler(written)
    formatter = dict(declared["formatters"]["json"])
    handler.setFormatter(formatter.pop("()")(**formatter))
    handler.addFilter(yiwang_logging.WithoutAddress())
    loggers = [logging.getLogger(name) for name in ("django.request", "django.security.DisallowedHost")]
    for logger in loggers:
        logger.addHandler(handler)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    for logger in loggers:
        logger.removeHandler(handler)


def told_of(error: BaseException) -> list[dict[str, object]]:
    try:
        raise error
    except type(error):
        return yiwang_logging.told(sys.exc_info())


def test_an_exception_is_told_without_its_message_and_without_the_values_around_it():
    told = told_of(ValueError(f"no such person {NUMBER}"))

    assert [set(part) for part in told] == [{"kind", "at"}]
    assert told[0]["kind"] == "builtins.ValueError"
    assert [place.rpartition(" ")[2] for place in told[0]["at"]] == ["told_of"]
    assert NUMBER not in json.dumps(told)


def test_what_led_to_an_exception_is_told_too():
    try:
        try:
            raise KeyError(NUMBER)
        except KeyError as cause:
            raise OperationNotAllowed(operation="cases.case.read") from cause
    except OperationNotAllowed:
        told = yiwang_logging.told(sys.exc_info())

    assert [(part["kind"], part.get("code")) for part in told] == [
        ("yiwang.platform.contracts.OperationNotAllowed", "platform.operation_not_allowed"),
        ("builtins.KeyError", None),
    ]
    assert NUMBER not in json.dumps(told)


def test_a_fault_of_the_database_tells_its_code_and_no_row():
    told = told_of(psycopg.errors.UniqueViolation(f"Key (id_number)=({NUMBER}) already exists."))

    assert (told[0]["sqlstate"], told[0]["constraint"]) == ("23505", None)
    assert NUMBER not in json.dumps(told)


def test_lines_about_a_request_name_no_address(lines):
    request = RequestFactory().get(f"/licences/ABCD-EFGH/?q={NUMBER}")
    logging.getLogger("django.request").warning(
        "%s: %s", "Not Found", request.path, extra={"status_code": 404, "request": request}
    )
    logging.getLogger("django.security.DisallowedHost").error("Invalid HTTP_HOST header: %r.", NUMBER)
    try:
        raise ValueError(NUMBER)
    except ValueError:
        logging.getLogger("django.request").error(
            "%s: %s", "Internal Server Error", request.path, exc_info=True,
            extra={"status_code": 500, "request": request},
        )  # fmt: skip

    found = lines()
    assert [line["event"] for line in found] == ["404 on -", "- on -", "500 on -"]
    assert found[2]["exception"][0]["kind"] == "builtins.ValueError"
    assert len(found[2]["exception"][0]["at"]) == 1
    assert "ABCD" not in json.dumps(found)
    assert NUMBER not in json.dumps(found)


def test_structlog_tells_exceptions_in_the_same_way():
    yiwang_logging.configure()
    processors = structlog.get_config()["processors"]
    try:
        raise ValueError(NUMBER)
    except ValueError:
        event: object = {"event": "worker.loop_failed", "exc_info": True, "name": "陈大文"}
        for processor in processors:
            event = processor(None, "error", event)

    assert NUMBER not in str(event)
    found = json.loads(str(event))
    assert (found["event"], found["name"]) == ("worker.loop_failed", "[dropped]")
    assert found["exception"][0]["kind"] == "builtins.ValueError"
