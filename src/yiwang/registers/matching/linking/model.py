"""How likely two rows tell of the same firm: Splink's model (Fellegi and Sunter), trained on the lists.

What agreement of a field says is learnt from rows of the same sound code, which are nearly all the same
firm; what its chance agreement says, from pairs drawn at random. Nobody has to label anything.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from yiwang.registers.matching.linking.asking import number
from yiwang.registers.matching.rules.clusters import Pair

_NEITHER = '"{0}_l" IS NULL OR "{0}_r" IS NULL'


def _level(condition: str, label: str, **more: object) -> dict[str, Any]:
    return {"sql_condition": condition, "label_for_charts": label, **more}


def _comparison(column: str, levels: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {
        "output_column_name": column,
        "comparison_levels": [
            _level(_NEITHER.format(column), "nothing", is_null_level=True), *levels, _level("ELSE", "else"),
        ],
    }  # fmt: skip


def _same(condition: str, chance: float, column: str = "") -> dict[str, Any]:
    """Full agreement; a rare value says more than a frequent one where ``column`` is given."""
    frequency = {"tf_adjustment_column": column, "tf_adjustment_weight": 1.0} if column else {}
    return _level(condition, "same", u_probability=chance, fix_u_probability=True, **frequency)


def _comparisons(chances: Mapping[str, float]) -> list[dict[str, Any]]:
    """What is compared; ``chances`` says how often any two rows agree fully on a column."""
    return [
        _comparison(
            "core",
            [
                _same('"core_l" = "core_r"', chances["core"], "core"),
                _level('damerau_levenshtein("core_l", "core_r") <= 1 AND length("core_l") >= 5', "a sign"),
                _level('damerau_levenshtein("core_l", "core_r") <= 2 AND length("core_l") >= 6', "two signs"),
                _level('jaro_winkler_similarity("core_l", "core_r") >= 0.85', "alike"),
            ],
        ),
        _comparison(
            "person",
            [
                _same('"person_l" = "person_r"', chances["person"], "person"),
                _level(
                    'damerau_levenshtein("person_l", "person_r") <= 1 AND length("person_l") >= 3', "a sign"
                ),
            ],
        ),
        _comparison(
            "place",
            [
                _same('"place_l" = "place_r" AND "numbers_l" = "numbers_r"', chances["house"]),
                _level('"division_l" = "division_r"', "same district"),
            ],
        ),
        _comparison(
            "phone",
            [
                _same('"phone_l" = "phone_r"', chances["phone"]),
                _level('damerau_levenshtein("phone_l", "phone_r") <= 1', "a digit"),
            ],
        ),
        # wrong codes are mostly slips of the right one; two different sound codes are two firms or a slip
        _comparison(
            "signs",
            [
                _level(
                    'length("signs_l") = 18 AND length("signs_r") = 18 '
                    'AND damerau_levenshtein("signs_l", "signs_r") <= 2',
                    "a slip",
                ),
            ],
        ),
    ]


#: Below so many rows nothing can be learnt from them, and the same name is no common name: then these count,
#: the shares of agreement among rows of one firm and of two, rounded from what lists of 200,000 rows teach.
_FEW = 1_000
_KNOWN = {
    ("core", "same"): (0.85, 2e-5),
    ("core", "a sign"): (0.03, 1e-5),
    ("core", "two signs"): (0.02, 1e-4),
    ("core", "alike"): (0.04, 1e-3),
    ("core", "else"): (0.06, 0.99887),
    ("person", "same"): (0.85, 6e-5),
    ("person", "a sign"): (0.02, 1e-3),
    ("person", "else"): (0.13, 0.99894),
    ("place", "same"): (0.88, 2e-5),
    ("place", "same district"): (0.03, 0.1),
    ("place", "else"): (0.09, 0.89998),
    ("phone", "same"): (0.7, 1e-5),
    ("phone", "a digit"): (0.02, 1e-5),
    ("phone", "else"): (0.28, 0.99998),
    ("signs", "a slip"): (0.6, 1e-4),
    ("signs", "else"): (0.4, 0.9999),
}


def _known(comparisons: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same comparisons with shares that need no training."""
    for comparison in comparisons:
        for level in comparison["comparison_levels"]:
            shares = _KNOWN.get((comparison["output_column_name"], level["label_for_charts"]))
            if shares is not None:
                level["m_probability"], level["u_probability"] = shares
            for word in ("tf_adjustment_column", "tf_adjustment_weight"):
                level.pop(word, None)
    return list(comparisons)


