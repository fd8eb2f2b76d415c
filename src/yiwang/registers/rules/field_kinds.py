"""What each kind of field means to the database: column type, check, cast, mask, and words for people.

The templates are SQL over ``{c}``. ``check`` holds for text as it came; where the column is text as well,
the same check guards the column. They are filled by ``psycopg.sql`` in ``tables/``.
"""

from __future__ import annotations

from dataclasses import dataclass

from yiwang.kernel.text import Text
from yiwang.registers.definitions import FieldDefinition, FieldKind


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRule:
    """SQL and words of one kind."""

    title: Text
    column: str
    check: str
    wrong: Text
    cast: str = "{c}"
    #: Whether ``check`` also fits the typed column.
    guards_column: bool = False
    #: Letters are stored in capitals: X of an identity number.
    capitals: bool = False
    #: What somebody without the right to read sees of a personal field in a list; null hides all.
    hint: str = "NULL"
    #: A second condition of what passes ``check``: the border of an area doesn't cross itself.
    sound: str = ""
    #: Typed column to what ``row_to_json`` shows.
    shown: str = "{c}"


_LINE = Text("含有不可见字符，或是电子表格公式", "Holds control characters or a spreadsheet formula")
_FIRST_LETTER = "left({c}, 1) || repeat('*', greatest(length({c}) - 1, 1))"

