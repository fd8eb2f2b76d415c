"""The layer before the framework, around an application that counts how often it is asked."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

import psycopg
import pytest
from django.http import HttpResponse

from yiwang.portal.keeping import copy_files, looking
from yiwang.portal.keeping import front as front_module
from yiwang.portal.keeping.contracts import PageChange
from yiwang.portal.keeping.front import Front, Headers
from yiwang.portal.keeping.looking import Watch
from yiwang.portal.keeping.marking import may_be_kept
from yiwang.portal.keeping.rules.parts import is_current, parts_of_page, touched

PAGE = "environment/news/water/"


class Answer(HttpResponse):
    """Its end is no end of a request to the database."""

    def close(self) -> None:
        self.closed = True


class City:
    """An application with one article, which says what it was told of its reader."""

    def __init__(self) -> None:
        self.asked: list[WSGIEnvironment] = []
        self.cookie = ""
        self.page = "old"
        self.fails = False

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        self.asked.append(environ)
        response = Answer(f"{self.page} {environ.get('HTTP_COOKIE', '')}")
        if str(environ["PATH_INFO"]).endswith(PAGE):
            may_be_kept(response, parts_of_page("article", PAGE))
        headers = [*response.items(), ("Content-Security-Policy", "default-src 'none'")]
        headers += [("Set-Cookie", self.cookie)] if self.cookie else []
        fails = self.fails and "unavailable" not in str(environ["PATH_INFO"])
        start_response("500 Internal Server Error" if fails else "200 OK", headers)
        return response


class Reader:
    """Asks the layer, and looks at the database when told to."""

    def __init__(self) -> None:
        self.city, self.watch = City(), Watch()
        self.watch.begin = lambda: None  # type: ignore[method-assign]
        self.front = Front(self.city, self.watch, own_hosts={"env.example": "environment"})
        self.look(5)

    def look(self, position: int, *changed: tuple[int, str, bool]) -> None:
        found = [(position, at, address, leaf) for at, address, leaf in changed]
        self.watch.look(
            lambda statement, _: (
                (found or [(position, None, None, None)])
                if "snapshot" in statement
                else [("municipal/news/", "down")]
            )
        )

    def ask(self, path: str = f"/sites/{PAGE}", **more: str) -> tuple[str, dict[str, str], bytes]:
        said: list[tuple[str, Headers]] = []
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "HTTP_HOST": "127.0.0.1:8000", **more}
        answer = self.front(dict(environ), lambda status, headers, _=None: said.append((status, headers)))
        status, headers = said[-1]
        return status, dict(headers), b"".join(answer)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    # what was looked at is trusted for a moment, which a busy machine may take between two lines
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now)
    return Reader()


def test_the_second_reader_gets_what_was_made_for_the_first_with_the_same_policies(reader: Reader):
    _, first, body = reader.ask(HTTP_COOKIE="sessionid=secret; csrftoken=x")
    _, second, again = reader.ask(HTTP_ACCEPT_ENCODING="gzip, br")
    assert (body, gzip.decompress(again), len(reader.city.asked)) == (b"old ", b"old ", 1)
    assert first["Content-Security-Policy"] == second["Content-Security-Policy"] == "default-src 'none'"
    assert (second["Content-Encoding"], second["Cache-Control"]) == ("gzip", "public, no-cache")
    status, told, nothing = reader.ask(HTTP_IF_NONE_MATCH=f"W/{second['ETag']}")
    assert (status, told["ETag"], nothing) == ("304 Not Modified", first["ETag"], b"")
    head = reader.ask(REQUEST_METHOD="HEAD")
    assert (head[1]["Content-Length"], head[2], len(reader.city.asked)) == ("4", b"", 1)


def test_a_transaction_that_stays_open_elsewhere_makes_no_page_anew(reader: Reader):
    reader.look(5, (6, PAGE, True))
    reader.ask()
    for _ in range(3):
        reader.look(5, (6, PAGE, True))
        assert reader.ask()[0] == "200 OK"
    assert len(reader.city.asked) == 1

    reader.city.page = "new"
    reader.look(5, (6, PAGE, True), (7, PAGE, True))
    assert reader.ask()[2] == b"new "


def test_a_crowd_has_a_page_made_once(reader: Reader, monkeypatch: pytest.MonkeyPatch):
    begun, go_on = threading.Event(), threading.Event()
    real = reader.city.__call__

    def slowly(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        begun.set()
        assert go_on.wait(120)
        return real(environ, start_response)

    monkeypatch.setattr(reader.front, "_application", slowly)
    with ThreadPoolExecutor(6) as crowd:
        asked = [crowd.submit(reader.ask) for _ in range(6)]
        assert begun.wait(120)
        go_on.set()
        bodies = {each.result()[2] for each in asked}

    assert bodies == {b"old "}
    assert len(reader.city.asked) == 1


def test_a_page_that_is_long_in_the_making_keeps_nobody_waiting(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(front_module, "_LONGEST_WAIT", 0.01)
    begun, go_on = threading.Event(), threading.Event()
    real = reader.city.__call__

    def stuck_once(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not begun.is_set():
            begun.set()
            assert go_on.wait(120)
        return real(environ, start_response)

    monkeypatch.setattr(reader.front, "_application", stuck_once)
    with ThreadPoolExecutor(1) as other:
        stuck = other.submit(reader.ask)
        assert begun.wait(120)
        assert reader.ask()[2] == b"old "
        go_on.set()
        assert stuck.result()[2] == b"old "


def test_a_page_varies_by_the_view_alone_and_an_unknown_view_is_none(reader: Reader):
    asked = ["yiwang_view=elder", "a=b; yiwang_view=elder; c=d", "yiwang_view=huge", "xyiwang_view=large", ""]
    bodies = [reader.ask(HTTP_COOKIE=cookie)[2] for cookie in asked]
    assert bodies == [b"old yiwang_view=elder"] * 2 + [b"old "] * 3
    assert len(reader.city.asked) == 2


@pytest.mark.parametrize(
    "more",
    [
        {"REQUEST_METHOD": "POST"},
        {"QUERY_STRING": "q=1"},
        {"QUERY_STRING": "page=0"},
        {"HTTP_ACCEPT": "application/json"},
        {"PATH_INFO": f"/desk/sites/{PAGE}"},
    ],
)
def test_other_requests_pass_as_they_are(reader: Reader, more: dict[str, str]):
    path = more.pop("PATH_INFO", f"/sites/{PAGE}")
    for _ in range(2):
        assert reader.ask(path, **more, HTTP_COOKIE="sessionid=1")[2] == b"old sessionid=1"
    assert len(reader.city.asked) == 2


def test_an_answer_with_a_cookie_or_one_that_is_not_marked_is_made_for_its_reader(reader: Reader):
    reader.city.cookie = "csrftoken=x"
    assert reader.ask(HTTP_COOKIE="sessionid=1")[2] == b"old sessionid=1"
    reader.city.cookie = ""
    assert reader.ask("/sites/environment/form/", HTTP_COOKIE="sessionid=2")[2] == b"old sessionid=2"


def test_b27_a_withdrawal_takes_the_page_away_and_one_between_making_and_keeping_too(reader: Reader):
    reader.ask()
    reader.city.page = "new"
    reader.look(6, (5, "environment/news/other/", True))
    assert reader.ask()[2] == b"old "
    # 5 was running when the page was made: what it did may not have been seen
    reader.look(7, (5, PAGE, True))
    assert reader.ask()[2] == b"new "
    reader.look(7)
    assert reader.ask()[2] == b"new "
    assert len(reader.city.asked) == 2


def test_what_a_blind_process_kept_is_not_given(reader: Reader, monkeypatch: pytest.MonkeyPatch):
    reader.ask()
    reader.city.page = "new"
    later = time.monotonic() + 1.5
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert reader.ask()[2] == b"new "
    assert reader.ask("/sites/environment/news/water/", HTTP_HOST="127.0.0.1:8000")[2] == b"new "


def test_memory_is_bounded(reader: Reader, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(front_module, "MOST_BYTES", 10_000)
    for site in range(20):
        reader.ask(f"/sites/s{site}/{PAGE}")
    assert len(reader.front._kept) == 4


def test_a_change_touches_what_shows_it():
    news = PageChange(position=9, address=PAGE, is_leaf=True, flows=())
    assert sorted(touched(news)) == [f"page:{PAGE}", "under:environment/", "under:environment/news/"]
    column = PageChange(position=9, address="environment/news/", is_leaf=False, flows=("up",))
    seen = dict.fromkeys(touched(column), 9)
    assert not is_current(seen, parts_of_page("article", PAGE), 9)
    assert is_current(seen, parts_of_page("article", "tianhe/news/x/"), 9)
    assert not is_current(seen, parts_of_page("home", "tianhe/"), 9)
    assert list(touched(PageChange(position=9, address="", is_leaf=True, flows=()))) == ["all"]


def test_b38_without_a_database_pages_come_from_the_copy_and_forms_say_that_they_cannot_work(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr(copy_files, "folder", lambda: tmp_path)
    for place in (f"_/sites/{PAGE}", "_/sites/environment/gone/", "env.example/news/"):
        copy_files.write(tmp_path / "pages" / place / "index.html", f"copy of {place}".encode())
    copy_files.write_state(position=5)
    reader.look(9, (7, "environment/gone/", True))
    reader.watch.is_down = True
    status, headers, body = reader.ask(HTTP_COOKIE="sessionid=1")
    assert (status, body) == ("200 OK", f"copy of _/sites/{PAGE}".encode())
    assert headers["Content-Security-Policy"] == "default-src 'none'"
    assert reader.ask("/news/", HTTP_HOST="env.example")[2] == b"copy of env.example/news/"
    for path in ("/sites/environment/gone/", "/sites/environment/../../x/", "/account/", "/en/apply/"):
        assert reader.ask(path)[0] == "503 Service Unavailable"
        language = "/en" if path.startswith("/en") else ""
        assert reader.city.asked[-1]["PATH_INFO"] == f"{language}/unavailable/"
    assert reader.ask("/apply/", REQUEST_METHOD="POST", HTTP_COOKIE="sessionid=1")[2] == b"old "
    assert reader.ask("/static/theme/theme.css")[2] == b"old "
    assert reader.city.asked[-1]["PATH_INFO"] == "/static/theme/theme.css"


def test_b38_a_request_that_fails_with_the_database_is_no_fault_but_one_that_fails_alone_is(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr(copy_files, "folder", lambda: tmp_path)
    kept = reader.ask()
    reader.city.fails = True
    looks = iter((False, True))
    monkeypatch.setattr(reader.watch, "try_look", lambda: setattr(reader.watch, "is_down", next(looks)))
    assert reader.ask("/account/", REQUEST_METHOD="POST")[0] == "500 Internal Server Error"
    status, headers, body = reader.ask("/account/", REQUEST_METHOD="POST")
    assert (status, headers["Retry-After"], body) == ("503 Service Unavailable", "60", b"old ")
    assert reader.ask()[1:] == kept[1:]
    reader.ask("/api/v1/datasets/")
    assert reader.city.asked[-1]["HTTP_ACCEPT"] == "application/json"


def test_b38_a_look_that_takes_too_long_says_down_only_after_five_seconds(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
):
    def slow() -> None:
        raise psycopg.errors.QueryCanceled

    monkeypatch.setattr(looking, "_connected", lambda: None)
    monkeypatch.setattr(reader.watch, "_rows", lambda *_: slow())
    now = time.monotonic()
    for seconds, down in ((1, False), (4, False), (6, True)):
        monkeypatch.setattr(time, "monotonic", lambda seconds=seconds: now + seconds)
        reader.watch.try_look()
        assert reader.watch.is_down is down
