"""What agencies publish of themselves, as the Regulation on open government information lists it.

State Council Order 711 of 2019, Articles 20 and 21 (the wording is shortened; unchecked against the text).
"""

from __future__ import annotations

from dataclasses import dataclass

from yiwang.kernel.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One entry of the list: ``article`` 20 or 21, ``item`` its number there, 0 where the law gives none."""

    key: str
    article: int
    item: int
    title: Text


def _of_twenty(item: int, key: str, title: Text) -> Category:
    return Category(key=key, article=20, item=item, title=title)


_TWENTY = (
    ("rules", Text("法规规章和规范性文件", "Regulations, rules and normative documents")),
    ("agency", Text("机关职能和机构", "Functions and organisation of agencies")),
    ("plans", Text("发展规划和相关政策", "Development plans and policies on them")),
    ("statistics", Text("国民经济和社会发展统计", "Economic and social statistics")),
    ("licensing", Text("行政许可和对外管理服务", "Licensing and other services")),
    ("enforcement", Text("行政处罚和行政强制", "Penalties and coercion")),
    ("budget", Text("财政预算、决算", "Budgets and final accounts")),
    ("fees", Text("行政事业性收费", "Administrative fees")),
    ("procurement", Text("政府集中采购", "Government procurement")),
    ("projects", Text("重大建设项目", "Major construction projects")),
    ("livelihood", Text("扶贫、教育、医疗、社保、就业", "Poverty relief, schools, health, insurance, jobs")),
    ("emergencies", Text("突发公共事件应对", "Emergencies and warnings")),
    (
        "inspections",
        Text("环保、卫生、安全、食药、质量监督检查", "Inspections of environment, health, safety, quality"),
    ),
    ("recruitment", Text("公务员招考录用", "Recruitment of civil servants")),
    ("other", Text("其他应当主动公开的信息", "Other information to be published")),
)
_TWENTY_ONE = (
    ("city_works", Text("市政建设", "City works")),
    ("public_services", Text("公共服务和公益事业", "Public services and public good")),
    ("expropriation", Text("土地征收、房屋征收", "Expropriation of land and houses")),
    ("public_order", Text("治安管理", "Public order")),
    ("relief", Text("社会救助", "Social relief")),
)
CATEGORIES: dict[str, Category] = {
    **{key: _of_twenty(n, key, title) for n, (key, title) in enumerate(_TWENTY, start=1)},
    **{key: Category(key=key, article=21, item=0, title=title) for key, title in _TWENTY_ONE},
}
_NUMERALS = "零一二三四五六七八九"


def place_of(category: Category) -> Text:
    """Where the law names it."""
    if category.article == 21:
        return Text("第二十一条", "Article 21")
    return Text(f"第二十条第{_chinese(category.item)}项", f"Article 20, item {category.item}")


def article_of(category: Category) -> Text:
    """The article alone."""
    return Text("第二十条", "Article 20") if category.article == 20 else Text("第二十一条", "Article 21")


def _chinese(number: int) -> str:
    """1 to 19 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    return ("十" if tens else "") + (_NUMERALS[ones] if ones else "")
