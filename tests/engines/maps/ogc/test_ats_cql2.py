"""Abstract test cases of 21-065r2 (Annex A), each over every collection and queryable, as text and as JSON.

The cases ``test-data`` ask for a dataset of OGC's own; the same is asked of the city's trees instead.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from django.test import Client
from tests.engines.maps.ogc.test_cql2 import CHOSEN

from yiwang.identity.testing import sign_in
from yiwang.maps.ogc.rules.reading_cql2 import read_filter

pytestmark = pytest.mark.django_db
_CODES = ("plots", "trees")
#: What each kind of queryable is compared with.
_VALUES = {
    "string": "'foo'",
    "boolean": "true",
    "number": "3.14",
    "integer": "1",
    "date-time": "TIMESTAMP('2022-04-14T14:48:46Z')",
    "date": "DATE('2022-04-14')",
}
_WORLD = "BBOX(-180,-90,180,90)"
_WHOLE = "POLYGON((-180 -90,180 -90,180 90,-180 90,-180 -90))"
_LINE, _POINT = "LINESTRING(7 50,10 51)", "POINT(7.02 49.92)"
_NO_PLACE = "POINT(90 180)"
_HOLED = "(-180 -90,-90 -90,-90 90,-180 90,-180 -90),(-120 -50,-100 -50,-100 -40,-120 -40,-120 -50)"
_SQUARE = "(0 0,10 0,10 10,0 10,0 0)"


class Asking:
    """Evaluates filters on a collection in both encodings, and keeps those that hold."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.stored: dict[str, list[str]] = {code: [] for code in _CODES}

    def queryables(self, code: str) -> dict[str, str]:
        """Names with their kinds; ``geometry`` for shapes."""
        said = self._client.get(f"/ogc/collections/{code}/queryables").json()["properties"]
        return {name: _kind(schema) for name, schema in said.items()}

    def of(self, code: str, kind: str) -> list[str]:
        """The queryables of a kind."""
        return [name for name, found in self.queryables(code).items() if found == kind]

    def __call__(self, code: str, text: str) -> set[int]:
        """Ids that a filter chooses: the same as text and as JSON."""
        found = []
        tree = json.dumps(read_filter(text, "cql2-text"))
        for language, said in (("cql2-text", text), ("cql2-json", tree)):
            asked = {"limit": "100", "filter-lang": language, "filter": said}
            answer = self._client.get(f"/ogc/collections/{code}/items", asked)
            assert answer.status_code == 200, (code, text, language, answer.content.decode())
            found.append({each["id"] for each in answer.json()["features"]})
        assert found[0] == found[1], (code, text)
        self.stored[code].append(text)
        return found[0]

    def refused(self, code: str, text: str) -> None:
        """A filter with coordinates that there are not."""
        assert self._client.get(f"/ogc/collections/{code}/items", {"filter": text}).status_code == 400, text

    def joined(self) -> None:
        """Four at a time of what was kept, with AND, OR and NOT between them, ten times a collection."""
        for code, kept in self.stored.items():
            fours = [[kept[(start + step) % len(kept)] for step in (0, 1, 3, 7)] for start in range(10)]
            for p1, p2, p3, p4 in fours:
                said = f"((NOT ({p1}) AND ({p2})) OR (({p3}) and NOT ({p4})) or not (({p1}) AND ({p4})))"
                one, two, three, four = (self(code, each) for each in (p1, p2, p3, p4))
                everything = self(code, "true")
                # no value that a filter looks at is missing, so each is true or false
                expected = (two - one) | (three - four) | (everything - (one & four))
                assert self(code, said) == expected, (code, said)


def _kind(schema: dict[str, str]) -> str:
    if "type" not in schema:
        return "geometry"
    return schema.get("format", schema["type"]) if schema["type"] == "string" else schema["type"]


@pytest.fixture
def ask(city) -> Asking:
    """Somebody who sees both collections."""
    return Asking(sign_in(Client(), city.officers["planning"]))


def _each(ask: Asking) -> Iterator[tuple[str, str, str]]:
    for code in _CODES:
        for name, kind in ask.queryables(code).items():
            if kind in _VALUES:
                yield code, name, _VALUES[kind]


def _shapes(ask: Asking) -> Iterator[tuple[str, str]]:
    for code in _CODES:
        for name in ask.of(code, "geometry"):
            yield code, name


def test_ats_cql2_basic__conf_basic_cql2(ask: Asking) -> None:
    for code in _CODES:
        kinds = set(ask.queryables(code).values())
        assert kinds & set(_VALUES)
        assert kinds <= {*_VALUES, "geometry"}
        everything = ask(code, "true")
        assert len(everything) == {"plots": 3, "trees": 12}[code]
        assert ask(code, "false") == set()
        for name in ask.queryables(code):
            empty, filled = ask(code, f"{name} IS NULL"), ask(code, f"{name} is not null")
            assert (empty & filled, empty | filled) == (set(), everything)
    for code, name, value in _each(ask):
        found = {sign: ask(code, f"{name} {sign} {value}") for sign in ("=", "<>", ">", "<", ">=", "<=")}
        for one, other in (("=", "<>"), (">", "<="), ("<", ">=")):
            assert found[one] & found[other] == set(), (code, name)
            assert found[one] | found[other] == ask(code, f"{name} IS NOT NULL")
    ask.joined()


