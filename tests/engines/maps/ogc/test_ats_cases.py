"""Abstract test cases by their ids, and the test of each; a case whose test is renamed or gone fails here."""

from __future__ import annotations

import re
from pathlib import Path

from yiwang.maps.ogc.rules.conformance import CLASSES

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
_OVER_DATA = "test_ats_cql2_text_and_json_choose_alike__conf_cql2"
_CQL2 = {
    "test_ats_cql2_basic__conf_basic_cql2": (
        "basic-cql2/basic-test",
        "basic-cql2/comparison",
        "basic-cql2/is-null",
        "basic-cql2/boolean",
        "basic-cql2/logical",
    ),
    "test_ats_cql2_comparisons__conf_advanced_comparison_operators": (
        "advanced-comparison-operators/like",
        "advanced-comparison-operators/between",
        "advanced-comparison-operators/in",
        "advanced-comparison-operators/logical",
    ),
    "test_ats_cql2_case__conf_case_insensitive_comparison": (
        "case-insensitive-comparison/casei",
        "case-insensitive-comparison/casei-like",
        "case-insensitive-comparison/logical",
    ),
    "test_ats_cql2_boxes_and_points__conf_basic_spatial_functions": (
        "basic-spatial-functions/s_intersects",
        "basic-spatial-functions/logical",
    ),
    "test_ats_cql2_literals__conf_basic_spatial_functions_plus": (
        "basic-spatial-functions-plus/s_intersects",
    ),
    "test_ats_cql2_shapes__conf_spatial_functions": (
        "spatial-functions/s_intersects",
        "spatial-functions/s_disjoint",
        "spatial-functions/s_equals",
        "spatial-functions/s_touches",
        "spatial-functions/s_crosses",
        "spatial-functions/s_within",
        "spatial-functions/s_contains",
        "spatial-functions/s_overlaps",
        "spatial-functions/logical",
    ),
    "test_ats_cql2_times__conf_temporal_functions": (
        "temporal-functions/temporal-functions-1",
        "temporal-functions/temporal-functions-2",
        "temporal-functions/logical",
    ),
    "test_ats_cql2_sides__conf_property_property": (
        "property-property/comparison-value-property",
        "property-property/comparison-property-property",
        "property-property/comparison-value-value",
        "property-property/logical",
    ),
    "test_ats_cql2_text_escaping__conf_cql2_text": ("cql2-text/escaping",),
    # both encodings of each case: every filter of these tests is sent as both
    _OVER_DATA: (
        "cql2-text/validate",
        "cql2-json/validate",
        "basic-cql2/test-data",
        "advanced-comparison-operators/test-data",
        "case-insensitive-comparison/test-data",
        "basic-spatial-functions/test-data",
        "basic-spatial-functions-plus/test-data",
        "spatial-functions/test-data",
        "temporal-functions/test-data",
        "property-property/test-data",
    ),
}
_COMMON = {
    "test_ats_common_http_and_parameters__conf_core": (
        "http",
        "query-param-name-unknown",
        "query-param-value-invalid",
        "query-param-capitalization",
        "query-param-list-delimiter",
        "query-param-list-escape",
        "query-param-list-empty",
        "query-param-value-boolean",
        "query-param-value-integer",
        "query-param-value-decimal",
        "query-param-value-double",
    ),
}
_QUERYABLES = {
    "test_ats_queryables_links_and_schemas__conf_queryables": (
        "queryables/get-conformance",
        "queryables/get-queryables-uris",
        "queryables/get-queryables",
        "queryables-query-parameters/get-conformance",
        "features-filter/get-conformance",
    ),
    "test_ats_queryables_as_parameters__conf_queryables_query_parameters": (
        "queryables-query-parameters/query-param",
    ),
}
_MATRICES = {
    "test_ats_matrix_sets_model_and_encoding__conf_tilematrixset": (
        "tilematrixset/model",
        "json-tilematrixset/model",
        "json-tilematrixset/schema",
        "json-tilematrixset/ietf",
        "json-tilematrixset/media-type",
    ),
}
_COLLECTIONS = {
    "test_ats_common_collections__conf_collections": (
        "rc-md-op",
        "rc-md-success",
        "rc-md-links",
        "rc-md-items",
        "src-md-op",
        "src-md-success",
        "rc-md-collection-content",
        "rc-md-items-links",
        "rc-md-extent",
    ),
}
#: The standard of each part that is declared.
_STANDARDS = {
    "ogcapi-common-1": "19-072",
    "ogcapi-common-2": "20-024",
    "ogcapi-features-1": "17-069r4",
    "ogcapi-features-2": "18-058r1",
    "ogcapi-features-3": "19-079r2",
    "ogcapi-features-4": "20-002",
    "ogcapi-tiles-1": "20-057",
    "tms": "17-083r4",
    "cql2": "21-065r2",
}
#: By standard, each with its Annex A.
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
    "19-072": {name: tuple(f"/conf/core/{each}" for each in ids) for name, ids in _COMMON.items()},
    "20-024": {
        name: tuple(f"/conf/collections/{each}" for each in ids) for name, ids in _COLLECTIONS.items()
    },
    "19-079r2 queryables": {
        name: tuple(f"/conf/{each}" for each in ids) for name, ids in _QUERYABLES.items()
    },
    "17-083r4": {name: tuple(f"/conf/{each}" for each in ids) for name, ids in _MATRICES.items()},
    "21-065r2": {name: tuple(f"/conf/{each}" for each in ids) for name, ids in _CQL2.items()},
    "20-002": {name: tuple(f"/conf/{each}" for each in ids) for name, ids in _CHANGES.items()},
    "20-057": {name: tuple(f"/conf/{each}" for each in ids) for name, ids in _TILES.items()},
}


def test_each_abstract_case_has_its_test() -> None:
    texts = [path.read_text() for path in Path(__file__).parent.glob("test_*.py")]
    there = {name for text in texts for name in re.findall(r"^def (test_\w+)", text, re.MULTILINE)}
    named = {name for tests in CASES.values() for name in tests}
    assert named - there == set()
    ids = [(standard, each) for standard in CASES for listed in CASES[standard].values() for each in listed]
    assert len(ids) == len(set(ids)) == 167


def test_each_declared_class_has_its_cases() -> None:
    for declared in CLASSES:
        part, _, _, name = declared.removeprefix("http://www.opengis.net/spec/").split("/")
        named = [
            each
            for standard, tests in CASES.items()
            if standard.startswith(_STANDARDS[part])
            for listed in tests.values()
            for each in listed
            if each.startswith(f"/conf/{name}/")
        ]
        assert named, declared
