"""Addresses as people and offices write them: one to four faults each, from tables of this module alone.

Homophones come from pypinyin and Traditional signs from OpenCC; numerals, shortenings and orders are made by
rules of their own. So what reads addresses is measured on what it does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from opencc import OpenCC
from pypinyin import Style, lazy_pinyin

from yiwang.maps.addresses.synthesis.roads import AddressRow, OtherName

#: Signs from which homophones and slips are drawn: common ones of names and roads all over the country.
_COMMON = (
    "阿安岸昂奥白百柏宝保堡北贝本碧边滨冰波博步彩蔡沧曹昌长常朝潮城成承程池赤冲川春翠村达大岱丹道德登堤殿定东都渡端敦多"
    "恩方芳坊飞丰风峰凤佛福府阜富甘港高阁工公功宫古谷关官光广贵桂国海汉杭浩河合荷和鹤恒横红洪虹厚湖虎华怀欢环黄辉惠慧"
    "机吉济集纪佳家嘉江建剑健姜椒角教街阶杰洁津金锦近京经晶井景静九军君康科口库宽昆来兰岚朗乐雷梨黎礼里力立丽利连莲联良"
    "梁亮林临灵龄岭流柳六龙隆楼卢鲁路陆鹿绿罗洛马麦满茂梅美门孟米棉民明鸣牧南宁农牌潘盘培朋平坪浦普七齐祁启前钱强桥青清"
    "庆秋曲泉群人仁荣融榕如瑞三沙山杉善上韶社申深神升生胜圣诗石实士世市寿书水顺司松苏塔台泰潭唐堂桃天田铁亭通同桐土团王望"
    "威维卫文武五西溪下仙贤祥向象小晓孝欣新信星兴秀旭学雪雅烟岩盐燕阳杨洋尧叶夷义艺易益银英迎永勇友余鱼渔玉育裕元园源远月"
    "越云泽展章招昭赵珍镇正郑政芝知直志中忠州洲朱珠竹祝庄紫宗"
)
_SURNAMES, _GIVEN = "陈李黄张梁林刘吴罗何", "志明嘉欣伟雄丽华俊杰慧玲家豪"
_PLACES = ("旁边", "对面", "附近", "(近地铁站)", "首层商铺", "大门口", "(旧政府旁)", "后门")
_TO_TRADITIONAL = OpenCC("s2t")


class Dirty(NamedTuple):
    """A text, the code of the address that is meant, its plate as the truth, and what was done to it."""

    text: str
    code: str
    plate: str
    faults: str


@dataclass(slots=True)
class _Draft:
    """An address in pieces while it is spoiled."""

    city: str
    district: str
    street: str
    community: str
    line: str
    number: str
    behind: str
    before: str = ""
    after: str = ""
    order: str = "usual"
    faults: list[str] = field(default_factory=list)

    def text(self) -> str:
        divisions = self.city + self.district + self.street + self.community
        if self.order == "backwards":
            return f"{self.before}{self.line}{self.number}{self.behind} {divisions}{self.after}"
        if self.order == "number_first":
            return f"{self.before}{self.number}{self.line}{divisions}{self.after}"
        return f"{self.before}{divisions}{self.line}{self.number}{self.behind}{self.after}"


class Dirt:
    """Spoils addresses; the same seed spoils the same ones in the same way."""

    def __init__(self, seed: int, districts: Sequence[str], names: Iterable[OtherName]) -> None:
        self._chance = Random(f"{seed}/dirty")  # noqa: S311 - made-up texts
        self._districts = tuple(districts)
        self._others = {(each.division[:6], each.stands_for): each.name for each in names}
        self._alike: dict[str, list[str]] = {}
        for sign, sound in zip(_COMMON, lazy_pinyin(_COMMON, style=Style.NORMAL), strict=True):
            self._alike.setdefault(sound, []).append(sign)
        self._ways: tuple[tuple[int, Callable[[_Draft, AddressRow], str]], ...] = (
            (22, self._dropped), (14, self._shortened), (8, self._doubled), (7, self._wrong_district),
            (12, self._old_name), (14, self._slip), (12, self._numerals), (8, self._plate_written),
            (8, self._width), (6, self._traditional), (10, self._mixed_in), (8, self._near), (7, self._order),
            (8, self._spaced), (6, self._room_only),
        )  # fmt: skip

    def spoil(self, row: AddressRow, names: tuple[str, str, str, str]) -> Dirty:
        """One dirty text of an address."""
        draft = _Draft(
            *names, row.road + row.lane, row.plate, row.place + row.building + row.unit + row.floor + row.room
        )
        chance = self._chance
        weights, ways = zip(*self._ways, strict=True)
        for way in dict.fromkeys(chance.choices(ways, weights, k=chance.choice((1, 1, 2, 2, 3, 4)))):
            done = way(draft, row)
            if done:
                draft.faults.append(done)
        text = draft.text()
        for last in ("width", "traditional", "spaced"):
            if last in draft.faults:
                text = self._whole(text, last)
        return Dirty(
            text, row.code, f"{row.division[:6]}{row.road}{row.lane}{row.plate}", ";".join(draft.faults)
        )

    def _dropped(self, draft: _Draft, row: AddressRow) -> str:
        gone = self._chance.choice(
            ("city", "street", "community", "street community", "city street community")
        )
        if self._chance.random() < 0.08:
            gone += " district"
        for part in gone.split():
            setattr(draft, part, "")
        return f"dropped {gone}"

    def _shortened(self, draft: _Draft, row: AddressRow) -> str:
        draft.city = self._chance.choice(("广州", "穗", "广东省广州市", "广东广州", ""))
        if self._chance.random() < 0.5:
            draft.district = draft.district.removesuffix("区")
        draft.street = draft.street.replace("街道", self._chance.choice(("街", "街道办事处", "")))
        if self._chance.random() < 0.4:
            draft.community = draft.community.replace("社区", "社区居委会")
        return "shortened"

    def _doubled(self, draft: _Draft, row: AddressRow) -> str:
        part = self._chance.choice(("city", "district", "street"))
        setattr(draft, part, getattr(draft, part) * 2)
        return f"doubled {part}"

    def _wrong_district(self, draft: _Draft, row: AddressRow) -> str:
        if not draft.district or not (draft.street or draft.community):
            return ""
        draft.district = self._chance.choice([each for each in self._districts if each != draft.district])
        return "wrong district"

    def _old_name(self, draft: _Draft, row: AddressRow) -> str:
        old = self._others.get((row.division[:6], draft.line))
        if old is None:
            return ""
        draft.line = old
        return "old name"

    def _slip(self, draft: _Draft, row: AddressRow) -> str:
        """A slip in the name of the road: a homophone, another sign, one left out, doubled or swapped."""
        chance, line = self._chance, draft.line
        if len(line) < 3 or "old name" in draft.faults:
            return ""
        at = chance.randrange(len(line) - 1)
        kind = chance.choice(("homophone", "homophone", "other", "left out", "doubled", "swapped"))
        if kind == "homophone":
            sound = lazy_pinyin(line[at], style=Style.NORMAL)[0]
            alike = [sign for sign in self._alike.get(sound, []) if sign != line[at]]
            if not alike:
                return ""
            draft.line = line[:at] + chance.choice(alike) + line[at + 1 :]
        elif kind == "other":
            draft.line = line[:at] + chance.choice(_COMMON) + line[at + 1 :]
        elif kind == "left out":
            draft.line = line[:at] + line[at + 1 :]
        elif kind == "doubled":
            draft.line = line[:at] + line[at] + line[at:]
        else:
            draft.line = line[:at] + line[at + 1] + line[at] + line[at + 2 :]
        return f"slip: {kind}"

    def _numerals(self, draft: _Draft, row: AddressRow) -> str:
        digits = "".join(sign for sign in draft.number if sign.isdigit())
        written = _in_chinese(int(digits)) if self._chance.random() < 0.6 else _digit_by_digit(digits)
        draft.number = draft.number.replace(digits, written, 1)
        return "numerals"

    def _plate_written(self, draft: _Draft, row: AddressRow) -> str:
        number = draft.number
        if "之" in number:
            figure, sub = number.split("号之")
            sub = str({"一": 1, "二": 2, "三": 3, "五": 5, "十二": 12}[sub])
            if not figure.isdigit():
                return ""
            draft.number = self._chance.choice(
                (f"{figure}-{sub}号", f"{figure}号-{sub}", f"{figure}号之{sub}")
            )
        elif number.endswith("甲"):
            draft.number = self._chance.choice((f"{number[:-2]}甲号", f"甲{number[:-1]}"))
        else:
            draft.number = number.replace("号", self._chance.choice(("#", "號", " 号", "号")))
        return "plate written otherwise"

    def _width(self, draft: _Draft, row: AddressRow) -> str:
        return "width"

    def _traditional(self, draft: _Draft, row: AddressRow) -> str:
        return "traditional"

    def _spaced(self, draft: _Draft, row: AddressRow) -> str:
        return "spaced"

    def _whole(self, text: str, fault: str) -> str:
        if fault == "traditional":
            converted: str = _TO_TRADITIONAL.convert(text)
            return converted
        if fault == "width":
            return "".join(
                chr(ord(sign) + 0xFEE0) if sign.isascii() and sign.isalnum() else sign for sign in text
            )
        mark = self._chance.choice((" ", "，", ",", " ", "、"))
        for part in ("市", "区", "街道", "社区"):
            text = text.replace(part, part + mark, 1)
        return text

    def _mixed_in(self, draft: _Draft, row: AddressRow) -> str:
        chance = self._chance
        name = chance.choice(_SURNAMES) + chance.choice(_GIVEN)
        phone = f"1{chance.choice('358')}{chance.randrange(10**9):09}"
        draft.before = chance.choice(
            (f"{name} {phone} ", f"收件人：{name}，电话：{phone}，地址：", "地址：", "")
        )
        draft.after += (
            "" if draft.before else chance.choice((f" {name}收 {phone}", f" {phone}", f"（{name}）"))
        )
        return "mixed in"

    def _near(self, draft: _Draft, row: AddressRow) -> str:
        draft.after = self._chance.choice(_PLACES) + draft.after
        return "place behind"

    def _order(self, draft: _Draft, row: AddressRow) -> str:
        draft.order = "number_first" if not draft.behind and self._chance.random() < 0.4 else "backwards"
        return f"order: {draft.order}"

    def _room_only(self, draft: _Draft, row: AddressRow) -> str:
        if not draft.behind:
            word = self._chance.choice(("房", "室", ""))
            draft.behind = f"{self._chance.randint(1, 30)}{self._chance.randint(1, 8):02}{word}"
            return "room that is not kept"
        draft.behind = draft.behind.replace("房", self._chance.choice(("室", "", "号房"))).replace("幢", "栋")
        return "inside written otherwise"


def _in_chinese(number: int) -> str:
    """By the places of the number, with 零 for what is skipped."""
    signs = "零一二三四五六七八九"
    places = ["", "十", "百", "千", "万"]
    digits = [int(sign) for sign in str(number)]
    found = ""
    for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit:
            found += signs[digit] + places[place]
        elif found and not found.endswith("零"):
            found += "零"
    found = found.rstrip("零")
    return found[1:] if found.startswith("一十") else found


def _digit_by_digit(digits: str) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in digits)


def dirty_truth(
    rows: Sequence[AddressRow],
    names_of: Callable[[str], tuple[str, str, str, str]],
    dirt: Dirt,
    *,
    count: int,
    seed: int,
) -> Iterator[Dirty]:
    """So many dirty texts of addresses drawn from the rows."""
    chance = Random(f"{seed}/drawn")  # noqa: S311
    for _ in range(count):
        row = rows[chance.randrange(len(rows))]
        yield dirt.spoil(row, names_of(row.division))
