"""One search over services and notices: what is found, in which order, by whom, and how soon."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime
from urllib.parse import quote

import pytest
import structlog
import yaml
from benchmarks.search import CITY, HELD_OUT, TUNED_ON, judge, ours
from django.db import connection

from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.portal.openness.api import load_catalogue, read_catalogue
from yiwang.portal.search import indexing
from yiwang.portal.search.api import (
    PUBLIC,
    SOURCES,
    Document,
    KindOfResult,
    Narrowed,
    ask_again,
    find,
    read_anew,
    suggest,
)
from yiwang.portal.search.indexing import index_changes
from yiwang.portal.search.models import Indexed, Waiting
from yiwang.portal.sites.api import load_group, read_sites

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
EVERYBODY = frozenset({PUBLIC})


class Policies:
    """A source of a test's own."""

    kind = KindOfResult(name=Text("政策文件", "Policies"), weight=0.8, order=20)

    def __init__(self) -> None:
        self.rows: dict[str, Document] = {}

    def say(self, key: str, title: Text, said: str = "", *, readers: tuple[str, ...] = (PUBLIC,)) -> None:
        self.rows[key] = Document(
            key=key,
            title=title,
            summary=Text(said, ""),
            address=f"/policies/{key}/",
            readers=readers,
            dated=TODAY,
        )

    def mark(self) -> str:
        return "told one by one"

    def documents(self, keys: Collection[str] | None = None) -> Iterable[Document]:
        return [row for key, row in self.rows.items() if keys is None or key in keys]


@pytest.fixture(scope="module", autouse=True)
def _indexed(_applied_city, django_db_blocker):
    with django_db_blocker.unblock():
        index_changes(AT)


@pytest.fixture
def policies():
    source = Policies()
    with SOURCES.temporarily("policy", source):
        yield source


def titles(query: str, **narrowed) -> list[str]:
    given = {"readers": EVERYBODY, "today": TODAY, **narrowed}
    return [row.title.zh for row in find(query, **given).rows]


@pytest.mark.parametrize(
    "typed", ["居住证", "怎么办居住证？", "暫住證", "residence permit", "juzhuzheng", "ＪＵＺＨＵＺＨＥＮＧ"]
)
def test_a_service_is_found_by_whatever_people_call_it(typed):
    assert "居住证" in titles(typed)[0]


def test_a_service_comes_before_a_policy_and_news_about_it(policies):
    policies.say("1", Text("居住证办理有关事项的新闻", ""), "居住证" * 50)
    ask_again(kind="policy", key="1", at=AT)

    assert index_changes(AT) == 1
    found = find("居住证", readers=EVERYBODY, today=TODAY)
    kinds = [row.kind for row in found.rows]
    assert kinds[0] == "service"
    assert "policy" in kinds
    assert dict(found.by_kind)["policy"] == 1
    assert {
        row.kind
        for row in find("居住证", readers=EVERYBODY, today=TODAY, narrowed=Narrowed(kind="policy")).rows
    } == {"policy"}


def test_what_changes_is_found_at_the_next_round_and_what_goes_is_not(policies):
    policies.say("1", Text("穗康码使用办法", ""))
    ask_again(kind="policy", key="1", at=AT)
    assert (index_changes(AT), titles("穗康码"), Waiting.objects.count()) == (1, ["穗康码使用办法"], 0)
    policies.say("1", Text("羊城通使用办法", ""))
    ask_again(kind="policy", key="1", at=AT)
    assert (index_changes(AT), titles("穗康码"), titles("羊城通")) == (1, [], ["羊城通使用办法"])
    policies.rows.clear()
    ask_again(kind="policy", key="1", at=AT)
    assert (index_changes(AT), titles("羊城通"), suggest("yangcheng", readers=EVERYBODY)) == (1, [], ())
    assert index_changes(AT) == 0


def test_of_many_texts_words_are_gathered_and_merged_and_later_ones_go_straight_in(policies, monkeypatch):
    monkeypatch.setattr(indexing, "_MANY", 200)
    for number in range(450):
        policies.say(str(number), Text(f"第{number}号榕树保护规定", ""))
    assert index_changes(AT) == 450
    assert titles("第449号榕树")[0] == "第449号榕树保护规定"
    with connection.cursor() as cursor:
        cursor.execute("SELECT reloptions FROM pg_class WHERE relname LIKE 'search_%words' AND relkind = 'i'")
        assert cursor.fetchall() == [(["fastupdate=off"],), (["fastupdate=off"],)]
        cursor.execute(
            "SELECT gin_clean_pending_list('search_words'), gin_clean_pending_list('search_title_words')"
        )
        assert cursor.fetchone() == (0, 0)


def test_results_go_by_right(policies):
    policies.say("1", Text("绝密穗康码", ""), readers=("organisation:audit",))
    index_changes(AT)

    assert Indexed.objects.filter(kind="policy").count() == 1
    assert titles("穗康码") == []
    assert suggest("绝密", readers=EVERYBODY) == ()
    assert titles("穗康码", readers={"organisation:audit", PUBLIC}) == ["绝密穗康码"]