_ALONE = "(l.alone OR r.alone) AND l.grp <> r.grp"
#: Pairs that are looked at. Each rule costs time, each missing one recall (see docs).
_BLOCKS = (
    f"l.core = r.core AND {_ALONE}",
    f"l.phone = r.phone AND {_ALONE}",
    f"l.person = r.person AND l.division = r.division AND {_ALONE}",
    f"l.place = r.place AND l.numbers = r.numbers AND l.division = r.division AND {_ALONE}",
    f"l.head = r.head AND l.person = r.person AND {_ALONE}",
    f"l.organisation_head = r.organisation_head AND l.person = r.person AND {_ALONE}",
)
_FACES = """
    CREATE TABLE faces AS
    SELECT row_number() OVER () AS unique_id, * FROM (
        SELECT DISTINCT p.grp, p.alone, r.core, substr(r.core, 1, 2) AS head, r.person, r.division,
            r.place, r.numbers, r.phone, CASE WHEN r.kind <> 'none' THEN r.signs END AS signs,
            substr(r.signs, 9, 5) AS organisation_head
        FROM placed p JOIN rows r ON r.rowid = p.row
    )
"""
#: Pairs drawn at random for what near agreement says; for full agreement the lists are counted instead,
#: for the chance of the same name, one in a million, is not seen in any sample that is drawn in a minute.
_SAMPLE = 200_000
_COLUMNS = {"core": "core", "person": "person", "phone": "phone", "house": "place || ' ' || numbers"}
_LEAST_CHANCE = 1e-9


def _chances(connection: duckdb.DuckDBPyConnection) -> dict[str, float]:
    """For each column how likely two rows of different firms have the same value: the sum of squares."""
    found = {}
    for name, column in _COLUMNS.items():
        found[name] = max(
            _LEAST_CHANCE,
            number(
                connection,
                "SELECT sum(n * n) / nullif(sum(n) * sum(n), 0) FROM "
                f"(SELECT count(DISTINCT grp) AS n FROM faces WHERE {column} IS NOT NULL GROUP BY {column})",
            ),
        )
    return found


def likely_pairs(connection: duckdb.DuckDBPyConnection, *, least: float, rows: int) -> list[Pair]:
    """Train, then score the pairs of which one is still alone; those from ``least`` on, by group."""
    connection.execute(_FACES)
    few = rows < _FEW
    comparisons = _comparisons(_chances(connection))
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[*(_known(comparisons) if few else comparisons)],
        blocking_rules_to_generate_predictions=[{"blocking_rule": rule} for rule in _BLOCKS],
        probability_two_random_records_match=min(0.01, 2 / max(rows, 1)),
        additional_columns_to_retain=["grp"],
        retain_matching_columns=False,
        max_iterations=10,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        api = DuckDBAPI(connection)
        linker = Linker(api.register("faces", table_name="faces_in"), settings, log_level=None)
        if not few:
            _train(linker, api)
        scored = linker.inference.predict(threshold_match_probability=least)
    found = connection.execute(
        "SELECT least(grp_l, grp_r), greatest(grp_l, grp_r), max(match_probability) "
        f"FROM {scored.physical_name} WHERE grp_l <> grp_r GROUP BY 1, 2"
    ).fetchall()
    return [Pair(left, right, probability) for left, right, probability in found]


def _train(linker: Any, api: Any) -> None:  # noqa: ANN401 - Splink has no types for them
    linker.training.estimate_u_using_random_sampling(max_pairs=_SAMPLE, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(
        block_on("grp"), fix_u_probabilities=True, fix_probability_two_random_records_match=True
    )
