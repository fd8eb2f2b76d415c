"""Kinds that lead to what another engine keeps: service, dataset, form, survey; and a place on the map."""

from __future__ import annotations

from decimal import Decimal

from yiwang.kernel.text import Text
from yiwang.portal.sites.models import DatasetPage, FormPage, PlacePage, ServicePage, SurveyPage
from yiwang.portal.sites.page_kinds.kind import PageKind
from yiwang.portal.sites.rules.details import DetailField

_UNDER = frozenset({"column"})
_ITEM = Text("事项代码", "Code of the service")
_ITEM_HINT = Text("事项目录里的代码，办理要求从目录取得。", "As in the catalogue, which says what is asked.")
STREET = Text("地址", "Address")
TELEPHONE = Text("电话", "Telephone")
HOURS = Text("对外服务时间", "Open")

SERVICE = PageKind(
    key="service",
    title=Text("办事服务", "Service"),
    model=ServicePage,
    under=_UNDER,
    template="sites/service.html",
    lives=True,
    schema="GovernmentService",
    fields=(
        DetailField(
            key="item", kind="text", label=_ITEM, hint=_ITEM_HINT, limit=60, required=True, fact=False
        ),
        DetailField(
            key="audience",
            kind="text",
            label=Text("适用人群", "For"),
            english=True,
        ),
    ),
)
DATASET = PageKind(
    key="dataset",
    title=Text("数据集", "Dataset"),
    model=DatasetPage,
    under=_UNDER,
    template="sites/dataset.html",
    lives=True,
    schema="Dataset",
    fields=(
        DetailField(
            key="resource",
            kind="text",
            label=Text("资源代码", "Code of the resource"),
            hint=Text("数据资源目录里的代码。", "As in the catalogue of data."),
            limit=100,
            required=True,
            fact=False,
        ),
    ),
)
FORM = PageKind(
    key="form",
    title=Text("表格", "Form"),
    model=FormPage,
    under=_UNDER,
    template="sites/form.html",
    lives=True,
    schema="DigitalDocument",
    fields=(
        DetailField(key="item", kind="text", label=_ITEM, hint=_ITEM_HINT, limit=60, fact=False),
        DetailField(key="blank", kind="file", label=Text("空白表格", "Blank form"), fact=False),
        DetailField(
            key="pages", kind="number", label=Text("页数", "Pages"), lowest=Decimal(1), highest=Decimal(500)
        ),
        DetailField(
            key="bring",
            kind="long_text",
            label=Text("填写说明", "How to fill it in"),
            english=True,
            fact=False,
        ),
    ),
)
SURVEY = PageKind(
    key="survey",
    title=Text("问卷调查", "Survey"),
    model=SurveyPage,
    under=_UNDER,
    template="sites/survey.html",
    fields=(
        DetailField(
            key="survey",
            kind="number",
            label=Text("问卷编号", "Number of the survey"),
            hint=Text("“互动交流”里问卷网址中的编号。", "As in its address under “Have your say”."),
            fact=False,
        ),
        DetailField(key="opens", kind="date", label=Text("开始", "Opens"), required=True),
        DetailField(key="closes", kind="date", label=Text("结束", "Closes"), required=True),
    ),
)
MAP = PageKind(
    key="map",
    title=Text("地点", "Place"),
    model=PlacePage,
    under=_UNDER,
    template="sites/map.html",
    schema="Place",
    fields=(
        DetailField(key="street", kind="text", label=STREET, english=True, required=True, schema="address"),
        DetailField(key="telephone", kind="text", label=TELEPHONE, limit=40, schema="telephone"),
        DetailField(key="hours", kind="text", label=HOURS, english=True),
        DetailField(
            key="latitude",
            kind="decimal",
            label=Text("纬度（国家大地坐标系）", "Latitude (CGCS2000)"),
            lowest=Decimal(-90),
            highest=Decimal(90),
            required=True,
        ),
        DetailField(
            key="longitude",
            kind="decimal",
            label=Text("经度", "Longitude"),
            lowest=Decimal(-180),
            highest=Decimal(180),
            required=True,
        ),
        DetailField(
            key="way", kind="long_text", label=Text("怎样到达", "Getting there"), english=True, fact=False
        ),
    ),
)
KINDS = (SERVICE, DATASET, FORM, SURVEY, MAP)
