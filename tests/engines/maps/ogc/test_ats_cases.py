"""Abstract test cases by their ids, and the test of each; a case whose test is renamed or gone fails here."""

from __future__ import annotations

import re
from pathlib import Path

_CORE = {
    "test_ats_core_http_and_crs84": ("http", "crs84"),
    "test_ats_core_root_op__conf_core": ("root-op", "root-success"),
    "test_ats_core_api_definition_op__conf_oas30": ("api-definition-op", "api-definition-success"),
    "test_ats_core_conformance_op__conf_core": ("conformance-op", "conformance-success"),
    "test_ats_core_collections_and_collection_op__conf_core": (
        "fc-md-op",
        "fc-md-success",
        "fc-md-links",
        "fc-md-items",
        "fc-md-items-links",
        "fc-md-extent",
        "sfc-md-op",
        "sfc-md-success",
    ),
    "test_ats_core_features_op__conf_geojson": (
        "fc-op",
        "fc-response",
        "fc-links",
        "fc-timeStamp",
        "fc-numberReturned",
        "f-op",
        "f-success",
        "f-links",
    ),
    "test_ats_core_fc_bbox_limit_and_time_response": (
        "fc-bbox-response",
        "fc-limit-response",
        "fc-time-response",
    ),
    "test_a_box_chooses_what_it_meets": ("fc-bbox-definition",),
    "test_a_limit_above_the_most_is_the_most": ("fc-limit-definition",),
    "test_ats_core_fc_time_definition__conf_core": ("fc-time-definition",),
    "test_pages_follow_by_an_opaque_link": ("fc-numberMatched",),
    "test_ats_core_unknown_and_invalid_parameters__conf_core": ("query-param-unknown",),
    "test_what_is_asked_wrongly_is_refused_in_words": ("query-param-invalid",),
}
_CRS = {
    "test_ats_crs_uri_and_parameters__conf_crs": ("crs-uri", "crs-parameter", "crs-parameter-invalid"),
    "test_d51_what_is_stored_is_said_and_comes_back_exact": (
        "storageCrs",
        "default-crs",
        "crs-parameter-default",
    ),
    "test_d51_each_reference_system_agrees_with_proj_and_its_order_of_axes": ("crs-parameter-transform",),
    "test_ats_crs_bbox_crs_parameter_default_and_invalid": (
        "bbox-crs-parameter",
        "bbox-crs-parameter-default",
        "bbox-crs-parameter-invalid",
    ),
}
_FILTER = {
    "test_ats_core_conformance_op__conf_core": ("get-conformance",),
    "test_ats_core_collections_and_collection_op__conf_core": ("get-collections", "get-collection"),
    "test_ats_queryables_response__conf_queryables": ("get-queryables",),
    "test_ats_filter_param_lang_default_and_expression_construction": (
        "filter-param",
        "filter-lang-default",
        "expression-construction",
    ),
    "test_ats_filter_crs_wgs84_crs_param_and_mixing_expression": (
        "filter-crs-wgs84",
        "filter-crs-param",
        "mixing-expression",
    ),
}
_TILES = {
    "test_ats_tiles_tc_op_success_and_error": (
        "core/tc-op",
        "core/tc-success",
        "core/tc-error",
        "core/tc-tilematrix-definition",
        "core/tc-tilerow-definition",
        "core/tc-tilecol-definition",
        "geodata-tilesets/desc-links",
        "geodata-tilesets/operation",
    ),
    "test_ats_tiles_tilesets_and_matrix_sets__conf_tilesets_list": (
        "tileset/tileset-description",
        "tilesets-list/tileset-links",
    ),
    "test_d51_gdal_reads_a_tile_of_each_set_of_each_layer": ("mvt/content",),
    "test_ats_map_tiles_each_link_of_each_set_gives_a_tile": ("png/content",),
}
_CHANGES = {
    "test_ats_changes_options__conf_create_replace_delete__conf_update": (
        "create-replace-delete/options",
        "update/options",
    ),
    "test_d48_a_new_feature_is_a_proposal_until_it_is_approved": ("create-replace-delete/create",),
    "test_ats_changes_by_a_program_that_knows_the_standard_alone": ("create-replace-delete/replace",),
    "test_d48_a_patch_is_a_proposal_until_it_is_approved": ("update/update",),
    "test_d48_an_end_is_a_proposal_too": ("create-replace-delete/delete",),
    "test_ats_changes_without_a_content_type_are_refused_with_400": (
        "create-replace-delete/create-content-type",
        "create-replace-delete/replace-content-type",
        "update/update-content-type",
    ),
    "test_ats_changes_of_what_is_not_there_and_with_another_id": (
        "create-replace-delete/replace-rid",
        "create-replace-delete/replace-exceptions",
        "update/update-rid",
    ),
    "test_d48_version_and_form_are_asked_for": (
        "optimistic-locking-etags/get-etag",
        "optimistic-locking-etags/replace",
        "optimistic-locking-etags/update",
        "optimistic-locking-etags/delete",
    ),
    "test_ats_changes_endpoints__conf_features": ("features/endpoints",),
    "test_d48_a_whole_feature_in_another_system_asks_for_what_differs_alone": ("features/crs",),
}
#: By standard: 17-069r4 (Annex A), 18-058r1, 19-079r2, 20-002, 20-057.
CASES = {
    "17-069r4": {
        **{name: tuple(f"/conf/core/{each}" for each in ids) for name, ids in _CORE.items()},
        "test_one_feature_and_its_tag": ("/conf/geojson/definition", "/conf/geojson/content"),
        "test_ats_html_content__conf_html": ("/conf/html/definition", "/conf/html/content"),
    },
    "17-069r4 oas30": {
        "test_ats_core_api_definition_op__conf_oas30": tuple(
            f"/conf/oas30/{each}"
            for each in (
                "definition-1",
                "definition-2",
                "completeness",
                "exception-codes",
                "oas-impl",
                "security",
            )
        ),
    },
    "18-058r1": {name: tuple(f"/conf/crs/{each}" for each in ids) for name, ids in _CRS.items()},
    "19-079r2": {
        **{name: tuple(f"/conf/filter/{each}" for each in ids) for name, ids in _FILTER.items()},
        "test_ats_cql2_text_and_json_choose_alike__conf_cql2": ("/conf/features-filter/filter-on-items",),
    },
    "20-002": {name: tuple(f"/conf/{each}" for each in ids) for name, ids in _CHANGES.items()},
    "20-057": {name: tuple(f"/conf/{each}" for each in ids) for name, ids in _TILES.items()},
}


def test_each_abstract_case_has_its_test() -> None:
    texts = [path.read_text() for path in Path(__file__).parent.glob("test_*.py")]
    there = {name for text in texts for name in re.findall(r"^def (test_\w+)", text, re.MULTILINE)}
    named = {name for tests in CASES.values() for name in tests}
    assert named - there == set()
    ids = [each for tests in CASES.values() for listed in tests.values() for each in listed]
    assert len(ids) == len(set(ids)) == 93