def test_ats_cql2_comparisons__conf_advanced_comparison_operators(ask: Asking) -> None:
    for code in _CODES:
        for name in ask.of(code, "string"):
            found = [ask(code, f"{name} LIKE '{pattern}'") for pattern in ("%", "_%", "", "%%", "\\%\\_")]
            assert found[1] & found[2] == set()
            assert found[0] == found[3]
            assert found[4] == set()
        for name in ask.of(code, "number"):
            between = ask(code, f"{name} BETWEEN 0 AND 100")
            assert between == ask(code, f"{name} >= 0 AND {name} <= 100")
            assert ask(code, f"{name} between 100.0 and 1.0") == set()
    listed = {
        "string": "('foo', 'bar')",
        "number": "(1, 2, 3)",
        "boolean": "(true)",
        "date": "(DATE('2022-04-14'), DATE('2022-04-15'))",
        "date-time": "(TIMESTAMP('2022-04-14T14:52:56Z'), TIMESTAMP('2022-04-14T15:52:56Z'))",
    }
    for code in _CODES:
        for kind, values in listed.items():
            for name in ask.of(code, kind):
                found, others = ask(code, f"{name} IN {values}"), ask(code, f"{name} NOT IN {values}")
                assert (found & others, found | others) == (set(), ask(code, f"{name} IS NOT NULL"))
    ask.joined()


def test_ats_cql2_case__conf_case_insensitive_comparison(ask: Asking) -> None:
    for code in _CODES:
        for name in ask.of(code, "string"):
            one, others = (
                ask(code, f"CASEI({name}) = casei('foo')"),
                ask(code, f"CASEI({name}) <> casei('FOO')"),
            )
            assert (one & others, one | others) == (set(), ask(code, f"{name} IS NOT NULL"))
            low, high = (ask(code, f"CASEI({name}) LIKE casei('{said}%')") for said in ("t1", "T1"))
            assert low == high
            assert len(low) == (4 if code == "trees" else 0)
    ask.joined()


def test_ats_cql2_boxes_and_points__conf_basic_spatial_functions(ask: Asking) -> None:
    for code, name in _shapes(ask):
        assert ask(code, f"S_INTERSECTS({name},{_WORLD})") == ask(code, "true")
        assert ask(code, f"S_INTERSECTS({name},{_POINT})") == set()
        halves = [f"S_INTERSECTS({name},BBOX({box}))" for box in ("-180,-90,-90,90", "90,-90,180,90")]
        assert ask(code, " AND ".join(halves)) == set()
        assert ask(code, " OR ".join(halves)) == ask(code, "true")
        ask.refused(code, f"S_INTERSECTS({name},{_NO_PLACE})")
    ask.joined()


def test_ats_cql2_literals__conf_basic_spatial_functions_plus(ask: Asking) -> None:
    for code, name in _shapes(ask):
        ask.refused(code, f"S_INTERSECTS({name},MULTIPOINT(7.02 49.92, 90 180))")
        for literal in (
            "LINESTRING(-180 -45,0 -45)",
            "MULTILINESTRING((-180 -45,0 -45),(0 45,180 45))",
            f"POLYGON({_HOLED})",
            f"MULTIPOLYGON(({_HOLED}),({_SQUARE}))",
            f"GEOMETRYCOLLECTION({_POINT},POLYGON({_SQUARE}))",
        ):
            assert ask(code, f"S_INTERSECTS({name},{literal})") == set(), literal
        assert ask(code, f"S_INTERSECTS({name},{_WHOLE})") == ask(code, "true")


