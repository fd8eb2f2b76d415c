"""Core metadata of a resource: GB/T 21063.3 and the 2017 guide to catalogues of government information.

The guide is 政务信息资源目录编制指南（试行）, 发改高技〔2017〕1272号. Its code of a resource is made of the
class (1 digit), item (2), subject (3) and detail (any length), a slash, and a running number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from yiwang.kernel.text import Text


class Category(StrEnum):
    """Class and item of the guide; the value is the digits of both."""

    POPULATION = "101"
    LEGAL_ENTITY = "102"
    GEOGRAPHY = "103"
    CREDIT = "104"
    LICENCE = "105"
    PUBLIC_SERVICE = "201"
    HEALTH = "202"
    SOCIAL_SECURITY = "203"
    FOOD_AND_DRUGS = "204"
    WORK_SAFETY = "205"
    PRICES = "206"
    ENERGY = "207"
    CREDIT_SYSTEM = "208"
    BUILDING = "209"
    COMMUNITY = "210"
    ENVIRONMENT = "211"
    EMERGENCY = "212"
    #: The guide's classes end with what one department keeps for itself; its item is the provider.
    DEPARTMENT = "300"

    @property
    def words(self) -> Text:
        """The item in words."""
        return _CATEGORIES[self]

    @property
    def class_words(self) -> Text:
        """The class in words."""
        return _CLASSES[self.value[0]]


_CLASSES = {
    "1": Text("基础信息资源", "Base information"),
    "2": Text("主题信息资源", "Information by theme"),
    "3": Text("部门信息资源", "Information of departments"),
}
_CATEGORIES = {
    Category.POPULATION: Text("人口基础信息", "Population"),
    Category.LEGAL_ENTITY: Text("法人单位基础信息", "Legal entities"),
    Category.GEOGRAPHY: Text("自然资源和空间地理基础信息", "Natural resources and geography"),
    Category.CREDIT: Text("社会信用基础信息", "Social credit"),
    Category.LICENCE: Text("电子证照基础信息", "Electronic licences"),
    Category.PUBLIC_SERVICE: Text("公共服务", "Public services"),
    Category.HEALTH: Text("健康保障", "Health"),
    Category.SOCIAL_SECURITY: Text("社会保障", "Social security"),
    Category.FOOD_AND_DRUGS: Text("食品药品安全", "Safety of food and drugs"),
    Category.WORK_SAFETY: Text("安全生产", "Safety at work"),
    Category.PRICES: Text("价格监管", "Prices"),
    Category.ENERGY: Text("能源安全", "Energy"),
    Category.CREDIT_SYSTEM: Text("信用体系", "Credit system"),
    Category.BUILDING: Text("城乡建设", "Building and housing"),
    Category.COMMUNITY: Text("社区治理", "Communities"),
    Category.ENVIRONMENT: Text("生态环保", "Environment"),
    Category.EMERGENCY: Text("应急维稳", "Emergencies"),
    Category.DEPARTMENT: Text("部门信息", "Of one department"),
}


class Updated(StrEnum):
    """How often the data change (更新周期)."""

    REAL_TIME = "real_time"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"
    IRREGULAR = "irregular"

    @property
    def words(self) -> Text:
        """The frequency in words."""
        return _UPDATED[self]


_UPDATED = {
    Updated.REAL_TIME: Text("实时", "As it happens"),
    Updated.DAILY: Text("每日", "Daily"),
    Updated.WEEKLY: Text("每周", "Weekly"),
    Updated.MONTHLY: Text("每月", "Monthly"),
    Updated.QUARTERLY: Text("每季度", "Quarterly"),
    Updated.YEARLY: Text("每年", "Yearly"),
    Updated.IRREGULAR: Text("不定期", "From time to time"),
}


class Format(StrEnum):
    """The form in which the data are kept (信息资源格式)."""

    DATABASE = "database"
    SPREADSHEET = "spreadsheet"
    DOCUMENT = "document"
    IMAGE = "image"
    STREAM = "stream"
    SELF_DESCRIBING = "self_describing"

    @property
    def words(self) -> Text:
        """The format in words."""
        return _FORMATS[self]


_FORMATS = {
    Format.DATABASE: Text("数据库", "Database"),
    Format.SPREADSHEET: Text("电子表格", "Spreadsheet"),
    Format.DOCUMENT: Text("电子文件", "Document"),
    Format.IMAGE: Text("图形图像", "Picture"),
    Format.STREAM: Text("流媒体", "Stream"),
    Format.SELF_DESCRIBING: Text("自描述格式", "Self-describing"),
}


class OpenType(StrEnum):
    """Whether the data are open to society (开放属性)."""

    OPEN = "open"
    ON_CONDITIONS = "on_conditions"
    CLOSED = "closed"

    @property
    def words(self) -> Text:
        """The type in words."""
        return _OPEN[self]


_OPEN = {
    OpenType.OPEN: Text("向社会开放", "Open to society"),
    OpenType.ON_CONDITIONS: Text("有条件开放", "Open on conditions"),
    OpenType.CLOSED: Text("不开放", "Not open"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What the catalogue says of a resource besides its name, owner and sharing."""

    category: Category | None = None
    subject: tuple[str, Text] | None = None
    detail: tuple[str, Text] | None = None
    updated: Updated | None = None
    format: Format = Format.DATABASE
    open_type: OpenType = OpenType.CLOSED
    conditions: Text | None = None
    keywords: tuple[Text, ...] = ()
    related: tuple[str, ...] = ()
    published_at: datetime | None = None
    changed_at: datetime | None = None
    #: The catalogue's running number of the resource.
    number: int = 0

    @property
    def identifier(self) -> str:
        """The code of the guide: class, item, subject and detail, a slash, the running number."""
        if self.category is None or not self.number:
            return ""
        subject = self.subject[0] if self.subject else "000"
        detail = self.detail[0] if self.detail else ""
        return f"{self.category.value}{subject}{detail}/{self.number:06d}"