def test_when_nothing_holds_all_words_that_is_said():
    found = find("居住证 火星移民", readers=EVERYBODY, today=TODAY)

    assert found.loose
    assert "居住证" in found.rows[0].title.zh
    assert find("火星移民", readers=EVERYBODY, today=TODAY).total == 0


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("句住证", "居住证"),  # sounds alike
        ("营业职照", "营业执照"),
        ("居往证", "居住证"),  # looks alike
        ("施工许可怔", "施工许可证"),
        ("公基金", "公积金"),
        ("jvzhuzheng", "居住证"),
        ("juzuzhen", "居住证"),
        ("pasport", "passport"),
        ("resident permitt", "resident permit"),
    ],
)
def test_what_was_mistyped_is_put_right(typed, meant):
    found = find(typed, readers=EVERYBODY, today=TODAY)

    assert found.meant == meant
    assert titles(meant)


def test_nothing_is_proposed_that_finds_nothing_or_that_the_reader_may_not_find(policies):
    policies.say("1", Text("穗康码使用办法", ""), readers=("organisation:audit",))
    policies.say("2", Text("羊城通使用办法", ""))
    index_changes(AT)
    assert find("羊成通", readers=EVERYBODY, today=TODAY).meant == "羊城通"
    policies.rows.pop("2")
    ask_again(kind="policy", key="2", at=AT)
    index_changes(AT)

    for typed in ("岁康码", "羊成通", "火星移民", "🙂🙂"):
        assert find(typed, readers=EVERYBODY, today=TODAY).meant == ""


@pytest.mark.parametrize("typed", ["居住", "juzhu", "ju zhu", "jzz"])
def test_titles_are_suggested_while_one_types(typed):
    assert any("居住证" in found.title.zh for found in suggest(typed, readers=EVERYBODY))


def test_a_sign_that_no_text_has_is_refused(client):
    assert client.get("/search/?q=%00").status_code == 400


@pytest.mark.parametrize(
    "hostile",
    [
        "",
        "a" * 5000,
        "'); DROP TABLE x; --",
        "%_\\",
        "( & | ! <-> :*",
        "的 " * 500,
        "\ufffe\ud7ff",
        "居" * 300,
        " " * 4000 + "居住证" + "\u3000" * 4000,
        "🙂👨‍👩‍👧‍👦" * 40,
        "<img src=x onerror=alert(1)>",
        "居住证\u202e\u200b",
        "a:* & b" * 60,
    ],
)
def test_hostile_queries_give_a_page(client, hostile):
    for door in ("/search/", "/search/suggest/"):
        answer = client.get(f"{door}?q={quote(hostile)}&page=99999999999&kind=%27")

        assert answer.status_code == 200
        assert "<img src=x" not in answer.content.decode()
        assert "DROP TABLE x; --</" not in answer.content.decode() or "&#x27;" in answer.content.decode()


def test_the_page_marks_what_was_asked_and_offers_kinds(client):
    page = client.get("/search/?q=居住证").content.decode()

    assert "<mark>居住证</mark>" in page
    assert 'href="/services/' in page
    assert "kind=service" in page
    assert "<script>alert" not in client.get("/search/?q=<script>alert(1)</script>").content.decode()


def test_the_page_stands_in_english_and_says_honestly_when_there_is_nothing(client):
    page = client.get("/en/search/?q=residence+permit").content.decode()

    assert 'href="/en/services/' in page
    assert "Nothing was found" in client.get("/en/search/?q=zzzzqqqq").content.decode()
    assert "没有找到" in client.get("/search/?q=zzzzqqqq").content.decode()


def test_the_log_of_searches_holds_no_word_that_was_typed(client):
    with structlog.testing.capture_logs() as told:
        client.get("/search/?q=张三+440103199001011234&by=13800000000")

    assert [line["event"] for line in told] == ["search.answered", "http.answered"]
    for private in ("张三", "4401031990", "13800000000"):
        assert private not in str(told)


def test_programs_get_suggestions_as_json(client):
    rows = client.get("/search/suggest/?q=juzhuzheng").json()["suggestions"]

    assert 1 <= len(rows) <= 8
    assert all("居住证" in row["title"] for row in rows)
    assert rows[0]["address"].startswith("/services/")
    assert (
        client.get("/en/search/suggest/?q=juzhu")
        .json()["suggestions"][0]["address"]
        .startswith("/en/services/")
    )


def test_web_processes_start_without_dictionaries(web_modules: frozenset[str]):
    assert {"pypinyin", "rjieba"} & web_modules == set()


def test_the_judged_queries_are_answered_as_well_as_when_they_were_measured():
    """Services, pages, policies and notices together: what one can use comes before what is told about it."""
    load_group(actor=Actor.system("tests"), at=AT, sites=read_sites(CITY), files=CITY / "sites" / "files")
    load_catalogue(actor=Actor.system("tests"), at=AT, catalogue=read_catalogue(CITY))
    read_anew("page")
    index_changes(AT)
    kinds = [row.kind for row in find("排水", readers=EVERYBODY, today=TODAY).rows]
    assert kinds[0] == "service"
    assert "openness" in kinds
    tuned_on, held_out = (judge(ours, yaml.safe_load(path.read_text()))[0] for path in (TUNED_ON, HELD_OUT))

    assert (len(tuned_on), len(held_out)) == (59, 30)
    assert min(tuned_on) > 0
    assert sum(tuned_on) / 59 >= 0.92
    assert sum(held_out) / 30 >= 0.6