def test_ats_cql2_shapes__conf_spatial_functions(ask: Asking) -> None:
    for code, name in _shapes(ask):
        everything = ask(code, "true")
        assert ask(code, f"S_INTERSECTS({name},{_WORLD})") == ask(code, f"S_INTERSECTS({name},{_WHOLE})")
        assert ask(code, f"S_INTERSECTS({name},{_WORLD})") == everything
        for shape in (_WORLD, _WHOLE):
            assert ask(code, f"S_DISJOINT({name},{shape})") == set()
        for shape in (_LINE, _POINT):
            meets, parts = (ask(code, f"{said}({name},{shape})") for said in ("S_INTERSECTS", "S_DISJOINT"))
            assert (meets & parts, meets | parts) == (set(), everything)
        for said in ("S_INTERSECTS", "S_DISJOINT"):
            ask.refused(code, f"{said}({name},{_NO_PLACE})")
        for shape in (_WHOLE, _LINE, _POINT):
            assert ask(code, f"S_EQUALS({name},{shape})") == set()
        for shape in (_WORLD, _WHOLE, _LINE):
            assert ask(code, f"S_TOUCHES({name},{shape})") == set()
            assert ask(code, f"S_CROSSES({name},{shape})") == set()
        several = "MULTIPOINT(7 50,10 51)"
        for shape, expected in ((_WORLD, everything), (_WHOLE, everything), (_LINE, set()), (several, set())):
            within, contains = (ask(code, f"{said}({name},{shape})") for said in ("S_WITHIN", "S_CONTAINS"))
            assert (within, contains) == (expected, set())
        assert ask(code, f"S_OVERLAPS({name},{several if code == 'trees' else _WHOLE})") == set()
    ask.joined()


def _day(said: str) -> str:
    return f"DATE('{said}')"


def _moment(said: str) -> str:
    return f"TIMESTAMP('{said}')"


_TIMES: dict[str, tuple[Callable[[str], str], tuple[str, str, str]]] = {
    "date": (_day, ("2022-04-24", "2021-01-01", "2021-12-31")),
    "date-time": (_moment, ("2022-04-24T07:59:57Z", "2021-01-01T00:00:00Z", "2021-12-31T23:59:59Z")),
}
_OF_INSTANTS = ("T_AFTER", "T_BEFORE", "T_DISJOINT", "T_EQUALS", "T_INTERSECTS")
_OF_INTERVALS = (
    *("T_CONTAINS", "T_DURING", "T_FINISHEDBY", "T_FINISHES", "T_MEETS", "T_METBY"),
    *("T_OVERLAPPEDBY", "T_OVERLAPS", "T_STARTEDBY", "T_STARTS"),
)


def test_ats_cql2_times__conf_temporal_functions(ask: Asking) -> None:
    for kind, (written, (instant, begins, ends)) in _TIMES.items():
        for name in ask.of("trees", kind):
            year = f"INTERVAL('{begins}','{ends}')"
            for other in (written(instant), year):
                found = {said: ask("trees", f"{said}({name},{other})") for said in _OF_INSTANTS}
                # the trees were planted before both and looked at after both
                late, early = (set(), ask("trees", "true"))[:: 1 if kind == "date" else -1]
                assert (found["T_AFTER"], found["T_BEFORE"]) == (late, early), (name, other)
                assert found["T_DISJOINT"] == ask("trees", "true")
                assert found["T_EQUALS"] == found["T_INTERSECTS"] == set()
            own = f"INTERVAL({name},{name})"
            for said in (*_OF_INSTANTS, *_OF_INTERVALS):
                found_own = ask("trees", f"{said}({own},{year})")
                holds = said == "T_DISJOINT" or said == ("T_BEFORE" if kind == "date" else "T_AFTER")
                assert found_own == (ask("trees", "true") if holds else set()), (said, name)
    ask.stored["plots"] = ["true", "false"]
    ask.joined()


def test_ats_cql2_sides__conf_property_property(ask: Asking) -> None:
    turned = {"=": "=", "<>": "<>", ">": "<", "<": ">", ">=": "<=", "<=": ">="}
    for code, name, value in _each(ask):
        for sign, other in turned.items():
            assert ask(code, f"{value} {sign} {name}") == ask(code, f"{name} {other} {value}"), (name, sign)
            own = ask(code, f"{name} {sign} {name}")
            assert own == (ask(code, f"{name} IS NOT NULL") if "=" in sign else set()), (name, sign)
    for code in _CODES:
        for value in _VALUES.values():
            for sign in turned:
                assert ask(code, f"{value} {sign} {value}") == (ask(code, "true") if "=" in sign else set())
    ask.joined()


def test_ats_cql2_text_escaping__conf_cql2_text(ask: Asking) -> None:
    """What stands escaped in a text is the letter that it stands for."""
    for said, meant in {"it''s": "it's", "it\\'s": "it's", "a\tb": "a\tb"}.items():
        assert read_filter(f"number = '{said}'", "cql2-text") == {
            "op": "=",
            "args": [{"property": "number"}, meant],
        }
        assert ask("trees", f"number = '{said}'") == set()


def test_ats_cql2_each_class_has_predicates_over_data() -> None:
    """Of each class something is chosen from the trees, in both encodings (the test of ``CHOSEN``)."""
    classes = [conformance for conformance, _, _ in CHOSEN]
    assert {each.replace("_", "-") for each in classes} == {
        "basic-cql2",
        "advanced-comparison-operators",
        "case-insensitive-comparison",
        "property-property",
        "basic-spatial-functions",
        "basic-spatial-functions-plus",
        "spatial-functions",
        "temporal-functions",
    }
    assert any(one != other for one, other in pairwise(classes))
