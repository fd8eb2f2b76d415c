"""Names as they are frequent in the Pearl River delta, and signs that are taken for one another."""

from __future__ import annotations

from yiwang.registers.synthesis.chances import places

#: Frequent surnames with rough shares in a thousand.
SURNAMES = {
    "陈": 95, "李": 80, "黄": 78, "张": 55, "梁": 60, "林": 48, "刘": 42, "吴": 36, "王": 34, "何": 38,
    "罗": 28, "郑": 20, "谢": 20, "杨": 24, "冯": 18, "邓": 20, "曾": 20, "周": 22, "叶": 17, "谭": 15,
    "潘": 15, "朱": 15, "卢": 14, "麦": 8, "区": 7, "苏": 13, "钟": 14, "江": 9, "关": 8, "伍": 7,
    "莫": 7, "黎": 14, "蔡": 12, "徐": 12, "赵": 11, "欧阳": 4, "温": 7, "古": 4, "简": 4, "霍": 4,
}  # fmt: skip
SURNAME_PLACES = places(SURNAMES)

_LONG_SURNAMES = tuple(name for name in SURNAMES if len(name) > 1)


def surname_of(name: str) -> str:
    """The family's part of a name of this city.

    >>> surname_of("欧阳明"), surname_of("陈明")
    ('欧阳', '陈')
    """
    return name[:2] if name.startswith(_LONG_SURNAMES) else name[:1]


# First and second signs of given names; a name of one sign is drawn from the second.
_FIRST = {
    "1": "志家俊国伟永浩子建振景锦嘉文启卓德润海泽耀汉立少明宇天世学兆",
    "2": "美淑嘉晓婉思佩雅颖丽秀慧凯诗静若绮少惠咏泳紫玉燕雪梦欣海芷月",
}
_SECOND = {
    "1": "强豪杰栋明康然轩华宇行添彬航昌生波辉文群雄毅鹏凯晖钧平峰成安",
    "2": "玲芬欣彤仪敏珊婷诗华珍琳韵怡雯芳贞梅晴兰颖茵琪娟霞芝瑶萍莹云",
}
_ONE_SIGN = 0.14


def _given(sex: str) -> tuple[str, ...]:
    pairs = [first + second for first in _FIRST[sex] for second in _SECOND[sex] if first != second]
    singles = [*_SECOND[sex]]
    times = round(_ONE_SIGN / (1 - _ONE_SIGN) * len(pairs) / len(singles))
    return (*pairs, *(singles * times))


#: Given names by sex (GB/T 2261.1), each as often as it is likely.
GIVEN = {sex: _given(sex) for sex in _FIRST}

#: Same sound or nearly the same shape: what a clerk writes instead.
TAKEN_FOR = {
    "陈": "程", "黄": "王", "张": "章", "梁": "粱", "林": "临", "刘": "留", "吴": "伍", "何": "河",
    "罗": "骆", "郑": "邓", "谢": "榭", "杨": "扬", "冯": "马", "曾": "增", "周": "邹", "叶": "业",
    "谭": "覃", "朱": "诛", "卢": "芦", "钟": "锺", "江": "姜", "莫": "漠", "黎": "犁", "徐": "余",
    "赵": "肇", "志": "智", "家": "嘉", "嘉": "家", "俊": "峻", "国": "囯", "伟": "纬", "永": "泳",
    "浩": "皓", "子": "梓", "建": "健", "景": "境", "文": "汶", "明": "铭", "强": "祥", "豪": "毫",
    "杰": "洁", "华": "桦", "宇": "羽", "美": "关", "晓": "小", "婉": "琬", "思": "恩", "雅": "稚",
    "颖": "颍", "丽": "莉", "秀": "绣", "静": "净", "燕": "艳", "雪": "学", "玲": "铃", "芬": "纷",
    "欣": "昕", "敏": "闽", "婷": "亭", "珍": "诊", "琳": "林", "怡": "贻", "芳": "方", "梅": "美",
    "晴": "情", "兰": "蓝", "娟": "绢", "霞": "露", "云": "芸",
}  # fmt: skip