RULES: dict[FieldKind, KindRule] = {
    FieldKind.RESIDENT_ID: KindRule(
        title=Text("公民身份号码（GB 11643）", "Resident identity number (GB 11643)"),
        column="text",
        check="reg.is_resident_id({c})",
        guards_column=True,
        capitals=True,
        # region and last four stay; the birth date and half of the sequence go
        hint="left({c}, 6) || '********' || right({c}, 4)",
        wrong=Text(
            "身份号码有误：应为 18 位，出生日期和校验码须正确",
            "Not a valid identity number: 18 characters with a real birth date and the right check character",
        ),
    ),
    FieldKind.CREDIT_CODE: KindRule(
        title=Text("统一社会信用代码（GB 32100）", "Unified social credit code (GB 32100)"),
        column="text",
        check="reg.is_credit_code({c})",
        guards_column=True,
        capitals=True,
        hint="left({c}, 8) || '******' || right({c}, 4)",
        wrong=Text(
            "统一社会信用代码有误：应为 18 位且校验码正确",
            "Not a valid credit code: 18 characters with the right check character",
        ),
    ),
    FieldKind.DIVISION: KindRule(
        title=Text("行政区划代码（GB/T 2260）", "Division code (GB/T 2260)"),
        column="text",
        check="reg.is_division({c})",
        guards_column=True,
        hint="left({c}, 6)",
        wrong=Text("行政区划代码应为 6、9 或 12 位数字", "A division code has 6, 9 or 12 digits"),
    ),
    FieldKind.INDUSTRY: KindRule(
        title=Text("国民经济行业代码（GB/T 4754）", "Industry code (GB/T 4754)"),
        column="text",
        check="reg.is_industry({c})",
        guards_column=True,
        capitals=True,
        wrong=Text(
            "行业代码应为门类字母加 2 至 4 位数字",
            "An industry code is a section letter and two to four digits",
        ),
    ),
    FieldKind.SEX: KindRule(
        title=Text("性别代码（GB/T 2261.1）", "Sex code (GB/T 2261.1)"),
        column="text",
        check="reg.is_sex({c})",
        guards_column=True,
        wrong=Text("性别代码应为 0、1、2 或 9", "A sex code is 0, 1, 2 or 9"),
    ),
    FieldKind.ETHNIC_GROUP: KindRule(
        title=Text("民族代码（GB/T 3304）", "Ethnic group code (GB/T 3304)"),
        column="text",
        check="reg.is_ethnic_group({c})",
        guards_column=True,
        wrong=Text("民族代码应为 01 至 56、97 或 98", "An ethnic group code is 01 to 56, 97 or 98"),
    ),
    FieldKind.TEXT: KindRule(
        title=Text("文本", "Text"), column="text", check="reg.is_line({c})", hint=_FIRST_LETTER, wrong=_LINE
    ),
    FieldKind.LONG_TEXT: KindRule(
        title=Text("长文本", "Long text"), column="text", check="reg.is_prose({c})", wrong=_LINE
    ),
    FieldKind.INTEGER: KindRule(
        title=Text("整数", "Whole number"),
        column="bigint",
        check="reg.is_integer({c})",
        cast="{c}::bigint",
        wrong=Text("应为整数", "Not a whole number"),
    ),
    FieldKind.DECIMAL: KindRule(
        title=Text("小数", "Decimal"),
        column="numeric(26, 6)",
        check="reg.is_decimal({c})",
        cast="{c}::numeric(26, 6)",
        shown="trim_scale({c})::text",
        wrong=Text("应为数字，小数不超过 6 位", "Not a number with at most 6 decimals"),
    ),
    FieldKind.MONEY: KindRule(
        title=Text("金额（元）", "Amount (yuan)"),
        column="numeric(18, 2)",
        check="reg.is_money({c})",
        cast="{c}::numeric(18, 2)",
        shown="{c}::text",
        wrong=Text("应为金额（元），小数不超过 2 位", "Not an amount in yuan with at most 2 decimals"),
    ),
    FieldKind.DATE: KindRule(
        title=Text("日期", "Date"),
        column="date",
        check="reg.is_date({c})",
        cast="{c}::date",
        wrong=Text("应为真实存在的日期，如 2026-09-30", "Not a real date such as 2026-09-30"),
    ),
    FieldKind.MOMENT: KindRule(
        title=Text("时间", "Date and time"),
        column="timestamptz",
        check="reg.is_moment({c})",
        cast="reg.moment({c})",
        wrong=Text("应为真实存在的时间，如 2026-09-30T14:30", "Not a real time such as 2026-09-30T14:30"),
    ),
    FieldKind.YES_NO: KindRule(
        title=Text("是否", "Yes or no"),
        column="boolean",
        check="reg.is_yes_no({c})",
        cast="reg.yes_no({c})",
        wrong=Text("应为“是”或“否”", "Not true or false"),
    ),
    FieldKind.PHONE: KindRule(
        title=Text("电话", "Telephone"),
        column="text",
        check="reg.is_phone({c})",
        guards_column=True,
        hint="left({c}, 3) || '****' || right({c}, 4)",
        wrong=Text("电话号码有误", "Not a telephone number"),
    ),
    FieldKind.ADDRESS: KindRule(
        title=Text("地址", "Address"),
        column="text",
        check="reg.is_line({c})",
        hint="left({c}, 6) || '****'",
        wrong=_LINE,
    ),
    FieldKind.CODE: KindRule(
        title=Text("代码表", "Code list"),
        column="text",
        check="{c} = ANY({codes})",
        guards_column=True,
        wrong=Text("不在代码表中", "Not in the code list"),
    ),
    FieldKind.REFERENCE: KindRule(
        title=Text("引用", "Reference"),
        column="text",
        check="reg.is_line({c})",
        capitals=True,
        hint="left({c}, 6) || '********' || right({c}, 4)",
        wrong=_LINE,
    ),
    FieldKind.JSON: KindRule(
        title=Text("结构数据", "Structured data"),
        column="jsonb",
        check="reg.is_json({c})",
        cast="{c}::jsonb",
        wrong=Text("应为 JSON", "Not JSON"),
    ),
    FieldKind.POINT: KindRule(
        title=Text("坐标点（CGCS2000）", "Point (CGCS2000)"),
        column="geometry(Point, 4490)",
        check="reg.is_point({c})",
        cast="reg.point({c})",
        shown="CASE WHEN {c} IS NOT NULL THEN json_build_object('lon', ST_X({c}), 'lat', ST_Y({c})) END",
        wrong=Text(
            "应为“经度 纬度”，如 113.2644 23.1291", "Not “longitude latitude” such as 113.2644 23.1291"
        ),
    ),
    FieldKind.PATH: KindRule(
        title=Text("线（CGCS2000）", "Line (CGCS2000)"),
        column="geometry(MultiLineString, 4490)",
        check="reg.is_path({c})",
        cast="ST_Multi(reg.shape({c}))",
        shown="ST_AsGeoJSON({c}, 9)::json",
        wrong=Text(
            "应为线（WKT 或 GeoJSON），如 LINESTRING(113.26 23.12, 113.27 23.13)",
            "Not a line in WKT or GeoJSON such as LINESTRING(113.26 23.12, 113.27 23.13)",
        ),
    ),
    FieldKind.AREA: KindRule(
        title=Text("面（CGCS2000）", "Area (CGCS2000)"),
        column="geometry(MultiPolygon, 4490)",
        check="reg.is_area({c})",
        cast="ST_Multi(reg.shape({c}))",
        shown="ST_AsGeoJSON({c}, 9)::json",
        sound="reg.is_sound({c})",
        wrong=Text(
            "应为面（WKT 或 GeoJSON），如 POLYGON((113.26 23.12, 113.27 23.12, 113.27 23.13, 113.26 23.12))",
            "Not an area in WKT or GeoJSON such as "
            "POLYGON((113.26 23.12, 113.27 23.12, 113.27 23.13, 113.26 23.12))",
        ),
    ),
}


def key_as_kept(field: FieldDefinition, key: str) -> str:
    """A key as somebody typed it, in the form of the column; what PostgreSQL can't hold finds nothing."""
    typed = key.strip().replace("\x00", "\ufffd")
    return typed.upper() if RULES[field.kind].capitals else typed
